"""Channels of a workspace: made, changed, tested and removed by whoever holds `channels`. Secrets go in, never out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record
from liuke.accounts.store.models import Membership, Workspace
from liuke.act.channels import KINDS
from liuke.act.domain.channel import Finding, OutMessage, Result
from liuke.act.domain.channel_fields import field_faults
from liuke.act.outgoing.addresses import address_of
from liuke.act.outgoing.listening_state import listening_finding
from liuke.act.outgoing.reachable import callback_finding
from liuke.act.outgoing.sealing import open_secrets, seal
from liuke.act.outgoing.sending import send
from liuke.act.outgoing.targets import callback_url, listens, target_of
from liuke.act.store.models import Channel
from liuke.base.errors import Conflict, Invalid, NotFound
from liuke.base.words import render

_CONFIGURED = tuple(sorted(name for name in KINDS if name != "inapp"))


def channels_list(actor: Actor) -> QuerySet[Channel]:
    """The workspace's channels in their order; the secret column is sealed and must not be shown even so."""
    actor.require(Permission.CHANNELS)
    return Channel.objects.filter(workspace_id=actor.workspace_id).order_by("position", "name")


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


@dataclass(frozen=True, slots=True)
class TestTo:
    """To whom a test goes: a colleague, or an address typed in; neither = to whoever asks."""

    __test__ = False
    membership_id: int | None = None
    address: str = ""


def channel_test(*, actor: Actor, channel_id: int, to: TestTo | None = None) -> Result:
    """Send a test message now and answer with what the other side said. Raises Conflict in a simulated workspace, NotFound."""
    channel, wanted = channel_get(actor=actor, channel_id=channel_id), to or TestTo()
    workspace = Workspace.objects.get(pk=actor.workspace_id)
    if workspace.simulated_as_of is not None:
        raise Conflict("channel_simulated")
    kind = KINDS[channel.kind]
    subject = render("notices.test", {"workspace": workspace.name}, language=actor.language)
    address = wanted.address.strip() or _address(actor, wanted.membership_id, kind.address)
    link = f"{settings.LIUKE.public_url}/w/{workspace.slug}/settings/channels"
    message = OutMessage(f"test:{token_hex(8)}", "test", subject, subject, link, address if kind.address else "")
    result = send(channel, message)
    detail = {"answer": type(result).__name__, "typed_in": bool(wanted.address.strip()), "person": wanted.membership_id or 0}
    audit_record(actor=actor, action="channel_test", object_type="channel", object_id=channel.pk, detail=detail)
    return result


def _address(actor: Actor, membership_id: int | None, address_kind: str) -> str:
    members = Membership.objects.filter(workspace_id=actor.workspace_id, is_active=True).select_related("user")
    wanted = members.filter(pk=membership_id) if membership_id else members.filter(user_id=actor.user_id or 0)
    member = wanted.first()
    if member is None and membership_id:
        raise NotFound("person_not_found", person=membership_id)
    return address_of(member, address_kind) if member else ""


def channels_order(*, actor: Actor, ids: Sequence[int]) -> None:
    """Show and try channels in this order; those that are not named come after. Raises Forbidden."""
    rest = [pk for pk in channels_list(actor).values_list("pk", flat=True) if pk not in ids]
    with transaction.atomic():
        for position, pk in enumerate([*ids, *rest]):
            channels_list(actor).filter(pk=pk).update(position=position)
        audit_record(actor=actor, action="channel_order", object_type="channel", object_id=0, detail={"ids": list(ids)})


def channel_renew_callback(*, actor: Actor, channel_id: int) -> Channel:
    """A new callback address; calls to the old one are refused from now on."""
    channel = channel_get(actor=actor, channel_id=channel_id)
    channel.callback_salt = token_hex(16)
    with transaction.atomic():
        channel.save(update_fields=["callback_salt"])
        audit_record(actor=actor, action="channel_callback", object_type="channel", object_id=channel.pk, detail={})
    return channel


def channel_check(*, actor: Actor, channel_id: int) -> list[Finding]:
    """What the kind finds out about its settings, credentials and callback; it may ask the vendor."""
    return findings_of(channel_get(actor=actor, channel_id=channel_id))


def findings_of(channel: Channel) -> list[Finding]:
    """Without asking who wants to know: for `liuke doctor`."""
    kind = KINDS[channel.kind]
    found = kind.check(target_of(channel)) if kind.check else []
    if listens(channel):
        return [*found, listening_finding(channel)]
    if kind.callback and not any(finding.name == "callback" for finding in found):
        found = [*found, callback_finding(callback_url(channel))]
    return found


def _check(kind: str, name: str, config: Mapping[str, object], secrets: Mapping[str, str], *, stored: Collection[str]) -> None:
    faults = field_faults(KINDS[kind], config, secrets, stored)
    faults.unless(0 < len(name.strip()) <= 80, "name", name, "1–80")
    faults.raise_if_any("channel_config")


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
