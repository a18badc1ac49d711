"""Use cases of background work: `jobs.py`, `outbox.py`, `schedules.py` for everybody, `claims.py` for the worker alone."""

from liuke.jobs.service.jobs import job_cancel, job_enqueue, job_get, job_retry
from liuke.jobs.service.outbox import outbox_add
from liuke.jobs.service.schedules import schedule_set, schedule_stop, schedules_tick

__all__ = ["job_cancel", "job_enqueue", "job_get", "job_retry", "outbox_add", "schedule_set", "schedule_stop", "schedules_tick"]
