"""The list of the day for the hours that people have (BEY-11), out of the open alerts and what was agreed on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from liuke.accounts.store.models import Workspace
from liuke.act.store.models import FollowUp, WorkItem
from liuke.alert.domain.capacity import DayList, Job, Left, day_list
from liuke.alert.domain.recipients import Staff
from liuke.alert.service.capacity import efforts_of, minutes_of
from liuke.alert.store.models import Alert, Verdict
from liuke.base.times import day_start, local_day
from liuke.score.domain.levels import Level


@dataclass(frozen=True, slots=True)
class DayOf:
    """One person's day: the minutes they have and the list that fits."""

    minutes: int
    listed: DayList
    promised: frozenset[int] = frozenset()
    """Alerts on which something is agreed for today, or was before."""


@dataclass(frozen=True, slots=True)
class _Today:
    """What happened or is agreed today, by alert."""

    done: frozenset[int]
    promised: frozenset[int]


def day_lists(*, workspace: Workspace, members: Collection[int], staff: Staff, now: datetime) -> dict[int, DayOf]:
    """The day of each member at the local day of `now`. What belongs to somebody who is away is on the deputy's list."""
    efforts = efforts_of(workspace.pk)
    minutes, today = minutes_of(workspace.pk, members, staff, efforts), _today(workspace, now)
    jobs: defaultdict[int, list[Job]] = defaultdict(list)
    rows = Alert.objects.filter(workspace=workspace, owner__isnull=False).exclude(status=Alert.Status.CLOSED).order_by("pk")
    for alert in rows.only("pk", "owner_id", "level", "expected_loss", "status", "origin", "pushed_at", "released_at"):
        reader = staff.reader(alert.owner_id)
        if reader is not None:
            job = Job(
                alert.pk, efforts.minutes[Level(alert.level)], float(alert.expected_loss), alert.pk in today.promised, _off(alert, today)
            )
            jobs[reader].append(job)
    return {member: DayOf(minutes[member], day_list(jobs[member], minutes[member]), today.promised) for member in members}


def _today(workspace: Workspace, now: datetime) -> _Today:
    day = local_day(now, workspace.time_zone)
    begins, ends = (day_start(day + timedelta(days=days), workspace.time_zone) for days in (0, 1))
    followed = FollowUp.objects.filter(work_item__workspace=workspace, work_item__alert__isnull=False, at__gte=begins)
    judged = Verdict.objects.filter(alert__workspace=workspace, at__gte=begins, undone_at=None)
    done = frozenset([*followed.values_list("work_item__alert_id", flat=True), *judged.values_list("alert_id", flat=True)])
    agreed = WorkItem.objects.filter(workspace=workspace, alert__isnull=False, status=WorkItem.Status.DOING, due_at__lt=ends)
    return _Today(done, frozenset(agreed.values_list("alert_id", flat=True)) - done)


def _off(alert: Alert, today: _Today) -> Left | None:
    if alert.status == Alert.Status.SNOOZED:
        return Left.SNOOZED
    if alert.pk in today.done:
        return Left.DONE_TODAY
    told = alert.pushed_at is not None or alert.released_at is not None
    return Left.STOCK if alert.origin == Alert.Origin.STOCK and not told and alert.pk not in today.promised else None
