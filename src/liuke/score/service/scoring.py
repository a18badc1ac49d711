"""Score everybody, or a few customers exactly as a run over everybody would."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from liuke.base.errors import Invalid
from liuke.features.domain.churn import ChurnDefinition
from liuke.features.domain.metric import Declared
from liuke.features.domain.moment import Moment
from liuke.features.service import Run, Source, features_compute, features_sql, kinds_seen
from liuke.score.domain.basis import Basis
from liuke.score.domain.confidence import confidence_of
from liuke.score.domain.config import ScoreConfig, checked
from liuke.score.domain.levels import levels_of
from liuke.score.domain.measured import LAST_INTERACTION, LAST_ORDER, Measured, measured, score_metrics
from liuke.score.domain.points import ExtraLine, Points, points_of
from liuke.score.domain.reasons import main_families, reasons_json, unknown_json
from liuke.score.domain.table import SCORE_SCHEMA
from liuke.segments.domain.cuts import rfm_cuts, rfm_of, tier_cuts, tiers_of
from liuke.segments.domain.tiers import TierRule
from liuke.signals.domain.signal import Judged, Numbers, Scene, Signal, World
from liuke.signals.service import signal_judge, signals_all


@dataclass(frozen=True, slots=True)
class Scored:
    """A scoring (`SCORE_SCHEMA`) and what it knew about everybody; keep `basis.to_plain()` to score single customers later."""

    table: pa.Table
    basis: Basis


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
) -> Scored:
    """Like `score_customers` over any relation, and gives the basis too. Raises Invalid for a faulty configuration."""
    prepared = score_prepare(
        source=source, as_of=as_of, zone=zone, config=config, churn=churn, tiers=tiers, customers=customers, basis=basis
    )  # fmt: skip
    return score_finish(prepared, score_judge(prepared))


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
) -> Prepared:
    """Read what a scoring needs, and the metrics `also` in the same pass. Raises like `score_run`."""
    config, moment = checked(config), Moment(as_of, zone)
    if customers is not None and basis is None:
        raise Invalid("basis_missing")
    kinds = dict(basis.kinds) if basis else kinds_seen(source=source, moment=moment)
    metrics = (*score_metrics(config, churn, World(kinds)), *also)
    features = features_compute(source=source, metrics=metrics, moment=moment, customers=customers)
    found = measured(features, churn)
    if basis is None:
        cuts = rfm_cuts(found.since_order, found.year_order_days, found.annual_value)
        basis = Basis(kinds, tier_cuts(tiers or config.tiers, found.annual_value), cuts)
    rfm = rfm_of(found.since_order, found.year_order_days, found.annual_value, basis.rfm)
    scene = Scene(found.columns, tiers_of(found.annual_value, basis.tiers), rfm, World(basis.kinds))
    return Prepared(moment, config, features, found, scene, basis)


def score_judge(prepared: Prepared) -> list[tuple[Signal, Judged]]:
    """What each enabled signal says of each customer."""
    settings = prepared.config.signals
    enabled = [signal for signal in signals_all() if settings[signal.code].enabled]
    return [(signal, signal_judge(signal, prepared.scene, settings[signal.code].params)) for signal in enabled]


def score_finish(prepared: Prepared, judged: Sequence[tuple[Signal, Judged]], extra: Sequence[ExtraLine] = ()) -> Scored:
    """Points, levels and reasons from judged signals and the lines of tags and rules."""
    return Scored(_table(prepared, points_of(judged, prepared.config, len(prepared.scene), extra)), prepared.basis)


def strengths(*, source: Source, as_of: datetime, zone: str, config: ScoreConfig, churn: ChurnDefinition) -> dict[str, Numbers]:
    """How strongly each enabled signal fires (0–1), customers in rising order of `customer_id`: what weights are learned from."""
    prepared = score_prepare(source=source, as_of=as_of, zone=zone, config=config, churn=churn)
    return {signal.code: judged.strength for signal, judged in score_judge(prepared)}


def score_sql(*, source: Source, as_of: datetime, zone: str, config: ScoreConfig, churn: ChurnDefinition, basis: Basis) -> str:
    """The SQL behind every number of a scoring, for a person to read."""
    metrics = score_metrics(checked(config), churn, World(basis.kinds))
    return features_sql(stream=source.stream, metrics=metrics, moment=Moment(as_of, zone))


def _table(prepared: Prepared, points: Points) -> pa.Table:
    features, found, size = prepared.features, prepared.found, len(prepared.scene)
    ids = features["customer_id"]
    confidence = confidence_of(found.all_order_days, found.days_known, prepared.basis.newest_us, prepared.moment.us)
    columns = {
        "customer_id": ids,
        "score": points.score,
        "base": np.full(size, points.base),
        "level": pa.array(levels_of(points.score, prepared.config.bands)),
        "reasons": pa.array(reasons_json(points), pa.string()),
        "tier": pa.array(prepared.scene.tier, pa.string()),
        "annual_value": np.round(found.annual_value, 2),
        "confidence": confidence,
        "last_order_us": pc.cast(features[LAST_ORDER.name], pa.int64()),
        "last_activity_us": pc.cast(features[LAST_INTERACTION.name], pa.int64()),
        "is_lost": found.is_lost,
        "main_family": pa.array(main_families(points), pa.string()),
        "not_computable": pa.array(unknown_json(points.lines, size), pa.string()),
    }
    schema = SCORE_SCHEMA.set(0, pa.field("customer_id", ids.type, nullable=False))
    return pa.table(columns, schema=schema)
