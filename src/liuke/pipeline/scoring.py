"""One scoring of a workspace as of a moment: frame (features → tags → signals → score → rules) → cards → alerts and work → figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from liuke.accounts.service import workspace_now
from liuke.accounts.store.models import Workspace
from liuke.act.loyalty.accruing import loyalty_run
from liuke.act.plans.complaints import complaint_tickets
from liuke.act.service import customers_review, groups_inform
from liuke.alert.domain.changes import AlertChanges, ReviewKind
from liuke.alert.domain.scored import RuleMatch, from_table
from liuke.base.times import to_us, utc_now
from liuke.features.service.everybody import embedded, everybody
from liuke.pipeline.playbooks import playbooks_follow
from liuke.pipeline.watching import watches_follow
from liuke.score.domain.basis import basis_from_plain
from liuke.score.domain.config import ScoreConfig
from liuke.score.domain.levels import Level
from liuke.score.domain.plans import bands_by_profile
from liuke.score.service.asked import asked_for, asked_of, then_of
from liuke.score.service.frame import Asked, Frame, frame_at
from liuke.score.store.models import ScoreRun, ScoreVersion
from liuke.score.store.versions import churn_of, version_config, version_live
from liuke.segments.service.members import tags_record
from liuke.show.queries.weekly import report_file
from liuke.show.service import cards_write, figures_write
from liuke.show.service.weekly import weekly_make
from liuke.signals.domain.active import ActiveRule
from liuke.signals.domain.readiness import missing_counts
from liuke.signals.domain.signal import Flags
from liuke.signals.service.anomalies import drops_of, findings
from liuke.signals.service.rules import hits_record
from liuke.signals.service.verification import cases_open
from liuke.warehouse import Warehouse
from liuke.warehouse.frames import frame_write
from liuke.warehouse.scores import scores_later, scores_write, scores_write_few

NO_KINDS: Mapping[str, int] = {}
FEW = 5_000
"""Up to so many customers a review names them; more are reviewed like everybody."""


@dataclass(frozen=True, slots=True)
class Scoring:
    """What one scoring did."""

    run: ScoreRun
    customers: int
    changes: AlertChanges


def sql_runner(warehouse: Warehouse, workspace: Workspace) -> Callable[[str], pa.Table]:
    """Runs compiled SQL over the workspace's warehouse."""
    return lambda sql: warehouse.query(workspace.pk, sql)


def workspace_score(
    *, workspace: Workspace, warehouse: Warehouse, as_of: datetime, kind: ReviewKind, with_cards: bool = True, with_figures: bool = True
) -> Scoring:
    """Score everybody at `as_of` and bring cards, alerts, work items and figures up to it. Safe to repeat for the same moment.

    A replay of history leaves the cards alone but for its last date, and writes figures only for the weeks that trends show; of
    tags and rules it computes only those that give points, and records nothing of them.
    """
    live = kind is not ReviewKind.REPLAY
    work, run = _work(workspace, warehouse, as_of, live=live), sql_runner(warehouse, workspace)
    config = work.config
    row, _ = ScoreRun.objects.update_or_create(
        workspace=workspace,
        as_of=as_of,
        defaults={"version": work.version, "kind": kind.value, "started_at": utc_now(), "finished_at": None},
    )
    found = work.frame()
    scored = found.scored.table
    work.keep(scored)
    matches = _record(workspace, warehouse, as_of, found, work.asked.active) if live else {}
    later = scores_later(warehouse, workspace.pk, as_of=as_of) if live else frozenset[int]()
    standing = _without(scored, later)
    if with_cards:
        cards_write(workspace=workspace, as_of=as_of, scored=standing, run=run, rules=matches)
    rows = from_table(standing, matches, bands_by_profile(config))
    changes = customers_review(workspace=workspace, as_of=as_of, kind=kind, scored=rows, bands=config.bands)
    if live:
        watches_follow(workspace=workspace, warehouse=warehouse, as_of=as_of, found=found)
    if kind is ReviewKind.NIGHTLY:
        _night(workspace, warehouse, as_of, found)
    if with_figures:
        figures_write(workspace=workspace, as_of=as_of, run=run, scored=None if with_cards else scored)
    if kind is ReviewKind.NIGHTLY:
        weekly_make(workspace=workspace, now=as_of, book=lambda member, report: report_file(workspace, member, report, as_of))
    ScoreRun.objects.filter(pk=row.pk).update(
        customers=scored.num_rows,
        summary=_summary(changes, scored) | {"off_tiers": dict(found.scored.off_tiers)},
        basis=found.scored.basis.to_plain(),
        finished_at=utc_now(),
    )
    _again(workspace, warehouse, later)
    return Scoring(row, scored.num_rows, changes)


def _without(scored: pa.Table, customers: Collection[int]) -> pa.Table:
    """A run's scores but for those who were scored since its moment: what is known of them is newer."""
    if not customers:
        return scored
    return scored.filter(pc.invert(pc.is_in(scored["customer_id"], value_set=pa.array(sorted(customers), pa.int64()))))


def _again(workspace: Workspace, warehouse: Warehouse, customers: Collection[int]) -> None:
    """Who was scored while everybody was: once more, as of now and by what this run found."""
    now, ids = workspace_now(workspace), sorted(customers)
    for start in range(0, len(ids), FEW):
        customers_rescore(workspace=workspace, warehouse=warehouse, as_of=now, customer_ids=ids[start : start + FEW])


def _night(workspace: Workspace, warehouse: Warehouse, as_of: datetime, found: Frame) -> None:
    """What follows a night's review: value tiers off their baseline, playbooks, points, tickets for complaints."""
    groups_inform(workspace=workspace, at=as_of, off=found.scored.off_tiers, before=_off_before(workspace, as_of))
    playbooks_follow(workspace=workspace, warehouse=warehouse, as_of=as_of)
    loyalty_run(workspace=workspace, warehouse=warehouse, now=as_of)
    complaint_tickets(workspace=workspace, warehouse=warehouse, at=as_of)


@dataclass(frozen=True, slots=True)
class _Work:
    """What a scoring of a workspace at a moment is made with."""

    workspace: Workspace
    warehouse: Warehouse
    as_of: datetime
    version: ScoreVersion
    config: ScoreConfig
    asked: Asked

    def frame(self, last: ScoreRun | None = None, customers: Collection[int] = (), kinds: Mapping[str, int] = NO_KINDS) -> Frame:
        """Of everybody, or of some by the cuts of the `last` run over everybody."""
        return frame_at(
            source=(embedded if last else everybody)(self.warehouse, self.workspace.pk),
            as_of=self.as_of,
            zone=self.workspace.time_zone,
            config=self.config,
            churn=churn_of(self.workspace),
            asked=self.asked,
            then=then_of(self.workspace, self.warehouse, self.as_of, sorted(customers) if last else None),
            tiers=self.config.tiers,
            customers=sorted(customers) if last else None,
            basis=basis_from_plain(last.basis).with_kinds(kinds) if last else None,
        )

    def keep(self, scored: pa.Table, last: ScoreRun | None = None) -> None:
        """The scores, with the version that made them: of everybody, or of some since the `last` run over everybody."""
        at, version = to_us(self.as_of), self.version.version
        if last is None:
            scores_write(self.warehouse, self.workspace.pk, as_of_us=at, scored=scored, version=version)
        else:
            run_us = to_us(last.as_of)
            scores_write_few(self.warehouse, self.workspace.pk, as_of_us=at, scored=scored, version=version, run_us=run_us)


def _work(workspace: Workspace, warehouse: Warehouse, as_of: datetime, *, live: bool = True) -> _Work:
    version = version_live(workspace)
    config = version_config(workspace, version)
    asked = asked_of(workspace, config) if live else asked_for(workspace, config)
    return _Work(workspace, warehouse, as_of, version, config, asked)


def workspace_scored_again(*, workspace: Workspace, warehouse: Warehouse, as_of: datetime) -> pa.Table:
    """The scores that a scoring of everybody at `as_of` would give now, by the live version. Writes nothing."""
    return _work(workspace, warehouse, as_of).frame().scored.table


def customers_rescore(
    *,
    workspace: Workspace,
    warehouse: Warehouse,
    as_of: datetime,
    customer_ids: Collection[int],
    kinds: Mapping[str, int] | None = None,
) -> Scoring | None:
    """Score a few customers at `as_of`, later than the last run, exactly as a run over everybody would with that run's basis.

    Their scores, tags, rule matches, cards, alerts and work items follow; everybody else's stay, and so do the boards' figures.
    `kinds`: what came since, newest time by kind (microseconds): with a kind that is new to the workspace its signals can fire at once.
    None where there is nobody to score or no run to compare with. Safe to repeat for the same moment.
    """
    last = ScoreRun.objects.filter(workspace=workspace, as_of__lte=as_of, finished_at__isnull=False).order_by("-as_of").first()
    if last is None or not last.basis or not customer_ids:
        return None
    work = _work(workspace, warehouse, as_of)
    config, found = work.config, work.frame(last, customer_ids, kinds or {})
    scored, ids = found.scored.table, np.asarray(found.customers)
    work.keep(scored, last)
    hits = {key: _who(ids, flags) for key, flags in found.rules.items()}
    hits_record(workspace=workspace, as_of=as_of, hits=hits, customers=ids.tolist())
    matches = matches_of(work.asked.active, hits)
    cards_write(workspace=workspace, as_of=as_of, scored=scored, run=sql_runner(warehouse, workspace), rules=matches)
    rows = from_table(scored, matches, bands_by_profile(config))
    kind = ReviewKind.LIVE if scored.num_rows <= FEW else ReviewKind.NIGHTLY
    changes = customers_review(workspace=workspace, as_of=as_of, kind=kind, scored=rows, bands=config.bands)
    playbooks_follow(workspace=workspace, warehouse=warehouse, as_of=as_of, fresh=found.table)
    return Scoring(last, scored.num_rows, changes)


def _record(
    workspace: Workspace, warehouse: Warehouse, as_of: datetime, found: Frame, rules: Sequence[ActiveRule]
) -> Mapping[int, Sequence[RuleMatch]]:
    """Keep the frame, who bears which tag, who matches which rule, and what looks odd; the matches of live rules by customer."""
    frame_write(warehouse, workspace.pk, as_of_us=to_us(as_of), frame=found.table)
    ids = np.asarray(found.customers)
    tags_record(workspace=workspace, as_of=as_of, members={code: _who(ids, flags) for code, flags in found.tags.items()})
    hits = {version: _who(ids, flags) for version, flags in found.rules.items()}
    hits_record(workspace=workspace, as_of=as_of, hits=hits)
    odd = [*drops_of(found.judged, ids.tolist()), *findings(workspace.pk, sql_runner(warehouse, workspace), as_of)]
    cases_open(workspace=workspace, as_of=as_of, found=odd)
    return matches_of(rules, hits)


def matches_of(rules: Sequence[ActiveRule], hits: Mapping[int, Collection[int]]) -> Mapping[int, Sequence[RuleMatch]]:
    """By customer, the live rules that match and do something; `hits` by version."""
    matches: dict[int, list[RuleMatch]] = defaultdict(list)
    for rule in rules:
        effects = rule.effects
        if rule.trial or (effects.level == "none" and not effects.notify and not effects.work_item):
            continue
        level = Level.NORMAL if effects.level == "none" else Level(effects.level)
        match = RuleMatch(rule.rule_id, rule.name, level, effects.notify, effects.work_item, effects.title)
        for customer in hits.get(rule.version_id, ()):
            matches[customer].append(match)
    return matches


def _off_before(workspace: Workspace, as_of: datetime) -> Collection[str]:
    """The value tiers of which it was told by the run before that they are off their own baseline."""
    last = ScoreRun.objects.filter(workspace=workspace, as_of__lt=as_of, finished_at__isnull=False).order_by("-as_of").first()
    return tuple((last.summary or {}).get("off_tiers", ())) if last else ()


def _who(ids: np.ndarray[tuple[int], np.dtype[np.int64]], flags: Flags) -> set[int]:
    return set(ids[flags].tolist())


def _summary(changes: AlertChanges, scored: pa.Table) -> dict[str, object]:
    lists = {
        "raised": changes.raised,
        "escalated": changes.escalated,
        "closed": changes.closed,
        "pushed": changes.pushed,
        "digest": changes.digest,
    }
    return {**{name: len(rows) for name, rows in lists.items()}, "missing": missing_counts(scored["not_computable"])}
