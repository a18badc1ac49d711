"""Channels of a workspace: made, changed, tested and removed by whoever holds `channels`. Secrets go in, never out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from secrets import token_hex
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record
from liuke.accounts.store.models import User, Workspace
from liuke.act.channels import KINDS
from liuke.act.domain.channel import OutMessage, Result
from liuke.act.domain.channel_fields import field_faults
from liuke.act.outgoing.sealing import open_secrets, seal
from liuke.act.outgoing.sending import send
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


def channel_secrets_set(channel: Channel) -> frozenset[str]:
    """Which secrets are stored; what they are is never shown."""
    return frozenset(open_secrets(channel.secret))


def channel_create(
    *,
    actor: Actor,
    kind: str,
    name: str,
    config: Mapping[str, object],
    secrets: Mapping[str, str] | None = None,
    enabled: bool = True,
) -> Channel:
    """A new channel. Raises Invalid (channel_kind, channel_config with every fault), Conflict where the name is taken."""
    actor.require(Permission.CHANNELS)
    if kind not in _CONFIGURED:
        raise Invalid("channel_kind", got=kind, allowed=", ".join(_CONFIGURED))
    _check(kind, name, config, secrets or {}, stored=())
    return _save(
        actor,
        Channel(workspace_id=actor.workspace_id, kind=kind),
        "channel_create",
        name=name,
        config=config,
        secrets=secrets or {},
        enabled=enabled,
    )


def channel_update(
    *,
    actor: Actor,
    channel_id: int,
    name: str,
    config: Mapping[str, object],
    secrets: Mapping[str, str] | None = None,
    enabled: bool = True,
) -> Channel:
    """New contents for a channel; a secret that is not given, or given empty, stays as it is stored."""
    channel = channel_get(actor=actor, channel_id=channel_id)
    _check(channel.kind, name, config, secrets or {}, stored=open_secrets(channel.secret))
    return _save(actor, channel, "channel_update", name=name, config=config, secrets=secrets or {}, enabled=enabled)


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
    message = OutMessage(f"test:{token_hex(8)}", "test", subject, subject, to=user.email if user else "")
    result = send(channel, message)
    audit_record(actor=actor, action="channel_test", object_type="channel", object_id=channel.pk, detail={"answer": type(result).__name__})
    return result


def _check(kind: str, name: str, config: Mapping[str, object], secrets: Mapping[str, str], *, stored: Collection[str]) -> None:
    faults = field_faults(KINDS[kind], config, secrets, stored)
    if not 0 < len(name.strip()) <= 80:
        faults.append({"field": "name", "got": name, "allowed": "1–80"})
    if faults:
        raise Invalid("channel_config", faults=faults)


def _save(
    actor: Actor, channel: Channel, action: str, *, name: str, config: Mapping[str, object], secrets: Mapping[str, str], enabled: bool
) -> Channel:
    kept = {key: value for key, value in config.items() if value not in (None, "")}
    values: dict[str, Any] = {"name": name.strip(), "config": kept, "enabled": enabled}
    given = {key: value for key, value in secrets.items() if value}
    if given:
        values["secret"] = seal({**open_secrets(channel.secret), **given})
    for field, value in values.items():
        setattr(channel, field, value)
    try:
        with transaction.atomic():
            channel.save()
            detail = {"kind": channel.kind, "enabled": enabled, "new_secrets": sorted(given)}
            audit_record(actor=actor, action=action, object_type="channel", object_id=channel.pk, detail=detail)
    except IntegrityError:
        raise Conflict("channel_name_taken", name=name) from None
    return channel
