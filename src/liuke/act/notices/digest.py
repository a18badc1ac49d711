"""The digest of a working day, one message per person: own news, what others' routes name them for, and for supervisors their team."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from liuke.accounts.domain.roles import Role
from liuke.accounts.service.calendar import calendar_of
from liuke.accounts.store.models import Workspace
from liuke.act.channels.inapp import NoticeDraft
from liuke.act.notices.events import DIGEST, Event
from liuke.act.store.models import WorkItem
from liuke.alert.domain.changes import AlertChanges, AlertRef
from liuke.alert.domain.recipients import Staff
from liuke.alert.domain.routing_plan import RoutingPlan
from liuke.alert.domain.workdays import previous_working_day
from liuke.alert.service import baseline_news
from liuke.alert.store.models import Alert, Escalation
from liuke.base.times import day_start, local_day
from liuke.score.domain.levels import Level

LINES = 20
"""Alerts named in a digest message; the rest is a number."""
_ORDER = ("new", "released", "copied", "off_baseline", "team_high", "team_overdue", "escalated")


@dataclass(slots=True)
class _Digest:
    """What one person finds in it: a number by kind, and the alerts that the message names."""

    counts: dict[str, int] = field(default_factory=dict)
    alerts: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    """Customers off their own baseline (SCR-08)."""

    def add(self, kind: str, n: int, alerts: Iterable[int] = ()) -> None:
        """So many more of a kind."""
        if n:
            self.counts[kind] = self.counts.get(kind, 0) + n
            self.alerts += [alert for alert in alerts if alert not in self.alerts]


_Digests = defaultdict[int, _Digest]


def digests(workspace: Workspace, changes: AlertChanges, *, plan: RoutingPlan, staff: Staff) -> Iterator[Event]:
    """One message for everybody who has something in it. A later review of the same day adds nothing to a digest that is out."""
    found: _Digests = defaultdict(_Digest)
    _own(found, changes)
    for owner_id, names in baseline_news(workspace, at=changes.as_of, leave_out={ref.customer_id for ref in changes.pushed}).items():
        reader = staff.reader(owner_id)
        if reader is not None:
            found[reader].add("off_baseline", len(names))
            found[reader].names += names
    if plan.team_digest:
        _teams(workspace, found, changes, staff)
    _escalated(workspace, found, changes)
    day = local_day(changes.as_of, workspace.time_zone)
    for reader, digest in sorted(found.items()):
        if digest.counts:
            yield _event(reader, digest, day.isoformat())


def _event(reader: int, digest: _Digest, day: str) -> Event:
    counts = digest.counts
    params: dict[str, object] = {"day": day, "new": counts.get("new", 0), "released": counts.get("released", 0)}
    key = "notices.digest"
    if set(counts) - {"new", "released"}:
        key = "notices.day_digest"
        first = {"customer": digest.names[0] if digest.names else ""}
        params["parts"] = [{"key": f"notices.part_{kind}", "params": {"n": counts[kind], **first}} for kind in _ORDER if kind in counts]
    link = "/alerts?scope=mine" if counts.keys() & {"new", "released"} else "/alerts?scope=team"
    link = "/customers" if set(counts) == {"off_baseline"} else link
    return Event(NoticeDraft(reader, key, f"digest:{day}:{reader}", params, link), DIGEST, tuple(digest.alerts[:LINES]))


def _own(found: _Digests, changes: AlertChanges) -> None:
    for kind, refs in (("new", changes.digest), ("released", changes.released)):
        for ref in refs:
            if ref.reader_id is not None:
                found[ref.reader_id].add(kind, 1, [ref.alert_id])
    for ref, person in changes.copied:
        found[person].add("copied", 1, [ref.alert_id])


def _teams(workspace: Workspace, found: _Digests, changes: AlertChanges, staff: Staff) -> None:
    """New 高危 that a supervisor was not pushed, and what is overdue in the team."""
    supervisors = [member for member in staff.members if member.role == Role.SUPERVISOR.value and member.team_id is not None]
    if not supervisors:
        return
    high, overdue, heard = _risen(changes, staff), _overdue(workspace, changes), _heard(changes)
    for member in supervisors:
        reader, team = staff.reader(member.id), member.team_id or 0
        if reader is not None:
            news = [ref.alert_id for ref in high.get(team, ()) if (ref.alert_id, reader) not in heard]
            found[reader].add("team_high", len(news), news)
            found[reader].add("team_overdue", overdue.get(team, 0))


def _risen(changes: AlertChanges, staff: Staff) -> Mapping[int, list[AlertRef]]:
    """What has become 高危, by the owner's team."""
    teams = {member.id: member.team_id for member in staff.members}
    high: defaultdict[int, list[AlertRef]] = defaultdict(list)
    for ref in (*changes.raised, *changes.escalated):
        team = teams.get(ref.owner_id or 0)
        if ref.level is Level.HIGH and team is not None:
            high[team].append(ref)
    return high


def _heard(changes: AlertChanges) -> set[tuple[int, int]]:
    """Who has heard of which alert already: (alert, person)."""
    heard = {(ref.alert_id, person) for ref, person in (*changes.copies, *changes.copied)}
    return heard | {(ref.alert_id, ref.reader_id) for ref in (*changes.pushed, *changes.digest) if ref.reader_id is not None}


def _overdue(workspace: Workspace, changes: AlertChanges) -> Mapping[int, int]:
    """Open items past their date, by the owner's team."""
    counts: dict[int, int] = {}
    rows = WorkItem.objects.filter(
        workspace=workspace, status__in=(WorkItem.Status.TODO, WorkItem.Status.DOING), due_at__lt=changes.as_of,
        owner__team__isnull=False,
    )  # fmt: skip
    for team in rows.values_list("owner__team_id", flat=True):
        if team is not None:
            counts[team] = counts.get(team, 0) + 1
    return counts


def _escalated(workspace: Workspace, found: _Digests, changes: AlertChanges) -> None:
    """Escalations since the digest before, of alerts that still nobody took in hand."""
    today = local_day(changes.as_of, workspace.time_zone)
    before = previous_working_day(today, calendar_of(workspace, year=today.year))
    since = day_start(before, workspace.time_zone) + (changes.as_of - day_start(today, workspace.time_zone))
    rows = Escalation.objects.filter(
        workspace=workspace, at__gt=since, at__lte=changes.as_of, alert__status=Alert.Status.OPEN,
        alert__workitem__status=WorkItem.Status.TODO,
    )  # fmt: skip
    for alert_id, told in rows.values_list("alert_id", "told"):
        for person in told:
            if alert_id not in found[person].alerts:
                found[person].add("escalated", 1, [alert_id])
