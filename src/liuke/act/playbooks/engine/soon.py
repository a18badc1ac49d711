"""Asks a worker to wake who is due within seconds instead of at the next minute."""

from __future__ import annotations

from liuke.base.times import utc_now
from liuke.jobs.service import job_enqueue

KIND = "playbooks"
SLOT = 5
"""Seconds: what is asked within them is one job."""


def wake_soon(workspace_id: int) -> None:
    """Safe to call as often as one likes, in the transaction of its cause."""
    slot = int(utc_now().timestamp() // SLOT)
    job_enqueue(kind=KIND, key=f"{KIND}:{workspace_id}:{slot}", payload={}, workspace_id=workspace_id)
