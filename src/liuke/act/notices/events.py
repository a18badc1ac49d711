"""One message to one person: in-app always, and through the channels that its route names, in working hours where it can wait."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from liuke.accounts.service.calendar import calendar_of
from liuke.accounts.store.models import Workspace
from liuke.act.channels import KINDS
from liuke.act.channels.inapp import NoticeDraft, notices_write
from liuke.act.domain.channel import ChannelKind, Reach
from liuke.act.store.models import Channel
from liuke.alert.domain.routing import Hours, Route
from liuke.alert.domain.routing_plan import RoutingPlan
from liuke.base.times import local_day
from liuke.jobs.service import outbox_add

DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Event:
    """`route` says through which channels and when; None = the last row of the table.

    `once`: what it is about, without the reader. A channel that leads to one fixed place (a robot in a group, a system) gets it
    once, however many people are told.
    """

    draft: NoticeDraft
    kind: str
    alert_ids: tuple[int, ...] = ()
    route: Route | None = None
    once: str = ""
    approval_id: int = 0
    """The approval of a playbook that it asks for; 0 = none."""
    file: tuple[str, str] = ("", "")
    """A file that mails carry: under which name it is kept (`act.plans.files`, folder `reports`), and how it is called there."""


def events_write(workspace: Workspace, plan: RoutingPlan, events: Sequence[Event], *, at: datetime) -> None:
    """Write notices and outbox messages in the caller's transaction; what is known by its key already is left as it is."""
    if not events:
        return
    notices_write((event.draft for event in events), workspace_id=workspace.pk, at=at)
    default = plan.table.default
    calendar = calendar_of(workspace, year=local_day(at, workspace.time_zone).year)
    later = plan.hours.next_moment(at, workspace.time_zone, calendar)
    for channel in Channel.objects.filter(workspace=workspace, enabled=True).order_by("position", "pk"):
        for event in _through(channel, events, default):
            hours = (event.route or default).hours
            _outgoing(workspace, channel, event, run_at=later if hours is Hours.WORKING and later > at else None)


def _through(channel: Channel, events: Iterable[Event], default: Route) -> Iterable[Event]:
    """The events that a channel carries, to a fixed place each once."""
    kind = KINDS.get(channel.kind)
    if kind is None or kind.reaches == {Reach.CUSTOMER}:
        return ()
    routed = (event for event in events if (event.route or default).uses(channel.kind, channel.pk))
    return routed if kind.address else _at_one_place(routed, kind)


def _at_one_place(events: Iterable[Event], kind: ChannelKind) -> Iterable[Event]:
    """What is the same for every reader comes once, and a digest only where colleagues are reached, not to a mere group."""
    seen = set[str]()
    for event in events:
        if event.kind == DIGEST and Reach.STAFF not in kind.reaches:
            continue
        if event.once and event.once in seen:
            continue
        seen.add(event.once)
        yield event


def _outgoing(workspace: Workspace, channel: Channel, event: Event, *, run_at: datetime | None) -> None:
    draft = event.draft
    fixed = KINDS[channel.kind].address == "" and event.once
    payload = {
        "channel": channel.pk, "recipient": draft.recipient_id, "kind": event.kind, "key": draft.key, "params": dict(draft.params),
        "link": draft.link, "alerts": list(event.alert_ids),
    }  # fmt: skip
    if event.approval_id:
        payload["approval"] = event.approval_id
    if event.file[0] and KINDS[channel.kind].address == "email":
        payload["file"] = list(event.file)
    key = f"{workspace.pk}:{channel.pk}:{event.once if fixed else draft.dedupe}"
    outbox_add(key=key, topic=f"channel.{channel.kind}", payload=payload, workspace_id=workspace.pk, run_at=run_at)
