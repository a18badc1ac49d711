"""The way of our doings to the inbox: kept with their cause in one transaction, handed over in batches, each once."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from liuke.accounts.domain.actor import system
from liuke.act.doings.domain import SOURCE, Doing
from liuke.act.store.models import OwnActivity
from liuke.base.times import utc_now
from liuke.connect.service import batch_ingest
from liuke.jobs.service import job_enqueue

KIND = "doings"
"""The kind of the job that hands them over."""
AFTER = timedelta(seconds=10)
"""A batch waits so long for its like: a playbook that writes to a thousand customers makes a few batches, not a thousand."""
AT_ONCE = 500


def doing_note(workspace_id: int, doing: Doing | None) -> None:
    """Keep a doing in the caller's transaction; told again before it left, the later word stands. None = nothing to tell."""
    if doing is None:
        return
    waiting = OwnActivity.objects.filter(workspace_id=workspace_id).exists()
    OwnActivity.objects.update_or_create(workspace_id=workspace_id, activity_id=doing.id, defaults={"row": _row(doing)})
    if not waiting:
        now = utc_now()
        slot = int(now.timestamp() // AFTER.total_seconds())
        job_enqueue(kind=KIND, key=f"{KIND}:{workspace_id}:{slot}", payload={}, workspace_id=workspace_id, run_at=now + AFTER)


def doings_hand_over(workspace_id: int) -> int:
    """Give what waits to the inbox; how many. Killed anywhere it is done again: a batch and the end of its rows are one transaction."""
    number = 0
    while True:
        with transaction.atomic():
            rows = list(OwnActivity.objects.select_for_update().filter(workspace_id=workspace_id).order_by("pk")[:AT_ONCE])
            if not rows:
                return number
            batch_ingest(actor=system(workspace_id), source=SOURCE, rows=[row.row for row in rows])
            OwnActivity.objects.filter(pk__in=[row.pk for row in rows]).delete()
        number += len(rows)


def doings_due() -> int:
    """What a job of its own missed, over all workspaces; how many. Part of the worker's tick."""
    waiting = OwnActivity.objects.order_by("workspace_id").values_list("workspace_id", flat=True).distinct()
    return sum(doings_hand_over(workspace_id) for workspace_id in list(waiting))


def _row(doing: Doing) -> dict[str, object]:
    return {
        "activity_id": doing.id, "customer_key": doing.customer_key, "ts": doing.at.isoformat(), "kind": doing.kind.value,
        "channel": doing.channel, "actor": doing.actor[:80], "attrs": dict(doing.attrs),
        "value": doing.value,
    }  # fmt: skip
