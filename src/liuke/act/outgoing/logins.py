"""Who may log in through a configured messenger: members who exist, are active, and are bound to the id that the vendor names."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from liuke.accounts.domain.actor import system
from liuke.accounts.service import audit_record
from liuke.accounts.service.addresses import staff_by_address
from liuke.accounts.store.auth import actor_of_member
from liuke.accounts.store.models import Membership
from liuke.act.channels.logins import LOGINS, LoginAsk
from liuke.act.outgoing.targets import target_of
from liuke.act.store.models import Channel
from liuke.base.errors import Forbidden, NotFound
from liuke.vendors.answers import VendorFault


@dataclass(frozen=True, slots=True)
class LoginOffer:
    """One button of the log-in page; `name` only where a kind is configured more than once."""

    channel_id: int
    kind: str
    name: str


def login_offers() -> list[LoginOffer]:
    """The messengers by which people can log in: enabled channels of real workspaces."""
    rows = list(Channel.objects.filter(enabled=True, kind__in=list(LOGINS), workspace__simulated_as_of=None).order_by("position", "pk"))
    kinds = [row.kind for row in rows]
    return [LoginOffer(row.pk, row.kind, row.name if kinds.count(row.kind) > 1 else "") for row in rows]


def login_channel(channel_id: int) -> Channel:
    """Raises NotFound("channel_not_found") for whatever is not offered."""
    offered = Channel.objects.filter(pk=channel_id, enabled=True, kind__in=list(LOGINS), workspace__simulated_as_of=None)
    found = offered.select_related("workspace").first()
    if found is None:
        raise NotFound("channel_not_found", channel=channel_id)
    return found


def login_redirect(channel: Channel) -> str:
    """Where the vendor sends the browser back to."""
    return f"{settings.LIUKE.public_url}/api/login/{channel.pk}/done"


def login_address(channel: Channel, *, state: str, inside: bool) -> str:
    """The vendor's page."""
    return LOGINS[channel.kind].address(target_of(channel), LoginAsk(login_redirect(channel), state, inside))


def login_member(channel: Channel, code: str) -> Membership:
    """Whom the code belongs to. Raises Forbidden: login_refused (the vendor says no), login_unbound (nobody here has that id). Audited."""
    try:
        users = LOGINS[channel.kind].users(target_of(channel), code, login_redirect(channel))
    except VendorFault as fault:
        _refused(channel, fault.code)
        raise Forbidden("login_refused", code_given=fault.code) from None
    for user in users:
        member = staff_by_address(workspace_id=channel.workspace_id, kind=channel.kind, address=user) if user else None
        if member is not None:
            return member
    _refused(channel, "unbound")
    raise Forbidden("login_unbound")


def login_recorded(channel: Channel, member: Membership) -> None:
    """The audit row of a log-in that the messenger has vouched for; a second factor may still be wanted."""
    actor = actor_of_member(member)
    audit_record(actor=actor, action="login_messenger", object_type="channel", object_id=channel.pk, detail={"kind": channel.kind})


def _refused(channel: Channel, why: str) -> None:
    detail = {"kind": channel.kind, "why": why[:40]}
    actor = system(channel.workspace_id)
    audit_record(actor=actor, action="login_messenger_refused", object_type="channel", object_id=channel.pk, detail=detail)
