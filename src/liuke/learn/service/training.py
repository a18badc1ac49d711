"""Learn a model from a data set and measure it as it would have been lived: each origin foretold by a model of older ones only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from liuke.base.errors import Invalid
from liuke.learn.domain.comparison import Compared, Rows, compare, slope_within
from liuke.learn.domain.leaks import Finding, Suspect, blocking, leaks_check
from liuke.learn.domain.predicted import predicted_table
from liuke.learn.domain.rivals import RIVALS, rivals_logits
from liuke.learn.domain.samples import Dataset, Ids
from liuke.learn.domain.snapshots import Fold, out_of_time, purged_splits
from liuke.learn.domain.stage import Counted, Stage, Standing, counted_origins, standing_of
from liuke.learn.domain.tuning import POINTS_PER_LOGIT, SeasonFactor, Tuned, lesson_of, season_factors, tuned_weights
from liuke.score.domain.calibration import Calibration
from liuke.score.domain.model_metrics import SIGNAL_PREFIX
from liuke.score.domain.model_table import expert_weights
from liuke.score.model import Expert, Fitted, Platt, Recipe, fit
from liuke.score.model.table import Numbers

Told = Callable[[float, str], None]
"""The share done (0–1) and the step (`model_leaks`, `model_fold`, `model_final`, `model_figures`); raises to stop."""
SMALL = Recipe(threads=1)


@dataclass(frozen=True, slots=True)
class Foretold:
    """Out-of-time predictions: row numbers into the data set, raw and calibrated log-odds, the season-shifted ones, the rivals'."""

    rows: Ids
    logit: Numbers
    expected: Numbers
    rivals: Mapping[str, Numbers]


@dataclass(frozen=True, slots=True)
class Trained:
    """A model and everything that is known of it. `foretold` None: no origin could be judged. `importance`: columns by their part."""

    standing: Standing
    counted: Counted
    fitted: Fitted
    calibration: Calibration
    predictions: pa.Table | None
    comparison: tuple[Compared, ...]
    slope: float | None
    tuned: tuple[Tuned, ...]
    seasons: tuple[SeasonFactor, ...]
    findings: tuple[Finding, ...]
    importance: Mapping[str, float] = field(default_factory=dict)


def counted_of(data: Dataset, mature_days: int) -> Counted:
    """What there is to learn from."""
    lost, stayed = data.people
    return Counted(lost, stayed, *counted_origins(data.origins, mature_days))


@dataclass(frozen=True, slots=True)
class Order:
    """What a training is given besides the data. `points`: the score's effective points per signal, the experts' word.

    `findings`: those of the leak checks; None: the ones that arrays can tell are made here.
    """

    points: Mapping[str, float]
    mature_days: int
    findings: tuple[Finding, ...] | None = None
    recipe: Recipe = SMALL


def trained(data: Dataset, order: Order, told: Told = lambda _, __: None) -> Trained:
    """Learn and measure.

    Raises Invalid("model_stage") below the stage 校准, Invalid("model_leaks", columns=…) where a leak check blocks.
    """
    counted = counted_of(data, order.mature_days)
    standing = standing_of(counted)
    if standing.stage is Stage.RULES:
        raise Invalid("model_stage", lost=counted.lost, stayed=counted.stayed, origins=counted.origins)
    told(0.0, "model_leaks")
    findings = leaks_check(Suspect(data.table, data.y > 0, data.customers, data.origin)) if order.findings is None else order.findings
    if stopping := blocking(findings):
        raise Invalid("model_leaks", columns=", ".join(sorted({name for finding in stopping for name in finding.columns})))
    course = _Course(data, order)
    foretold = course.foretold(told)
    told(0.7, "model_final")
    everything = np.arange(len(data))
    fitted = course.fitted(everything)
    told(0.85, "model_figures")
    lesson = lesson_of(data.table.values, data.y, data.customers, data.origin, data.origins)
    tuned = tuned_weights(lesson, order.points)
    return Trained(
        standing=standing,
        counted=counted,
        fitted=fitted,
        calibration=_calibrated(data, everything, fitted),
        predictions=None if foretold is None else _table(data, foretold),
        comparison=() if foretold is None else _comparison(data, foretold),
        slope=None if foretold is None else slope_within(_rows(data, foretold), foretold.logit),
        tuned=tuned,
        seasons=season_factors(lesson, {**order.points, **{one.code: one.after for one in tuned}}),
        findings=findings,
        importance=_importance(fitted, data),
    )


@dataclass(frozen=True, slots=True)
class _Course:
    """The fits of one training; all by the same recipe and the same expert."""

    data: Dataset
    order: Order

    @property
    def expert(self) -> Expert:
        known = {code: value for code, value in self.order.points.items() if f"{SIGNAL_PREFIX}{code}" in self.data.table.names}
        return Expert(expert_weights(known, POINTS_PER_LOGIT))

    def foretold(self, told: Told) -> Foretold | None:
        """Every origin that can be judged, by models of older ones; None where there is none."""
        folds = [fold for fold in out_of_time(self.data.origins, self.order.mature_days) if self._both(fold)]
        parts: list[Foretold] = []
        for at, fold in enumerate(folds):
            told(0.05 + 0.65 * at / len(folds), "model_fold")
            parts.append(self._judged(fold))
        if not parts:
            return None
        rivals = {name: np.concatenate([part.rivals[name] for part in parts]) for name in RIVALS}
        rows, logit, expected = (np.concatenate([getattr(part, name) for part in parts]) for name in ("rows", "logit", "expected"))
        return Foretold(rows, logit, expected, rivals)

    def fitted(self, rows: Ids) -> Fitted:
        """The model of these rows; its inner splits are purged ones where there are enough origins."""
        data = self.data
        splits = [
            split
            for split in purged_splits(data.origin[rows], data.origins, self.order.mature_days)
            if 0 < data.y[rows][split.train].sum() < len(split.train) and len(split.test)
        ]
        return fit(
            data.table.take(rows), data.y[rows], groups=data.customers[rows], splits=splits or None, expert=self.expert,
            recipe=self.order.recipe,
        )  # fmt: skip

    def _both(self, fold: Fold) -> bool:
        """Whether both outcomes occur on both sides."""
        data = self.data
        return all(0 < data.y[data.rows_of(side)].sum() < len(data.rows_of(side)) for side in (fold.learn, fold.judge))

    def _judged(self, fold: Fold) -> Foretold:
        """What a model of the fold's older origins says of the newer ones."""
        data = self.data
        learn, judge = data.rows_of(fold.learn), data.rows_of(fold.judge)
        fitted = self.fitted(learn)
        calibration = _calibrated(data, learn, fitted)
        table = data.table.take(judge)
        raw = fitted.logit(table)
        expected = np.empty(len(judge))
        for at in fold.judge:
            here = data.origin[judge] == at
            expected[here] = calibration.at(raw[here], data.origins[at])
        return Foretold(judge, calibration.logit(raw), expected, rivals_logits(data.table.take(learn), data.y[learn], table))


def _calibrated(data: Dataset, rows: Ids, fitted: Fitted) -> Calibration:
    """On the rows that the inner models did not see; `rates` are those of the origins learned from."""
    seen = ~np.isnan(fitted.held_out)
    y = data.y[rows]
    rates = tuple(rate for at, rate in enumerate(data.rates) if at in set(data.origin[rows].tolist()))
    return Calibration(Platt.fit(fitted.held_out[seen], y[seen]), float(y[seen].mean()), rates)


def _comparison(data: Dataset, foretold: Foretold) -> tuple[Compared, ...]:
    """The model first; the score in use and recency rank only."""
    rows = foretold.rows
    values = {
        "stack": foretold.expected, **foretold.rivals, "score": data.score[rows], "recency": data.recency[rows],
    }  # fmt: skip
    return tuple(compare(_rows(data, foretold), values, ("stack", *RIVALS)))


def _rows(data: Dataset, foretold: Foretold) -> Rows:
    return Rows(data.customers[foretold.rows], data.origin[foretold.rows], data.y[foretold.rows])


def _table(data: Dataset, foretold: Foretold) -> pa.Table:
    rows = foretold.rows
    return predicted_table(
        {
            "customer_id": data.customers[rows],
            "origin_us": data.origin_us[rows],
            "logit": foretold.logit,
            "expected": foretold.expected,
            "lost": data.y[rows] > 0,
            "lost_at_us": data.lost_at_us[rows],
            "annual_value": data.annual_value[rows],
            "tier": data.tier[rows],
            "treated": data.treated[rows],
        }
    )


def _importance(fitted: Fitted, data: Dataset) -> dict[str, float]:
    """Each column's mean absolute part of the log-odds on the newest origin, the largest first."""
    newest = data.table.take(data.rows_of([len(data.origins) - 1])[:4000])
    if not len(newest):
        return {}
    told = fitted.contributions(newest)
    sizes = np.abs(told.parts).mean(axis=0)
    order = np.argsort(-sizes, kind="stable")
    return {told.names[at]: round(float(sizes[at]), 4) for at in order}
