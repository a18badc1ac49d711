"""Score everybody, or a few customers exactly as a run over everybody would."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from datetime import datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from liuke.accounts.domain.calendar import WEEKDAYS, Calendar
from liuke.base.errors import Invalid
from liuke.base.times import local_day
from liuke.features.domain.churn import ChurnDefinition
from liuke.features.domain.metric import Baseline, Declared, named_once
from liuke.features.domain.moment import Moment
from liuke.features.service import Grouping, Run, Source, features_compute, features_sql, kinds_seen, slice_compute, usual_of
from liuke.score.domain.baseline import of_groups, off_baseline, under_usual
from liuke.score.domain.basis import Basis
from liuke.score.domain.confidence import confidence_of, known_share
from liuke.score.domain.config import ScoreConfig, checked
from liuke.score.domain.levels import levels_of
from liuke.score.domain.measured import LAST_INTERACTION, LAST_ORDER, Measured, baselines, measured, score_metrics
from liuke.score.domain.model_table import model_table
from liuke.score.domain.modelled_live import LiveModel
from liuke.score.domain.modelled_points import points_of_model
from liuke.score.domain.modelled_value import Worth
from liuke.score.domain.override import Override, overridden
from liuke.score.domain.plans import Plans, judged_together, plans_of, which_of
from liuke.score.domain.points import ExtraLine, Points, points_of
from liuke.score.domain.reasons import main_families, reasons_json, unknown_json
from liuke.score.domain.seasons import multipliers_on
from liuke.score.domain.table import MODELLED, SCORE_SCHEMA
from liuke.score.service.grouping import grouping
from liuke.score.service.modelling import Customers, Modelling, modelled_declared, modelling
from liuke.segments.domain.cuts import RfmCuts, rfm_cuts, rfm_of, tier_cuts, tiers_of
from liuke.segments.domain.tiers import TierRule
from liuke.signals.domain.quiet import quiet_at
from liuke.signals.domain.signal import Flags, Judged, Numbers, Scene, Signal, World
from liuke.signals.service import signal_judge, signals_all


@dataclass(frozen=True, slots=True)
class Scored:
    """A scoring (`SCORE_SCHEMA`) and what it knew about everybody; keep `basis.to_plain()` to score single customers later."""

    table: pa.Table
    basis: Basis
    off_tiers: Mapping[str, float] = field(default_factory=dict)
    """Value tiers that lie further under their own usual amount or interactions than the baseline rule allows, and how far (SCR-08)."""


def score_customers(
    *,
    run: Run,
    as_of: datetime,
    zone: str,
    config: ScoreConfig,
    churn: ChurnDefinition,
    tiers: TierRule | None = None,
    customers: Sequence[object] | None = None,
    basis: Basis | None = None,
) -> pa.Table:
    """One row per customer known at `as_of` (aware), in rising order of `customer_id`, shaped as `SCORE_SCHEMA`.

    `run` executes a SELECT over the workspace's warehouse, whose relation `activity` has the activity columns. `tiers`
    defaults to the configuration's. `customers` scores a slice; it then needs the `basis` of a run over all (`score_run`),
    because tiers and quintiles compare a customer with everybody: Invalid("basis_missing") without it.
    """
    source = Source(run)
    return score_run(source=source, as_of=as_of, zone=zone, config=config, churn=churn, tiers=tiers, customers=customers, basis=basis).table


def score_run(
    *,
    source: Source,
    as_of: datetime,
    zone: str,
    config: ScoreConfig,
    churn: ChurnDefinition,
    tiers: TierRule | None = None,
    customers: Sequence[object] | None = None,
    basis: Basis | None = None,
    model: LiveModel | None = None,
) -> Scored:
    """Like `score_customers` over any relation, and gives the basis too. Raises Invalid for a faulty configuration.

    `model`: makes the score instead of the configuration's points.
    """
    prepared = score_prepare(
        source=source, as_of=as_of, zone=zone, config=config, churn=churn, tiers=tiers, customers=customers, basis=basis,
        also=modelled_declared() if model else (),
    )  # fmt: skip
    return score_finish(prepared, score_judge(prepared), model=ModelAsked(model) if model else None)


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything that a scoring needs, read and compared, before any signal is judged.

    `features` has a row per customer in rising order of `customer_id`, with every metric asked for; the arrays of `found`
    and `scene` are in the same order.
    """

    moment: Moment
    config: ScoreConfig
    features: pa.Table
    found: Measured
    scene: Scene
    basis: Basis
    plans: Plans
    multipliers: Mapping[str, float] = field(default_factory=dict)
    """The season's, which `plans` hold already."""
    whole: bool = True
    """Whether these are all customers, of whom the basis was made."""


@dataclass(frozen=True, slots=True)
class ModelAsked:
    """A model that makes the score; `contract`: yearly amounts in the customers' order, NaN without one."""

    model: LiveModel
    contract: Numbers | None = None


def score_prepare(
    *,
    source: Source,
    as_of: datetime,
    zone: str,
    config: ScoreConfig,
    churn: ChurnDefinition,
    tiers: TierRule | None = None,
    customers: Sequence[object] | None = None,
    basis: Basis | None = None,
    also: Iterable[Declared] = (),
    groups: pa.Table | None = None,
    calendar: Calendar = WEEKDAYS,
    held: Collection[str] = (),
) -> Prepared:
    """Read what a scoring needs, and the metrics `also` in the same pass. Raises like `score_run`.

    `groups`: what segment baselines compare by besides the value tier, see `features_compute`. `calendar`: whose periods the seasons go by.
    `held`: codes of signals that wait for a silent source.
    """
    config, moment = checked(config), Moment(as_of, zone)
    multipliers = multipliers_on(config.seasons, local_day(as_of, zone), calendar.periods)
    plans, rule = plans_of(config, multipliers), tiers or config.tiers
    if customers is not None and basis is None:
        raise Invalid("basis_missing")
    kinds = dict(basis.kinds) if basis else kinds_seen(source=source, moment=moment)
    world = World(kinds, quiet_at(calendar, moment), held)
    metrics = (*score_metrics(plans, config.baseline, churn, world), *also)
    by = grouping(groups, rule=rule, churn=churn, cuts=basis.tiers if basis else None)
    if customers is not None and basis is not None:
        features = slice_compute(
            source=source, metrics=metrics, moment=moment, customers=customers, kinds=kinds, usual=basis.usual, groups=by
        )  # fmt: skip
    else:
        features = features_compute(source=source, metrics=metrics, moment=moment, customers=customers, groups=by)
    found = measured(features, churn)
    known = basis or Basis(kinds, tier_cuts(rule, found.annual_value), _rfm_cuts(found), usual=_usual(features, metrics, by))
    return Prepared(moment, config, features, found, _scene(found, known, world), known, plans, multipliers, whole=basis is None)


def _rfm_cuts(found: Measured) -> RfmCuts:
    return rfm_cuts(found.since_order, found.year_order_days, found.annual_value)


def _scene(found: Measured, basis: Basis, world: World) -> Scene:
    """What signals are judged by: each customer's numbers and its place among everybody."""
    rfm = rfm_of(found.since_order, found.year_order_days, found.annual_value, basis.rfm)
    return Scene(found.columns, tiers_of(found.annual_value, basis.tiers), rfm, world)


def _usual(features: pa.Table, metrics: Iterable[Declared], by: Grouping) -> Mapping[str, Mapping[str, float]]:
    """What is usual in each group for the metrics that compare customers with theirs."""
    compares = [item for item in named_once(metrics) if isinstance(item, Baseline)]
    return usual_of(features, compares, by(features))


def score_profiled(prepared: Prepared, matches: Sequence[Flags]) -> Prepared:
    """With everybody's profile known: `matches` says per profile of the configuration, in its order, whom its rule matches."""
    return replace(prepared, plans=prepared.plans.of(which_of(matches, len(prepared.scene))))


def score_judge(prepared: Prepared) -> list[tuple[Signal, Judged]]:
    """What each signal that counts for anybody says of each customer, with the numbers of the customer's profile."""
    plans, enabled = prepared.plans, prepared.plans.enabled()
    return [
        (signal, judged_together([(signal_judge(signal, prepared.scene, params), who) for params, who in plans.variants(signal.code)]))
        for signal in signals_all()
        if signal.code in enabled
    ]


def score_finish(
    prepared: Prepared,
    judged: Sequence[tuple[Signal, Judged]],
    extra: Sequence[ExtraLine] = (),
    overrides: Mapping[int, Override] | None = None,
    model: ModelAsked | None = None,
) -> Scored:
    """Points, levels and reasons from judged signals (or the `model`), the lines of tags and rules, and people's adjustments by customer.

    With a model, `prepared` must have been made with `modelled_declared()`.
    """
    made = None if model is None else _modelling(prepared, judged, model)
    if made is None:
        points = points_of(judged, prepared.plans, len(prepared.scene), extra)
    else:
        points = points_of_model(made.found, made.seen, extra, prepared.multipliers)
        kept = None if made.worth is None else astuple(made.worth)
        prepared = replace(prepared, basis=replace(prepared.basis, worth=kept))
    if overrides:
        points = overridden(points, np.asarray(prepared.features["customer_id"]), overrides)
    return Scored(_table(prepared, points, made.columns if made else {}), prepared.basis, _off_tiers(prepared))


def _modelling(prepared: Prepared, judged: Sequence[tuple[Signal, Judged]], asked: ModelAsked) -> Modelling:
    """The model reads signals with everybody's numbers, as it learned them; profiles' own ones only choose the sentences."""
    plain = replace(prepared, plans=replace(prepared.plans, which=None))
    same = prepared.plans.which is None
    strengths = judged if same else score_judge(plain)
    customers = Customers(
        day=local_day(prepared.moment.as_of, prepared.moment.zone),
        features=prepared.features,
        table=model_table(prepared.features, strengths, asked.model.columns),
        found=prepared.found,
        judged=judged,
        plans=prepared.plans,
        contract=asked.contract,
    )
    worth = prepared.basis.worth
    return modelling(asked.model, customers, worth=None if worth is None else Worth(*worth), whole=prepared.whole)


def _off_tiers(prepared: Prepared) -> dict[str, float]:
    """The larger of both shares by tier, where it is more than the rule's."""
    rule, tiers = prepared.config.baseline, np.asarray(prepared.scene.tier)
    off: dict[str, float] = {}
    for now, before in baselines(prepared.found, rule):
        for tier, by in of_groups(now, before, rule, tiers).items():
            if by > rule.share:
                off[tier] = max(off.get(tier, 0.0), round(by, 4))
    return off


def strengths(*, source: Source, as_of: datetime, zone: str, config: ScoreConfig, churn: ChurnDefinition) -> dict[str, Numbers]:
    """How strongly each enabled signal fires (0–1), customers in rising order of `customer_id`: what weights are learned from."""
    prepared = score_prepare(source=source, as_of=as_of, zone=zone, config=config, churn=churn)
    return {signal.code: judged.strength for signal, judged in score_judge(prepared)}


def score_sql(*, source: Source, as_of: datetime, zone: str, config: ScoreConfig, churn: ChurnDefinition, basis: Basis) -> str:
    """The SQL behind every number of a scoring, for a person to read."""
    config = checked(config)
    metrics = score_metrics(plans_of(config), config.baseline, churn, World(basis.kinds))
    return features_sql(stream=source.stream, metrics=metrics, moment=Moment(as_of, zone))


def _table(prepared: Prepared, points: Points, modelled: Mapping[str, pa.Array]) -> pa.Table:
    features, found, size, plans = prepared.features, prepared.found, len(prepared.scene), prepared.plans
    ids, rule = features["customer_id"], prepared.config.baseline
    share = known_share(points.lines, plans.plans[0].points, prepared.basis.kinds, size)
    under = [under_usual(now, before, rule) for now, before in baselines(found, rule)]
    lowest = np.fmax.reduce(under, initial=np.nan) if under else np.full(size, np.nan)
    columns = {
        "customer_id": ids,
        "score": points.score,
        "base": points.base,
        "level": pa.array(levels_of(points.score, plans.cuts()), pa.string()),
        "reasons": pa.array(reasons_json(points), pa.string()),
        "tier": pa.array(prepared.scene.tier, pa.string()),
        "annual_value": np.round(found.annual_value, 2),
        "confidence": confidence_of(found.all_order_days, found.days_known, prepared.basis.newest_us, prepared.moment.us, share),
        "last_order_us": pc.cast(features[LAST_ORDER.name], pa.int64()),
        "last_activity_us": pc.cast(features[LAST_INTERACTION.name], pa.int64()),
        "is_lost": found.is_lost,
        "main_family": pa.array(main_families(points), pa.string()),
        "not_computable": pa.array(unknown_json(points.lines, size), pa.string()),
        "profile": pa.array(plans.names(size), pa.string()),
        "off_baseline": off_baseline(under, found.all_order_days, rule),
        "under_usual": pa.array(np.round(lowest, 4), mask=np.isnan(lowest)),
        **{name: modelled.get(name, pa.nulls(size, SCORE_SCHEMA.field(name).type)) for name in MODELLED},
    }
    schema = SCORE_SCHEMA.set(0, pa.field("customer_id", ids.type, nullable=False))
    return pa.table(columns, schema=schema)
