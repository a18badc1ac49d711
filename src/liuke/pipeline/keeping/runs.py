"""Backups that make themselves: one every night, and those that somebody asks for in the browser, as jobs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from liuke.accounts.store.models import Workspace
from liuke.base.backups import JOB, Reason
from liuke.base.settings import Settings
from liuke.base.times import day_start, local_day, utc_now
from liuke.facts.service.retention import retention_run
from liuke.facts.store.models import Customer
from liuke.jobs.domain.contract import JobContext
from liuke.jobs.service import job_enqueue
from liuke.pipeline.keeping.backup import backup_make
from liuke.warehouse import Warehouse
from liuke.warehouse.compaction import compact

NIGHT = time(2, 0)
"""From this local time of the first workspace on the day's backup may be made: before the scoring of the morning."""
TIDY, TIDY_ENDS = time(3, 0), time(5, 0)
"""Local hours of the work on a workspace's file: it is not made up for by day, when people wait for answers."""


def backup_run(*, settings: Settings, warehouse: Warehouse, context: JobContext) -> Mapping[str, object]:
    """Make the backup that a job asks for; `reason` in its payload."""
    reason = Reason(str(context.payload.get("reason", Reason.MANUAL)))
    keep = settings.backup_keep or 1
    made = backup_make(settings=settings, warehouse=warehouse, context=context, now=utc_now(), reason=reason, keep=keep)
    return {"name": made.folder.name, "bytes": made.manifest.bytes, "removed": list(made.removed)}


def tidy_run(*, workspace: Workspace, warehouse: Warehouse, context: JobContext) -> Mapping[str, object]:
    """A workspace's night work on its file: what is too old goes, what lies scattered is gathered, empty room is given back."""
    context.progress(0.0, "stages.tidy")
    removed = retention_run(workspace=workspace, warehouse=warehouse)
    done = compact(warehouse, workspace.pk, removed=removed, told=lambda fraction: context.progress(0.1 + 0.9 * fraction, "stages.tidy"))
    return {"removed": removed, "moved": done.moved, "bytes_freed": done.bytes_freed, "spread": round(done.after, 1)}


def tidies_enqueue(*, now: datetime) -> int:
    """One tidying per workspace and local night, after the backup; the number of new jobs. Nothing of value goes before it is copied."""
    made = 0
    for workspace in Workspace.objects.order_by("pk"):
        today = local_day(now, workspace.time_zone)
        hours = (now - day_start(today, workspace.time_zone)).total_seconds() / 3600
        if TIDY.hour <= hours < TIDY_ENDS.hour and Customer.objects.filter(workspace=workspace).exists():
            job = job_enqueue(kind="tidy", key=f"tidy:{workspace.pk}:{today.isoformat()}", payload={}, workspace_id=workspace.pk)
            made += job.attempts == 0
    return made


def backups_enqueue(*, settings: Settings, now: datetime) -> int:
    """One nightly backup per local day, made up for later where the machine was off; the number of new jobs (0 or 1).

    None where LIUKE_BACKUP_KEEP is 0, and none for a night before there was a workspace: a copy is the last thing that somebody's first
    minutes need.
    """
    first = Workspace.objects.order_by("pk").first()
    if first is None or not settings.backup_keep:
        return 0
    today = local_day(now, first.time_zone)
    night = day_start(today, first.time_zone) + timedelta(hours=NIGHT.hour)
    if now < night or first.created_at > night:
        return 0
    job = job_enqueue(kind=JOB, key=f"{JOB}:{today.isoformat()}", payload={"reason": Reason.NIGHTLY.value}, workspace_id=None)
    return int(job.attempts == 0)
