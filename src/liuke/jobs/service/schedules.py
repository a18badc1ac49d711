"""Work that comes again: one job per slot, however many workers look."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from liuke.base.errors import Invalid
from liuke.base.times import utc_now
from liuke.jobs.domain.slots import slot_after
from liuke.jobs.service.jobs import job_enqueue
from liuke.jobs.store.models import Job, Schedule

SOON = timedelta(minutes=2)
"""Clocks of several machines may differ by so much."""
OPEN = (Job.Status.QUEUED, Job.Status.RUNNING)


def schedule_set(
    *, name: str, kind: str, every_minutes: int, payload: Mapping[str, object], workspace_id: int | None, first_at: datetime | None = None
) -> Schedule:
    """Make or change the schedule of that name. Without `first_at` it first runs one interval from now, or when it was due."""
    if every_minutes < 1:
        raise Invalid("schedule_interval", minutes=every_minutes)
    fields = {"kind": kind, "every_minutes": every_minutes, "payload": dict(payload), "workspace_id": workspace_id, "enabled": True}
    fresh = fields | {"next_at": first_at or utc_now() + timedelta(minutes=every_minutes)}
    schedule, _ = Schedule.objects.update_or_create(name=name, defaults=fresh if first_at else fields, create_defaults=fresh)
    return schedule


def schedule_stop(*, name: str) -> None:
    """No further jobs by that schedule; those already queued still run."""
    Schedule.objects.filter(name=name).update(enabled=False)


def schedules_tick(*, now: datetime) -> int:
    """Enqueue what is due and return how many jobs that made.

    Slots missed while nothing ran are made up by one job. A slot whose predecessor still runs is passed over. A slot further ahead
    than one interval is the work of a clock that was set back since: it is due one interval from now.
    """
    _set_back(now)
    if not Schedule.objects.filter(enabled=True, next_at__lte=now).exists():
        return 0
    with transaction.atomic():
        due = Schedule.objects.select_for_update(skip_locked=True).filter(enabled=True, next_at__lte=now)
        return sum(_enqueue_slot(schedule, now) for schedule in due)


def _set_back(now: datetime) -> None:
    for schedule in Schedule.objects.filter(enabled=True, next_at__gt=now + SOON):
        every = timedelta(minutes=schedule.every_minutes)
        if schedule.next_at > now + every + SOON:
            Schedule.objects.filter(pk=schedule.pk, next_at=schedule.next_at).update(next_at=now + every)


def _enqueue_slot(schedule: Schedule, now: datetime) -> bool:
    slot = schedule.next_at
    Schedule.objects.filter(pk=schedule.pk).update(next_at=slot_after(slot, timedelta(minutes=schedule.every_minutes), now))
    prefix = f"schedule:{schedule.pk}:"
    if Job.objects.filter(key__startswith=prefix, status__in=OPEN).exists():
        return False
    job_enqueue(kind=schedule.kind, key=f"{prefix}{slot.isoformat()}", payload=schedule.payload, workspace_id=schedule.workspace_id)
    return True
