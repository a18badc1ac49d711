"""The table that the model reads of customers at a moment. Training and live scoring both make it here, so that it is the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa

from liuke.score.domain.model_metrics import MODEL_METRICS, SIGNAL_PREFIX, family_of, monotone_of
from liuke.score.model.table import Column, Table
from liuke.signals.domain.signal import Judged, Numbers, Signal


def model_column(name: str) -> Column:
    """A model's column as `score.model` knows it. Raises KeyError for a name that is neither a metric nor a signal's."""
    protective = name.startswith(SIGNAL_PREFIX) and monotone_of(name) < 0
    return Column(name, "number", 1 if protective else monotone_of(name), family_of(name).value)


def model_table(features: pa.Table, judged: Sequence[tuple[Signal, Judged]], wanted: Sequence[str] | None = None) -> Table:
    """A row per row of `features`: every model metric, then `signal.<code>` of every judged signal; or only the `wanted` columns.

    Protective signals stand as 1 − strength, so that every signal's column says how much speaks for a loss. A wanted signal that
    was not judged (switched off since) says nothing: 0, or 1 for a protective one. Missing numbers are NaN.
    """
    values: dict[str, Numbers] = {metric.code: _numbers(features, metric.code) for metric in MODEL_METRICS}
    values |= {f"{SIGNAL_PREFIX}{signal.code}": _strength(signal, found) for signal, found in judged if not signal.verify}
    names = tuple(values) if wanted is None else tuple(wanted)
    values |= {name: _silent(name, features.num_rows) for name in names if name not in values}
    return Table(tuple(model_column(name) for name in names), {name: values[name] for name in names})


def expert_weights(points: Mapping[str, float], points_per_logit: float) -> dict[str, float]:
    """What the score's points per signal mean in log-odds, by the model's column; signs fall away with `model_table`'s turning."""
    return {f"{SIGNAL_PREFIX}{code}": abs(value) / points_per_logit for code, value in points.items()}


def _strength(signal: Signal, found: Judged) -> Numbers:
    return 1.0 - found.strength if signal.protective else found.strength


def _silent(name: str, size: int) -> Numbers:
    return np.full(size, 1.0 if monotone_of(name) < 0 else 0.0)


def _numbers(features: pa.Table, name: str) -> Numbers:
    column = features[name].cast(pa.float64()).to_numpy(zero_copy_only=False)
    return np.asarray(column, dtype=np.float64)
