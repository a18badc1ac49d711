"""Which sentence speaks for a family of the model: its strongest fired signal, else its strongest number beside the customer's own past."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from liuke.score.domain.model_metrics import SIGNAL_PREFIX
from liuke.score.domain.modelled import Modelled
from liuke.score.domain.plans import Plans
from liuke.score.domain.points import SpokenLine
from liuke.score.model.table import Table
from liuke.signals.domain.measures import ORDER_GAP_MEDIAN, SINCE_ORDER, amount, interactions
from liuke.signals.domain.signal import Flags, Judged, Numbers, Signal

MODEL_PREFIX = "model:"
"""Codes of the lines that a number speaks for: `model:<family>`."""
SAID, FELL, ROSE, USUAL, REST = "model.is", "model.fell", "model.rose", "model.usual", "model.rest"
CHANGED = 0.1
"""A share by which a number must lie off the own past to be told as fallen or risen."""
_YEAR = 365


@dataclass(frozen=True, slots=True)
class OwnPast:
    """How a number compares with the customer's own: `now` and `usual` × `times` are features. `silence`: days, told beside a rhythm."""

    now: str
    usual: str
    times: float = 1.0
    silence: bool = False


OWN_PAST: Mapping[str, OwnPast] = {
    "order_since": OwnPast(SINCE_ORDER.name, ORDER_GAP_MEDIAN.name, silence=True),
    "order_rhythm_own": OwnPast(SINCE_ORDER.name, ORDER_GAP_MEDIAN.name, silence=True),
    "order_days_30": OwnPast("order_days_30", "order_days_180", 30 / 180),
    "order_days_90": OwnPast("order_days_90", "order_days_365", 90 / _YEAR),
    "order_days_180": OwnPast("order_days_180", "order_days_365", 180 / _YEAR),
    "order_amount_90": OwnPast("order_amount_90", "order_amount_365", 90 / _YEAR),
    "order_amount_180_change": OwnPast(amount(180).name, amount(180, 180).name),
    "interaction_n_30": OwnPast("interaction_n_30", interactions(90, 30).name, 1 / 3),
    "interaction_n_30_own": OwnPast("interaction_n_30", interactions(90, 30).name, 1 / 3),
}
"""By the model's column."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of the customers: everything that was computed, what the model read of it, and what the signals said."""

    features: pa.Table
    table: Table
    judged: Sequence[tuple[Signal, Judged]]
    plans: Plans


def spoken_lines(found: Modelled, seen: Seen) -> list[SpokenLine]:
    """For every family and customer with points exactly one line speaks; the lines' points sum to the family's."""
    return [line for family in found.families for line in _of_family(found, seen, family)]


def _of_family(found: Modelled, seen: Seen, family: str) -> Iterator[SpokenLine]:
    """A signal speaks where one pulls; else a number; the rest is told where neither does."""
    points = found.points[:, found.families.index(family)].astype(np.float64)
    of_signals, silent = _of_signals(seen, family, points)
    yield from of_signals
    of_numbers, rest = _of_numbers(found, seen, family, points, silent)
    yield from of_numbers
    yield from _line(f"{MODEL_PREFIX}{family}", family, points, rest, (f"{REST}.{family}", {}))


def _of_signals(seen: Seen, family: str, points: Numbers) -> tuple[list[SpokenLine], Flags]:
    """The lines of the family's signals, and for whom none of them speaks."""
    silent = points != 0
    fired = [(signal, judged) for signal, judged in seen.judged if signal.family.value == family]
    if not fired:
        return [], silent
    weights = np.stack([np.nan_to_num(judged.strength) * seen.plans.points(signal.code) for signal, judged in fired], axis=1)
    best, speaks = _strongest(weights, points)
    lines: list[SpokenLine] = []
    for place, (signal, judged) in enumerate(fired):
        lines += _line(signal.code, family, points, speaks & (best == place), (judged.key, judged.params))
    return lines, silent & ~speaks


def _of_numbers(found: Modelled, seen: Seen, family: str, points: Numbers, silent: Flags) -> tuple[list[SpokenLine], Flags]:
    """The lines of the family's own numbers among the silent, and for whom none of them speaks either."""
    numbers = [place for place in found.of_family(family) if not found.names[place].startswith(SIGNAL_PREFIX)]
    if not numbers:
        return [], silent
    parts = found.parts[:, numbers].astype(np.float64)
    parts[np.isnan(np.stack([seen.table.number(found.names[place]) for place in numbers], axis=1))] = 0
    best, speaks = _strongest(parts, points)
    lines: list[SpokenLine] = []
    for at, place in enumerate(numbers):
        said = _says(found.names[place], seen)
        lines += _line(f"{MODEL_PREFIX}{family}", family, points, silent & speaks & (best == at), said)
    return lines, silent & ~speaks


def _strongest(weights: Numbers, points: Numbers) -> tuple[NDArray[np.int64], Flags]:
    """The column that pulls hardest the way of the points, and whether any does."""
    pulling = weights * np.sign(points)[:, None]
    best = pulling.argmax(axis=1)
    return best, np.asarray((pulling.max(axis=1) > 0) & (points != 0))


def _line(
    code: str, family: str, points: Numbers, who: Flags, said: tuple[str | NDArray[Any], Mapping[str, Numbers | float]]
) -> Iterator[SpokenLine]:
    if who.any():
        yield SpokenLine(code, family, np.where(who, points, 0.0), *said)


def _says(column: str, seen: Seen) -> tuple[str | NDArray[Any], Mapping[str, Numbers | float]]:
    """The sentence of a number: fallen or risen against the own past, beside the usual, or alone."""
    past = OWN_PAST.get(column)
    if past is None:
        return f"{SAID}.{column}", {"now": seen.table.number(column)}
    now, usual = _feature(seen.features, past.now), _feature(seen.features, past.usual) * past.times
    known = usual > 0
    if past.silence:
        return np.where(known, f"{USUAL}.{column}", f"{SAID}.{column}").astype(object), {"now": now, "usual": usual}
    change = np.divide(now, usual, out=np.ones(len(now)), where=known) - 1
    keys = np.select(
        [known & (change <= -CHANGED), known & (change >= CHANGED)], [f"{FELL}.{column}", f"{ROSE}.{column}"], f"{SAID}.{column}"
    )
    return keys.astype(object), {"now": now, "usual": usual, "by": np.abs(change)}


def _feature(features: pa.Table, name: str) -> Numbers:
    return np.asarray(features[name].cast(pa.float64()).to_numpy(zero_copy_only=False), dtype=np.float64)
