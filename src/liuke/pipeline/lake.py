"""The lake of a workspace, brought up after imports and at night where the installation has Spark, or by `liuke lake export`."""

from __future__ import annotations

from datetime import datetime

from liuke.accounts.store.models import Workspace
from liuke.base.settings import Settings
from liuke.base.times import utc_now
from liuke.facts.service.attribute_intervals import attribute_intervals, customer_heads
from liuke.jobs.domain.contract import JobContext
from liuke.jobs.service import job_enqueue
from liuke.warehouse import Warehouse
from liuke.warehouse.lake import KEEP_S, Exported, lake_export

KIND = "lake"
EVERY_S = 900
"""Of the imports of a quarter of an hour, one export: a scoring that comes sooner brings up what it reads by itself."""


def lake_bring_up(
    *, workspace: Workspace, warehouse: Warehouse, settings: Settings, context: JobContext, keep_s: float = KEEP_S
) -> Exported:
    """Export what changed: activities, customers (without names) and attributes with their validity. Safe to repeat."""

    def told(share: float, name: str) -> None:
        context.check_cancelled()
        context.progress(share, "stages.lake", month=name.removeprefix("month="))

    tables = {"customer": customer_heads(workspace), "attribute": attribute_intervals(workspace)}
    return lake_export(
        warehouse=warehouse, workspace_id=workspace.pk, root=settings.lake_dir, now=utc_now(), tables=tables, keep_s=keep_s, told=told
    )


def lake_soon(workspace: Workspace, settings: Settings, *, now: datetime) -> bool:
    """An export for what has just come in; nothing without Spark."""
    if not settings.spark.is_on:
        return False
    slot = int(now.timestamp() // EVERY_S)
    job_enqueue(kind=KIND, key=f"lake:{workspace.pk}:{slot}", payload={}, workspace_id=workspace.pk)
    return True
