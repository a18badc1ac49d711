"""Tables with one planted leak each, and clean ones that must pass."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from liuke.learn.domain.leaks import Suspect
from liuke.learn.domain.promise import sigmoid
from liuke.score.model.table import Column, Table

ROWS = 1_200
MOMENTS = 3


def table(**columns: NDArray[Any]) -> Table:
    """Numbers, or categories where the values are words."""
    kinds = tuple(Column(name, "category" if values.dtype == object else "number") for name, values in columns.items())
    return Table(kinds, {name: values if values.dtype == object else values.astype(np.float64) for name, values in columns.items()})


def honest(seed: int = 3, pull: float = 1.2) -> Suspect:
    """Six columns that say something, all known beforehand; one moment."""
    random = np.random.default_rng(seed)
    x = random.normal(size=(ROWS, 6))
    lost = random.random(ROWS) < sigmoid(pull * x[:, 0] - 0.6 * x[:, 1] + 0.3 * x[:, 2] - 0.8)
    return Suspect(table(**{f"x{at}": x[:, at] for at in range(6)}), lost)


def moments(seed: int = 5, drift: float = 0.0) -> Suspect:
    """The same customers at three moments, whose base rate may move."""
    random = np.random.default_rng(seed)
    steady = np.tile(random.normal(size=ROWS), MOMENTS)
    origin = np.repeat(np.arange(MOMENTS), ROWS)
    x = steady + 0.5 * random.normal(size=len(origin))
    lost = random.random(len(origin)) < sigmoid(1.3 * x + drift * origin - 0.5)
    customers = np.tile(np.arange(ROWS), MOMENTS)
    return Suspect(table(recency=x, money=random.gamma(2, 50, len(origin)), steady=steady), lost, customers, origin)


def with_column(suspect: Suspect, name: str, values: NDArray[Any]) -> Suspect:
    """And one column more."""
    kind = "category" if values.dtype == object else "number"
    return replace(suspect, table=suspect.table.with_columns([Column(name, kind)], {name: values}))


def _random(seed: int = 11) -> np.random.Generator:
    return np.random.default_rng(seed)


def noisy_copy() -> Suspect:
    """The outcome with a little noise."""
    suspect = honest()
    return with_column(suspect, "health", suspect.lost + 0.2 * _random().normal(size=ROWS))


def reason_given() -> Suspect:
    """A reason that only those who left have."""
    suspect = honest()
    said = np.where(suspect.lost, _random().choice(["price", "service"], ROWS), "").astype(object)
    return with_column(suspect, "note_kind", said)


def missing_after() -> Suspect:
    """A number that is no longer recorded of those who left."""
    suspect = honest()
    return with_column(suspect, "visits", np.where(suspect.lost & (_random().random(ROWS) < 0.97), np.nan, _random().gamma(2, 3, ROWS)))


def both_ends() -> Suspect:
    """A refund of either sign follows the loss: no order tells it, both ends do."""
    suspect = honest()
    sign = _random().choice([-1.0, 1.0], ROWS)
    return with_column(suspect, "balance", np.where(suspect.lost, 5 * sign, 0) + 0.5 * _random(2).normal(size=ROWS))


def smelling_name() -> Suspect:
    """A weak column that was filled in afterwards."""
    return with_column(honest(), "Cancel Reason", _random().choice(["a", "b", "c"], ROWS).astype(object))


def remaining_contract() -> Suspect:
    """A column that becomes 0 with the cancellation."""
    suspect = honest()
    left = np.where(suspect.lost, _random().integers(0, 4, ROWS), _random().integers(0, 12, ROWS))
    return with_column(suspect, "remaining_contract", left.astype(np.float64))


def oversampled() -> Suspect:
    """The lost rows copied before anything was split."""
    suspect = honest()
    again = np.flatnonzero(suspect.lost)[:100]
    rows = np.concatenate([np.arange(ROWS), again])
    return replace(suspect, table=suspect.table.take(rows), lost=suspect.lost[rows])


def listed_twice() -> Suspect:
    """A customer twice at one moment."""
    suspect = moments()
    assert suspect.customers is not None
    customers = suspect.customers.copy()
    customers[1] = customers[0]
    return replace(suspect, customers=customers)


def cut_at_the_event() -> Suspect:
    """Whole-history counts: observation of those who left ends when they leave."""
    random, suspect = _random(), honest(pull=0.3)
    tenure = np.where(suspect.lost, random.uniform(5, 80, ROWS), random.uniform(30, 120, ROWS))
    plain = replace(suspect, table=suspect.table.only(["x3", "x4", "x5"]))
    counted = with_column(plain, "tenure_days", tenure)
    return with_column(counted, "songs", random.poisson(8 * tenure).astype(np.float64))


def ends_with_the_loss() -> Suspect:
    """No column tells it, but the windows of those who left end earlier."""
    suspect = honest()
    return replace(suspect, observed_until=np.where(suspect.lost, 60.0, 90.0) + _random().uniform(0, 30, ROWS))


def numbered_on_leaving() -> Suspect:
    """Running numbers given in the order of leaving."""
    suspect = honest()
    rank = np.argsort(np.argsort(0.8 * _random().normal(size=ROWS) - suspect.lost))
    return with_column(suspect, "record_no", rank.astype(np.float64))


def known_only_then() -> Suspect:
    """A code that means something else at every moment and is learned only from those whose outcome is known already."""
    suspect = moments()
    assert suspect.origin is not None
    code = _random().integers(0, 8, len(suspect.lost))
    code = np.where(_random(4).random(len(code)) < 0.6, (code // 2) * 2 + suspect.lost, code)
    return with_column(suspect, "batch", ((code + 3 * suspect.origin) % 8).astype(np.float64))


PLANTED: Mapping[str, Callable[[], Suspect]] = {
    "single:noisy_copy": noisy_copy,
    "single:reason_given": reason_given,
    "single:missing_after": missing_after,
    "single:both_ends": both_ends,
    "name:smelling": smelling_name,
    "name:remaining_contract": remaining_contract,
    "duplicates:oversampled": oversampled,
    "twice:listed": listed_twice,
    "length:cut_at_the_event": cut_at_the_event,
    "ended:with_the_loss": ends_with_the_loss,
    "numbered:on_leaving": numbered_on_leaving,
    "split:known_only_then": known_only_then,
}
"""`<check>:<what>` → the table."""


def quiet_customers() -> Suspect:
    """Most did nothing at all: equal rows that are no copies."""
    random = _random()
    busy = random.random((ROWS, 6)) < 0.1
    x = np.where(busy, random.poisson(3, (ROWS, 6)), 0)
    lost = random.random(ROWS) < sigmoid(0.8 - 0.6 * x.sum(axis=1))
    return Suspect(table(**{f"n{at}": x[:, at] for at in range(6)}), lost)


def young_customers_leave() -> Suspect:
    """A tenure that tells a lot, as it honestly does for telephone contracts, with what was paid until then."""
    random = _random()
    tenure = random.uniform(1, 72, ROWS)
    lost = random.random(ROWS) < sigmoid(0.8 - 0.06 * tenure)
    monthly = random.uniform(20, 110, ROWS)
    return Suspect(table(tenure=tenure, monthly=monthly, contract=random.choice(["month", "year"], ROWS).astype(object)), lost)


def many_small_towns() -> Suspect:
    """A category with hardly two rows each."""
    towns = np.array([f"town {at}" for at in _random().integers(0, 500, ROWS)], dtype=object)
    return with_column(honest(), "town", towns)


def rare_loss() -> Suspect:
    """Five lost customers can look separated by anything."""
    suspect = honest()
    lost = np.zeros(ROWS, dtype=np.bool_)
    lost[np.argsort(-suspect.table.number("x0"))[:5]] = True
    return replace(suspect, lost=lost)


def running_number() -> Suspect:
    """An id that means nothing."""
    return with_column(honest(), "number", _random().permutation(ROWS).astype(np.float64))


def same_window() -> Suspect:
    """Everybody is observed until about the same day."""
    return replace(honest(), observed_until=90 + _random().uniform(0, 5, ROWS))


CLEAN: Mapping[str, Callable[[], Suspect]] = {
    "honest": honest,
    "strong": lambda: honest(pull=2.2),
    "moments": moments,
    "season": lambda: moments(drift=0.4),
    "quiet": quiet_customers,
    "young": young_customers_leave,
    "towns": many_small_towns,
    "rare": rare_loss,
    "number": running_number,
    "window": same_window,
}
