"""What a channel's functions are handed: config and opened secrets, the installation's part, tokens, limits, callback address."""

from __future__ import annotations

from django.conf import settings

from liuke.act.channels import KINDS
from liuke.act.domain.channel import ChannelTarget, Site
from liuke.act.domain.channel_fields import CLICKS_BY, STREAM
from liuke.act.outgoing.sealing import derived, open_secrets
from liuke.act.outgoing.state import DatabaseLimits, DatabaseTokens
from liuke.act.store.models import Channel
from liuke.base.times import utc_now


def path_secret(channel: Channel) -> str:
    """The part of the callback address that nobody can guess: derived, so that the database alone does not tell it."""
    return derived(f"callback:{channel.pk}:{channel.callback_salt}")


def callback_url(channel: Channel) -> str:
    """Where the vendor calls back; empty for kinds that take no callbacks."""
    if KINDS[channel.kind].callback is None:
        return ""
    return f"{settings.LIUKE.public_url}/api/callbacks/{channel.pk}/{path_secret(channel)}"


def listens(channel: Channel) -> bool:
    """Whether its events come over a connection of ours."""
    return KINDS[channel.kind].listen is not None and channel.config.get(CLICKS_BY.name) == STREAM


def target_of(channel: Channel) -> ChannelTarget:
    """The target of a configured channel. Raises Invalid("secret_unreadable") for another installation's data."""
    env = settings.LIUKE
    return ChannelTarget(
        config=channel.config,
        secrets=open_secrets(channel.secret),
        site=Site(env.smtp_url, env.mail_from, env.webhook_allow, env.public_url),
        tokens=DatabaseTokens(channel.pk, utc_now),
        limits=DatabaseLimits(channel.workspace_id, utc_now),
        now=utc_now,
        callback_url=callback_url(channel),
        listens=listens(channel),
    )
