"""时间机器: play a simulated workspace forward, one scoring a day, as it would have happened."""

from __future__ import annotations

from datetime import date, timedelta

from liuke.accounts.store.models import Workspace
from liuke.alert.domain.changes import ReviewKind
from liuke.base.errors import Conflict, Invalid
from liuke.base.times import day_start, local_day
from liuke.jobs.domain.contract import JobContext
from liuke.pipeline.playbooks import playbooks_wake
from liuke.pipeline.scoring import workspace_score
from liuke.warehouse import Warehouse

MOST_DAYS = 31


def workspace_advance(*, workspace: Workspace, warehouse: Warehouse, until: date, context: JobContext) -> dict[str, int]:
    """Move the clock on to the local midnight of `until`, scoring every day on the way.

    The target is a date, not a number of days, so that a run that was killed half-way goes on from the day it had reached. A
    day's scoring is written before the clock moves: nobody sees a day without its alerts. Raises Conflict for a workspace on
    the real clock, Invalid for a target that is more than 31 days ahead.
    """
    if workspace.simulated_as_of is None:
        raise Conflict("clock_is_real")
    began = local_day(workspace.simulated_as_of, workspace.time_zone)
    days = (until - began).days
    if days > MOST_DAYS:
        raise Invalid("clock_days", days=days, most=MOST_DAYS)
    totals = {"days": max(days, 0), "raised": 0, "closed": 0, "pushed": 0}
    playbooks_wake(workspace=workspace, warehouse=warehouse)  # of the day that an earlier try had reached: it may have died before this
    for number in range(1, days + 1):
        day = began + timedelta(days=number)
        moment = day_start(day, workspace.time_zone)
        context.progress((number - 1) / days, "stages.advance", day=day.isoformat(), until=until.isoformat())
        changes = workspace_score(workspace=workspace, warehouse=warehouse, as_of=moment, kind=ReviewKind.NIGHTLY).changes
        Workspace.objects.filter(pk=workspace.pk).update(simulated_as_of=moment)
        workspace.simulated_as_of = moment
        playbooks_wake(workspace=workspace, warehouse=warehouse)
        for name, rows in (("raised", changes.raised), ("closed", changes.closed), ("pushed", changes.pushed)):
            totals[name] += len(rows)
    return totals
