"""What happens by itself: a scoring every night, an hourly sweep, sources when they are due. A tick every five minutes looks."""

from __future__ import annotations

from datetime import datetime, time

from liuke.accounts.store.models import Workspace
from liuke.base.times import day_start, local_day
from liuke.facts.store.models import Customer
from liuke.jobs.service import job_enqueue, schedule_set
from liuke.pipeline.playbooks import playbooks_schedule
from liuke.score.store.models import ScoreRun

NIGHT_ENDS = time(5, 0)
"""Local time from which the day's scoring may run: yesterday's rows have arrived, nobody has begun to work."""
TICK_MINUTES = 5


def schedules_ensure() -> None:
    """The installation's own schedule. Safe to call at every start."""
    schedule_set(name="tick", kind="tick", every_minutes=TICK_MINUTES, payload={}, workspace_id=None)
    playbooks_schedule()


def nights_enqueue(*, now: datetime) -> int:
    """One nightly job per workspace on the real clock and local day, once its night is over; the number of new ones.

    A workspace that has no customers, or was scored today already, is left out. A simulated one moves by its time machine only.
    """
    made = 0
    for workspace in Workspace.objects.filter(simulated_as_of__isnull=True).order_by("pk"):
        today = local_day(now, workspace.time_zone)
        begins = day_start(today, workspace.time_zone)
        night_over = (now - begins).total_seconds() >= NIGHT_ENDS.hour * 3600
        scored = ScoreRun.objects.filter(workspace=workspace, as_of__gte=begins, finished_at__isnull=False).exists()
        if not night_over or scored or not Customer.objects.filter(workspace=workspace).exists():
            continue
        job_enqueue(kind="nightly", key=f"nightly:{workspace.pk}:{today.isoformat()}", payload={}, workspace_id=workspace.pk)
        made += 1
    return made


def sweeps_enqueue(*, now: datetime) -> int:
    """One sweep per hour and workspace on the real clock whose day was scored; the number of those workspaces.

    At night nobody is swept: the scoring that ends the night sees to everybody.
    """
    due = 0
    for workspace in Workspace.objects.filter(simulated_as_of__isnull=True).order_by("pk"):
        begins = day_start(local_day(now, workspace.time_zone), workspace.time_zone)
        if ScoreRun.objects.filter(workspace=workspace, as_of__gte=begins, finished_at__isnull=False).exists():
            hour = int(now.timestamp() // 3600)
            job_enqueue(kind="sweep", key=f"sweep:{workspace.pk}:{hour}", payload={}, workspace_id=workspace.pk)
            due += 1
    return due
