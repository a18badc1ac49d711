"""Bring a workspace up to its clock: the first time with its past, afterwards as the nightly run."""

from __future__ import annotations

from liuke.accounts.service import workspace_now
from liuke.accounts.store.models import Workspace
from liuke.alert.domain.changes import ReviewKind
from liuke.jobs.domain.contract import JobContext
from liuke.pipeline.history import workspace_replay
from liuke.pipeline.scoring import Scoring, workspace_score
from liuke.score.store.models import ScoreRun
from liuke.warehouse import Warehouse

FIRST_WEEKS = 12
"""How much of its own past a new workspace is scored for, so that trends and history are there on the first day."""


def workspace_bring_up(*, workspace: Workspace, warehouse: Warehouse, context: JobContext) -> dict[str, int]:
    """Score as of the workspace clock; the answer counts customers and changes.

    A workspace that was never scored lives through its last twelve weeks first and gets its 存量风险清单. A later run
    for the same moment replaces the earlier one.
    """
    context.progress(0.0, "stages.score")
    as_of = workspace_now(workspace)
    if ScoreRun.objects.filter(workspace=workspace, kind__in=["first", "nightly"], finished_at__isnull=False).exists():
        scoring = workspace_score(workspace=workspace, warehouse=warehouse, as_of=as_of, kind=ReviewKind.NIGHTLY)
    else:
        scoring = workspace_replay(
            workspace=workspace, warehouse=warehouse, until=as_of, weeks=FIRST_WEEKS,
            progress=lambda fraction, day: context.progress(fraction, "stages.replay", day=day),
        )  # fmt: skip
    return counts(scoring)


def counts(scoring: Scoring) -> dict[str, int]:
    """What a scoring did, for people."""
    changes = scoring.changes
    return {"customers": scoring.customers, "raised": len(changes.raised), "closed": len(changes.closed), "pushed": len(changes.pushed)}
