"""The second half of a nightly review: open alerts are routed, the day's attention is spent, and it is kept who was told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from liuke.accounts.service.calendar import calendar_of
from liuke.accounts.store.models import Workspace
from liuke.alert.domain.budget import Candidate, Told, is_news, spend
from liuke.alert.domain.lifecycle import Occasion
from liuke.alert.domain.recipients import Staff
from liuke.alert.domain.routing import Pace, Route, RoutingTable, Situation
from liuke.alert.service.routing import routing_plan
from liuke.alert.service.situations import situations, staff_of
from liuke.alert.store import repository
from liuke.alert.store.models import Alert
from liuke.alert.store.repository import OpenRow
from liuke.base.times import day_start, local_day


@dataclass(frozen=True, slots=True)
class Telling:
    """What was told, by alert: who reads it first and the row of the table that held."""

    told: Told = field(default_factory=Told)
    readers: Mapping[int, int | None] = field(default_factory=dict)
    routes: Mapping[int, Route] = field(default_factory=dict)


def alerts_tell(workspace: Workspace, rows: Mapping[int, OpenRow], on: Occasion, *, releases: bool = True) -> Telling:
    """Divide a working day's attention among the open alerts, in the caller's transaction. See `domain.budget.spend`.

    Without `releases` no older alert enters anybody's tasks quietly: that is for a review that sees all of them.
    """
    policy = on.policy if releases else replace(on.policy, stock_releases_per_owner_and_day=0)
    today = local_day(on.as_of, on.zone)
    start, end = day_start(today, on.zone), day_start(today + timedelta(days=1), on.zone)
    calendar = calendar_of(workspace, year=today.year)
    table, staff = routing_plan(workspace).table, staff_of(workspace.pk, today)
    candidates = {row.alert_id: _candidate(row, staff) for row in rows.values()}
    news = [alert_id for alert_id, candidate in candidates.items() if is_news(candidate, on.as_of, on.zone, calendar)]
    known = situations(workspace.pk, news)
    for alert_id, alert in known.items():
        candidates[alert_id] = routed(candidates[alert_id], alert, table, staff)
    pushed_today, released_today = repository.told_between(workspace.pk, start, end)
    told = spend(
        candidates.values(), pushed_today=pushed_today, released_today=released_today, as_of=on.as_of, zone=on.zone, policy=policy,
        calendar=calendar,
    )  # fmt: skip
    readers = {alert_id: candidates[alert_id].owner_id for alert_id in (*told.pushed, *told.released, *told.digest)}
    _keep(workspace.pk, told, readers, on.as_of)
    known |= situations(workspace.pk, told.released)
    return Telling(told, readers, {alert_id: table.route_of(alert) for alert_id, alert in known.items()})


def routed(candidate: Candidate, alert: Situation, table: RoutingTable, staff: Staff) -> Candidate:
    """The candidate as its route has it: who reads it first, who else, and whether at once."""
    route = table.route_of(alert)
    readers = staff.readers(route.tell, alert.owner_id, alert.team_id)
    owner = staff.reader(alert.owner_id)
    first = owner if owner in readers else next(iter(readers), None)
    copies = tuple(reader for reader in readers if reader != first)
    return replace(candidate, owner_id=first, at_once=route.pace is Pace.NOW, copies=copies)


def _keep(workspace_id: int, told: Told, readers: Mapping[int, int | None], as_of: datetime) -> None:
    repository.tell("pushed_at", ((alert_id, readers[alert_id]) for alert_id in told.pushed), as_of=as_of)
    repository.tell("released_at", ((alert_id, readers[alert_id]) for alert_id in told.released), as_of=as_of)
    own = [(alert_id, reader) for alert_id in told.pushed if (reader := readers[alert_id]) is not None]
    repository.pushes_add(workspace_id, "own", own, as_of=as_of)
    repository.pushes_add(workspace_id, "copy", told.copies, as_of=as_of)


def _candidate(row: OpenRow, staff: Staff) -> Candidate:
    told = [moment for moment in (row.pushed_at, row.released_at) if moment]
    return Candidate(
        row.alert_id, staff.reader(row.owner_id), row.state.level, row.expected_loss, row.origin == Alert.Origin.STOCK, row.opened_at,
        row.state.level_since, max(told, default=None), row.state.snoozed_until is not None,
    )  # fmt: skip
