"""A file's or an API batch's way in: align, write, see to renewals and cards, then a scoring soon after."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from liuke.accounts.domain.roles import PERMISSIONS, Permission, Role
from liuke.accounts.service import workspace_now
from liuke.accounts.store.models import Membership, Workspace
from liuke.act.channels.inapp.write import NoticeDraft, notices_write
from liuke.act.service import renewals_sweep
from liuke.align.domain.batch import AlignedBatch, Written
from liuke.align.service import batch_import
from liuke.base.times import utc_now
from liuke.connect.service import SourceEvent, source_run
from liuke.facts.service import batch_write
from liuke.facts.service.readings_second import second_look_soon
from liuke.facts.store.models import Customer
from liuke.jobs.domain.contract import JobContext
from liuke.jobs.service import job_enqueue
from liuke.show.service import cards_refresh
from liuke.warehouse import Warehouse

AT_ONCE = 20_000
"""Rows of API batches held in memory at once."""
SCORE_AFTER = timedelta(seconds=15)
"""A scoring waits so long for the other files of the same morning: they share one."""


def import_run(*, workspace: Workspace, warehouse: Warehouse, batch_id: int, context: JobContext) -> dict[str, int]:
    """Import one accepted batch; the answer counts its rows. New customers show in the list at once, their scores follow."""
    write, alarm = partial(_write, workspace, warehouse), partial(source_alarm, workspace)
    batch = batch_import(batch_id=batch_id, context=context, write=write, alarm=alarm)
    renewals_sweep(workspace=workspace, as_of=workspace_now(workspace), remind=False)
    without_card = Customer.objects.filter(workspace=workspace, customercard__isnull=True)
    cards_refresh(workspace=workspace, customer_ids=list(without_card.values_list("pk", flat=True)))
    if batch.rows_new or batch.rows_changed:
        score_soon(workspace, now=utc_now())
        second_look_soon(workspace)
    return {"new": batch.rows_new, "changed": batch.rows_changed, "same": batch.rows_same, "rejected": batch.rows_rejected}


def _write(workspace: Workspace, warehouse: Warehouse, batch: AlignedBatch) -> Written:
    return batch_write(workspace=workspace, batch=batch, warehouse=warehouse)


def score_soon(workspace: Workspace, *, now: datetime) -> None:
    """One scoring for everything that arrives within the same quarter of a minute."""
    slot = int(now.timestamp() // SCORE_AFTER.total_seconds())
    job_enqueue(kind="score", key=f"score:{workspace.pk}:{slot}", payload={}, workspace_id=workspace.pk, run_at=now + SCORE_AFTER)


def source_fetch(*, workspace: Workspace, source_id: int, context: JobContext | None = None) -> dict[str, int]:
    """Run a saved source; what is new becomes import jobs."""

    def tell(share: float, stream: str, documents: int) -> None:
        if context is not None:
            context.progress(share, f"stages.source_{stream}", documents=documents)

    batches = source_run(source_id=source_id, now=utc_now(), alarm=partial(source_alarm, workspace), tell=tell)
    return {"batches": len(batches)}


def source_alarm(workspace: Workspace, event: SourceEvent) -> None:
    """Tell those who look after sources that one began to fail, or works again: once per change, not once per try (DAT-17)."""
    roles = [role.value for role in Role if Permission.SOURCES in PERMISSIONS[role]]
    now = utc_now()
    key = "notices.source_failing" if event.failing else "notices.source_works"
    members = Membership.objects.filter(workspace=workspace, is_active=True, role__in=roles).values_list("pk", flat=True)
    drafts = [
        NoticeDraft(member, key, f"source:{event.source_id}:{now.isoformat()}:{member}", {"source": event.name}, "/data")
        for member in members
    ]
    notices_write(drafts, workspace_id=workspace.pk, at=workspace_now(workspace))
