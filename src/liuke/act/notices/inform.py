"""Who hears of a review: owners of pushed alerts, supervisors for 高危 (ALT-02), and everybody's daily digest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from liuke.accounts.domain.roles import Role
from liuke.accounts.service.calendar import calendar_of
from liuke.accounts.store.models import Membership, Workspace
from liuke.act.channels.inapp import NoticeDraft, notices_write
from liuke.act.notices.rules import rule_notices
from liuke.act.store.models import Channel
from liuke.alert.domain.changes import AlertChanges, AlertRef, ReviewKind
from liuke.base.times import local_day
from liuke.facts.store.models import Customer
from liuke.jobs.service import outbox_add
from liuke.score.domain.levels import Level

DIGEST_LINES = 20
"""Alerts named in a digest message; the rest is a number."""


@dataclass(frozen=True, slots=True)
class _Event:
    """One message to one person, in-app and through every enabled channel."""

    draft: NoticeDraft
    kind: str
    alert_ids: tuple[int, ...]


def inform(workspace: Workspace, changes: AlertChanges) -> None:
    """Write notices and outbox messages of a nightly review in the caller's transaction; other kinds tell nobody."""
    rules = rule_notices(workspace, changes, working_day=_is_working_day(workspace, changes))
    if changes.kind is not ReviewKind.NIGHTLY:
        return
    told = [_Event(draft, "rule", ()) for draft in rules]
    events = [*_pushes(workspace, changes), *_digests(workspace, changes), *_unassigned(workspace, changes), *told]
    if not events:
        return
    notices_write((event.draft for event in events), workspace_id=workspace.pk, at=changes.as_of)
    for channel in Channel.objects.filter(workspace=workspace, enabled=True):
        for event in events:
            _outgoing(workspace, channel, event)


def _is_working_day(workspace: Workspace, changes: AlertChanges) -> bool:
    today = local_day(changes.as_of, workspace.time_zone)
    return calendar_of(workspace, year=today.year).is_working_day(today)


def _outgoing(workspace: Workspace, channel: Channel, event: _Event) -> None:
    draft = event.draft
    payload = {
        "channel": channel.pk, "recipient": draft.recipient_id, "kind": event.kind, "key": draft.key, "params": dict(draft.params),
        "link": draft.link, "alerts": list(event.alert_ids),
    }  # fmt: skip
    key = f"{workspace.pk}:{channel.pk}:{draft.dedupe}"
    outbox_add(key=key, topic=f"channel.{channel.kind}", payload=payload, workspace_id=workspace.pk)


def _pushes(workspace: Workspace, changes: AlertChanges) -> list[_Event]:
    supervisors = _supervisors(workspace, {ref.owner_id for ref in changes.pushed if ref.level is Level.HIGH})
    names = _names(ref.customer_id for ref in changes.pushed)
    events: list[_Event] = []
    for ref in changes.pushed:
        if ref.owner_id is None:
            continue
        params = {"customer": names[ref.customer_id], "loss": ref.expected_loss}
        moment = f"{ref.alert_id}:{ref.level.value}:{local_day(changes.as_of, workspace.time_zone)}"
        link = f"/alerts/{ref.alert_id}"
        key = "notices.alert_titled" if ref.title else f"notices.alert_{ref.level.value}"
        own = NoticeDraft(ref.owner_id, key, f"push:{moment}:{ref.owner_id}", params | {"title": ref.title}, link)
        events.append(_Event(own, "alert", (ref.alert_id,)))
        for member_id in supervisors.get(ref.owner_id, ()) if ref.level is Level.HIGH else ():
            team = NoticeDraft(member_id, "notices.alert_high_team", f"push:{moment}:{member_id}", params, link)
            events.append(_Event(team, "alert", (ref.alert_id,)))
    return events


def _digests(workspace: Workspace, changes: AlertChanges) -> list[_Event]:
    fresh, released = _by_owner(changes.digest), _by_owner(changes.released)
    day = local_day(changes.as_of, workspace.time_zone)
    events: list[_Event] = []
    for owner_id in sorted(fresh.keys() | released.keys()):
        new, stock = fresh.get(owner_id, []), released.get(owner_id, [])
        params = {"day": day.isoformat(), "new": len(new), "released": len(stock)}
        draft = NoticeDraft(owner_id, "notices.digest", f"digest:{day}:{owner_id}", params, "/alerts?scope=mine")
        events.append(_Event(draft, "digest", tuple(ref.alert_id for ref in (*new, *stock))[:DIGEST_LINES]))
    return events


def _unassigned(workspace: Workspace, changes: AlertChanges) -> list[_Event]:
    """Alerts without an owner reach nobody by themselves: those who can assign hear of them once a day."""
    lost = [ref for ref in changes.raised if ref.owner_id is None and ref.level is not Level.EARLY]
    if not lost:
        return []
    day = local_day(changes.as_of, workspace.time_zone)
    roles = (Role.ADMIN.value, Role.OPERATIONS.value)
    members = Membership.objects.filter(workspace=workspace, is_active=True, role__in=roles).values_list("id", flat=True)
    return [
        _Event(
            NoticeDraft(member_id, "notices.unassigned", f"unassigned:{day}:{member_id}", {"n": len(lost)}, "/alerts?scope=all&owner=none"),
            "alert",
            (),
        )
        for member_id in members
    ]


def _supervisors(workspace: Workspace, owners: set[int | None]) -> Mapping[int, list[int]]:
    """The active supervisors of each owner's team, the owner excepted."""
    teams = dict(Membership.objects.filter(pk__in=[owner for owner in owners if owner], team__isnull=False).values_list("id", "team_id"))
    rows = Membership.objects.filter(workspace=workspace, is_active=True, role=Role.SUPERVISOR.value, team_id__in=set(teams.values()))
    by_team: defaultdict[int | None, list[int]] = defaultdict(list)
    for member_id, team_id in rows.order_by("id").values_list("id", "team_id"):
        by_team[team_id].append(member_id)
    return {owner: [member for member in by_team[team] if member != owner] for owner, team in teams.items()}


def _names(customer_ids: Iterable[int]) -> dict[int, str]:
    return dict(Customer.objects.filter(pk__in=list(customer_ids)).values_list("id", "name"))


def _by_owner(refs: Iterable[AlertRef]) -> dict[int, list[AlertRef]]:
    found: defaultdict[int, list[AlertRef]] = defaultdict(list)
    for ref in refs:
        if ref.owner_id is not None:
            found[ref.owner_id].append(ref)
    return dict(found)
