"""Flows in step with the scoring: after it goals, exits and triggers are looked for; whoever is due is woken every minute."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pyarrow as pa

from liuke.accounts.service import workspace_now
from liuke.accounts.store.models import Workspace
from liuke.act.playbooks.domain.sources import OutcomeRow
from liuke.act.playbooks.engine.entering import triggers_run
from liuke.act.playbooks.engine.soon import KIND, wake_soon
from liuke.act.playbooks.engine.sources import Outcomes
from liuke.act.playbooks.engine.waking import enrolments_wake, workspaces_due
from liuke.act.playbooks.engine.watching import enrolments_watch
from liuke.jobs.service import schedule_set
from liuke.learn.store.models import Outcome
from liuke.warehouse import Warehouse

EVERY_MINUTES = 1
NOBODY = pa.table({"customer_id": pa.array([], pa.int64())})
"""The rows of a rescoring of nobody."""


def playbooks_follow(*, workspace: Workspace, warehouse: Warehouse, as_of: datetime, fresh: pa.Table | None = None) -> dict[str, int]:
    """Goals and exits first, then who enters; safe to repeat. `fresh`: the frame of a rescoring of some; None = of everybody."""
    watched = enrolments_watch(workspace=workspace, warehouse=warehouse, now=as_of, fresh=fresh)
    looked = triggers_run(workspace=workspace, warehouse=warehouse, as_of=as_of, fresh=fresh, outcomes=outcomes_of(workspace))
    entered = sum(len(one.treated) for one in looked.values())
    if entered or watched.woken:
        wake_soon(workspace.pk)
    return {"entered": entered, "goals": watched.goals, "exits": watched.exits}


def playbooks_wake(*, workspace: Workspace, warehouse: Warehouse) -> int:
    """Look for goals and exits, then step everybody who is due by the workspace's clock; how many were stepped."""
    now = workspace_now(workspace)
    enrolments_watch(workspace=workspace, warehouse=warehouse, now=now, fresh=NOBODY)
    return enrolments_wake(workspace=workspace, warehouse=warehouse, now=now).enrolments


def playbooks_tick(*, warehouse: Warehouse, now: datetime) -> int:
    """All workspaces on the real clock in which somebody is due; how many were stepped."""
    return sum(playbooks_wake(workspace=workspace, warehouse=warehouse) for workspace in workspaces_due(now=now))


def playbooks_schedule() -> None:
    """The installation's schedule. Safe to call at every start."""
    schedule_set(name=KIND, kind=KIND, every_minutes=EVERY_MINUTES, payload={}, workspace_id=None)


def outcomes_of(workspace: Workspace) -> Outcomes:
    """Reads what a later step keeps for triggers: results that people registered."""

    def read(after: datetime, until: datetime) -> Sequence[OutcomeRow]:
        rows = Outcome.objects.filter(workspace=workspace, at__gt=after, at__lte=until, reverted_at__isnull=True)
        return [OutcomeRow(row.pk, row.customer_id, row.kind, row.at) for row in rows.order_by("at", "pk")]

    return read
