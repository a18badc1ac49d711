"""One scoring of a workspace as of a moment: features → signals → score → cards → alerts and work → figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa

from liuke.accounts.store.models import Workspace
from liuke.act.service import customers_review
from liuke.alert.domain.changes import AlertChanges, ReviewKind
from liuke.alert.domain.scored import from_table
from liuke.base.times import to_us, utc_now
from liuke.features.domain.churn import ChurnDefinition
from liuke.score.service import score_customers
from liuke.score.store.models import ScoreRun
from liuke.score.store.versions import template_of, version_config, version_live
from liuke.show.service import cards_write, figures_write
from liuke.signals.domain.readiness import missing_counts
from liuke.warehouse import Warehouse
from liuke.warehouse.scores import scores_write


@dataclass(frozen=True, slots=True)
class Scoring:
    """What one scoring did."""

    run: ScoreRun
    customers: int
    changes: AlertChanges


def churn_of(workspace: Workspace) -> ChurnDefinition:
    """The workspace's own churn definition, or its industry's."""
    usual = template_of(workspace).churn
    return ChurnDefinition(tuple(workspace.churn.get("kinds") or usual.kinds), int(workspace.churn.get("days") or usual.days))


def sql_runner(warehouse: Warehouse, workspace: Workspace) -> Callable[[str], pa.Table]:
    """Runs compiled SQL over the workspace's warehouse."""
    return lambda sql: warehouse.query(workspace.pk, sql)


def workspace_score(
    *, workspace: Workspace, warehouse: Warehouse, as_of: datetime, kind: ReviewKind, with_cards: bool = True, with_figures: bool = True
) -> Scoring:
    """Score everybody at `as_of` and bring cards, alerts, work items and figures up to it. Safe to repeat for the same moment.

    A replay of history leaves the cards alone but for its last date, and writes figures only for the weeks that trends show.
    """
    version, run = version_live(workspace), sql_runner(warehouse, workspace)
    config = version_config(workspace, version)
    row, _ = ScoreRun.objects.update_or_create(
        workspace=workspace, as_of=as_of, defaults={"version": version, "kind": kind.value, "started_at": utc_now(), "finished_at": None}
    )
    scored = score_customers(run=run, as_of=as_of, zone=workspace.time_zone, config=config, churn=churn_of(workspace), tiers=config.tiers)
    scores_write(warehouse, workspace.pk, as_of_us=to_us(as_of), scored=scored, version=version.version)
    if with_cards:
        cards_write(workspace=workspace, as_of=as_of, scored=scored, run=run)
    changes = customers_review(workspace=workspace, as_of=as_of, kind=kind, scored=from_table(scored), bands=config.bands)
    if with_figures:
        figures_write(workspace=workspace, as_of=as_of, run=run, scored=None if with_cards else scored)
    ScoreRun.objects.filter(pk=row.pk).update(customers=scored.num_rows, summary=_summary(changes, scored), finished_at=utc_now())
    return Scoring(row, scored.num_rows, changes)


def _summary(changes: AlertChanges, scored: pa.Table) -> dict[str, object]:
    lists = {
        "raised": changes.raised,
        "escalated": changes.escalated,
        "closed": changes.closed,
        "pushed": changes.pushed,
        "digest": changes.digest,
    }
    return {**{name: len(rows) for name, rows in lists.items()}, "missing": missing_counts(scored["not_computable"])}
