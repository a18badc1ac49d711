"""Channels of a workspace: made, changed, tested and removed by whoever holds `channels`. Secrets go in, never out."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record
from liuke.accounts.store.models import User, Workspace
from liuke.act.channels import KINDS
from liuke.act.domain.channel import OutMessage, Result
from liuke.act.outgoing.sending import seal, send
from liuke.act.store.models import Channel
from liuke.base.errors import Conflict, Invalid, NotFound
from liuke.base.words import render

_CONFIGURED = tuple(sorted(name for name in KINDS if name != "inapp"))


def channels_list(actor: Actor) -> QuerySet[Channel]:
    """The workspace's channels by name; the secret column is sealed and must not be shown even so."""
    actor.require(Permission.CHANNELS)
    return Channel.objects.filter(workspace_id=actor.workspace_id).order_by("name")


def channel_get(*, actor: Actor, channel_id: int) -> Channel:
    """One channel of the workspace. Raises NotFound otherwise."""
    channel = channels_list(actor).filter(pk=channel_id).first()
    if channel is None:
        raise NotFound("channel_not_found", channel=channel_id)
    return channel


def channel_create(
    *, actor: Actor, kind: str, name: str, config: Mapping[str, object], secret: str | None = None, enabled: bool = True
) -> Channel:
    """A new channel. Raises Invalid (channel_kind, channel_config with every fault), Conflict where the name is taken."""
    actor.require(Permission.CHANNELS)
    if kind not in _CONFIGURED:
        raise Invalid("channel_kind", got=kind, allowed=", ".join(_CONFIGURED))
    _check(kind, name, config, has_secret=bool(secret))
    return _save(
        actor,
        Channel(workspace_id=actor.workspace_id, kind=kind),
        "channel_create",
        name=name,
        config=config,
        secret=secret,
        enabled=enabled,
    )


def channel_update(
    *, actor: Actor, channel_id: int, name: str, config: Mapping[str, object], secret: str | None = None, enabled: bool = True
) -> Channel:
    """New contents for a channel; without a secret the stored one stays."""
    channel = channel_get(actor=actor, channel_id=channel_id)
    _check(channel.kind, name, config, has_secret=bool(secret) or channel.secret is not None)
    return _save(actor, channel, "channel_update", name=name, config=config, secret=secret, enabled=enabled)


def channel_delete(*, actor: Actor, channel_id: int) -> None:
    """Remove a channel; messages that wait for it are suppressed."""
    channel = channel_get(actor=actor, channel_id=channel_id)
    with transaction.atomic():
        audit_record(actor=actor, action="channel_delete", object_type="channel", object_id=channel.pk, detail={"kind": channel.kind})
        channel.delete()


def channel_test(*, actor: Actor, channel_id: int) -> Result:
    """Send a test message now and answer with what the other side said. Raises Conflict in a simulated workspace."""
    channel = channel_get(actor=actor, channel_id=channel_id)
    workspace = Workspace.objects.get(pk=actor.workspace_id)
    if workspace.simulated_as_of is not None:
        raise Conflict("channel_simulated")
    user = User.objects.filter(pk=actor.user_id or 0).first()
    subject = render("notices.test", {"workspace": workspace.name}, language=actor.language)
    message = OutMessage(f"test:{secrets.token_hex(8)}", "test", subject, subject, to=user.email if user else "")
    result = send(channel, message)
    audit_record(actor=actor, action="channel_test", object_type="channel", object_id=channel.pk, detail={"answer": type(result).__name__})
    return result


def _check(kind: str, name: str, config: Mapping[str, object], *, has_secret: bool) -> None:
    faults = KINDS[kind].validate_config(config)
    if not 0 < len(name.strip()) <= 80:
        faults.append({"field": "name", "got": name, "allowed": "1–80"})
    if KINDS[kind].needs_secret and not has_secret:
        faults.append({"field": "secret", "got": "", "allowed": "≥ 1"})
    if faults:
        raise Invalid("channel_config", faults=faults)


def _save(
    actor: Actor, channel: Channel, action: str, *, name: str, config: Mapping[str, object], secret: str | None, enabled: bool
) -> Channel:
    values: dict[str, Any] = {"name": name.strip(), "config": dict(config), "enabled": enabled}
    if secret:
        values["secret"] = seal(secret)
    for field, value in values.items():
        setattr(channel, field, value)
    try:
        with transaction.atomic():
            channel.save()
            detail = {"kind": channel.kind, "enabled": enabled, "new_secret": bool(secret)}
            audit_record(actor=actor, action=action, object_type="channel", object_id=channel.pk, detail=detail)
    except IntegrityError:
        raise Conflict("channel_name_taken", name=name) from None
    return channel
