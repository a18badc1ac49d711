"""Live through the past: score a row of as-of dates as they would have been scored then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from liuke.accounts.store.models import Workspace
from liuke.alert.domain.changes import ReviewKind
from liuke.base.times import day_start, from_us, local_day
from liuke.pipeline.scoring import Scoring, sql_runner, workspace_score
from liuke.score.store.models import ScoreRun
from liuke.warehouse import Warehouse

TREND = timedelta(weeks=13)
"""How far back the boards compare: figures of older dates are not kept."""
Progress = Callable[[float, str], None]
"""Fraction 0–1 and the date being scored."""


def past_dates(*, until: datetime, zone: str, weeks: int) -> list[datetime]:
    """Local midnights a week apart, oldest first, the last one a week before `until`'s day."""
    last = local_day(until, zone)
    return [day_start(last - timedelta(weeks=back), zone) for back in range(weeks, 0, -1)]


def workspace_replay(*, workspace: Workspace, warehouse: Warehouse, until: datetime, weeks: int, progress: Progress) -> Scoring:
    """Score `weeks` weekly dates of the past (no pushes, no notices), then `until` as the workspace's first scoring.

    What is still at risk then is the 存量风险清单. Dates before the first activity are skipped, and dates that were
    scored already: a replay that was killed goes on where it stopped.
    """
    begins = _first_activity(workspace, warehouse)
    done = set(ScoreRun.objects.filter(workspace=workspace, finished_at__isnull=False).values_list("as_of", flat=True))
    past = past_dates(until=until, zone=workspace.time_zone, weeks=weeks)
    dates = [day for day in past if begins is not None and day > begins and day not in done]
    for number, day in enumerate(dates):
        progress(number / (len(dates) + 1), local_day(day, workspace.time_zone).isoformat())
        shown = until - day <= TREND
        workspace_score(
            workspace=workspace, warehouse=warehouse, as_of=day, kind=ReviewKind.REPLAY, with_cards=False, with_figures=shown
        )  # fmt: skip
    progress(len(dates) / (len(dates) + 1), local_day(until, workspace.time_zone).isoformat())
    return workspace_score(workspace=workspace, warehouse=warehouse, as_of=until, kind=ReviewKind.FIRST)


def _first_activity(workspace: Workspace, warehouse: Warehouse) -> datetime | None:
    first = sql_runner(warehouse, workspace)("SELECT min(ts_us) AS first FROM activity").column("first")[0].as_py()
    return None if first is None else from_us(first)
