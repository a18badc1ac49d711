"""Who hears of a review, as the routing table has it: pushes (ALT-02), copies for those whom a route names, the day's digests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from liuke.accounts.domain.roles import Role
from liuke.accounts.service.calendar import calendar_of
from liuke.accounts.store.models import Membership, Workspace
from liuke.act.channels.inapp import NoticeDraft
from liuke.act.notices.digest import digests
from liuke.act.notices.events import Event, events_write
from liuke.act.notices.rules import rule_notices
from liuke.alert.domain.changes import AlertChanges, ReviewKind
from liuke.alert.domain.recipients import Staff
from liuke.alert.service import routing_plan, staff_of
from liuke.base.times import local_day
from liuke.facts.store.models import Customer
from liuke.score.domain.levels import Level


def inform(workspace: Workspace, changes: AlertChanges) -> None:
    """Write notices and outbox messages of a review in the caller's transaction; a live one adds nothing to digests."""
    today = local_day(changes.as_of, workspace.time_zone)
    working_day = calendar_of(workspace, year=today.year).is_working_day(today)
    rules = rule_notices(workspace, changes, working_day=working_day)
    if not changes.kind.tells:
        return
    plan, staff = routing_plan(workspace), staff_of(workspace.pk, today)
    events = [*_pushes(workspace, changes), *_unassigned(workspace, changes), *_rules(rules, staff)]
    if working_day and changes.kind is ReviewKind.NIGHTLY:
        events += digests(workspace, changes, plan=plan, staff=staff)
    events_write(workspace, plan, events, at=changes.as_of)


def _rules(drafts: Iterable[NoticeDraft], staff: Staff) -> Iterator[Event]:
    for draft in drafts:
        reader = staff.reader(draft.recipient_id)
        if reader is not None:
            yield Event(replace(draft, recipient_id=reader), "rule")


def _pushes(workspace: Workspace, changes: AlertChanges) -> Iterator[Event]:
    """The push to whom it concerns first, and the copies."""
    names = _names(ref.customer_id for ref in changes.pushed)
    copies: dict[int, list[int]] = {}
    for ref, person in changes.copies:
        copies.setdefault(ref.alert_id, []).append(person)
    for ref in changes.pushed:
        params = {"customer": names[ref.customer_id], "loss": ref.expected_loss, "title": ref.title}
        moment = f"{ref.alert_id}:{ref.level.value}:{local_day(changes.as_of, workspace.time_zone)}"
        own = "notices.alert_titled" if ref.title else f"notices.alert_{ref.level.value}"
        team = "notices.alert_high_team" if ref.level is Level.HIGH else "notices.alert_team"
        readers = [(ref.reader_id, own), *((copy, team) for copy in copies.get(ref.alert_id, ()))]
        for reader, key in readers:
            if reader is not None:
                draft = NoticeDraft(reader, key, f"push:{moment}:{reader}", params, f"/alerts/{ref.alert_id}")
                yield Event(draft, "alert", (ref.alert_id,), ref.route, once=f"push:{moment}")


def _unassigned(workspace: Workspace, changes: AlertChanges) -> Iterator[Event]:
    """Alerts without an owner reach nobody by themselves: those who can assign hear of them once a day."""
    told = {ref.alert_id for ref in changes.pushed}
    lost = [ref for ref in changes.raised if ref.owner_id is None and ref.level is not Level.EARLY and ref.alert_id not in told]
    if not lost:
        return
    day = local_day(changes.as_of, workspace.time_zone)
    roles = (Role.ADMIN.value, Role.OPERATIONS.value)
    members = Membership.objects.filter(workspace=workspace, is_active=True, role__in=roles).values_list("id", flat=True)
    for member_id in members:
        draft = NoticeDraft(
            member_id, "notices.unassigned", f"unassigned:{day}:{member_id}", {"n": len(lost)}, "/alerts?scope=all&owner=none"
        )
        yield Event(draft, "alert", once=f"unassigned:{day}")


def _names(customer_ids: Iterable[int]) -> dict[int, str]:
    return dict(Customer.objects.filter(pk__in=list(customer_ids)).values_list("id", "name"))
