"""Scores of a few customers between two runs over everybody: each customer keeps the newest one and no other."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liuke.base.times import from_us
from liuke.warehouse.domain.steps import Expire, Gather, Renew, Replace, Rows, Run, Supersede, Upsert
from liuke.warehouse.domain.wire import steps_in, steps_out
from liuke.warehouse.local import LocalWarehouse
from liuke.warehouse.scores import scores_later, scores_write, scores_write_few

RUN = 1_000


def _scored(scores: dict[int, float]) -> pa.Table:
    size = len(scores)
    texts = {"level": ["early"] * size, "reasons": ["[]"] * size}
    return pa.table(
        {"customer_id": list(scores), "score": list(scores.values()), "base": [0.0] * size, "confidence": [1.0] * size, **texts}
    )


def _few(warehouse: LocalWarehouse, at: int, scores: dict[int, float]) -> int:
    return scores_write_few(warehouse, 1, as_of_us=at, scored=_scored(scores), version=1, run_us=RUN)


def _stored(warehouse: LocalWarehouse) -> list[tuple[int, int, float]]:
    rows = warehouse.query(1, "SELECT customer_id, as_of_us, score FROM score ORDER BY ALL").to_pylist()
    return [(row["customer_id"], row["as_of_us"], row["score"]) for row in rows]


@pytest.fixture
def warehouse(tmp_path: Path) -> LocalWarehouse:
    made = LocalWarehouse(tmp_path)
    scores_write(made, 1, as_of_us=RUN, scored=_scored({1: 10.0, 2: 20.0}), version=1)
    return made


def test_the_newest_of_many_scores_stays_beside_the_runs(warehouse: LocalWarehouse) -> None:
    for at in (1_100, 1_200, 1_300):
        assert _few(warehouse, at, {1: float(at)}) == 1
    assert _stored(warehouse) == [(1, RUN, 10.0), (1, 1_300, 1_300.0), (2, RUN, 20.0)]


def test_at_the_runs_own_moment_only_the_few_are_replaced(warehouse: LocalWarehouse) -> None:
    _few(warehouse, RUN, {1: 11.0})
    assert _stored(warehouse) == [(1, RUN, 11.0), (2, RUN, 20.0)]


def test_who_was_scored_later_already_keeps_that(warehouse: LocalWarehouse) -> None:
    _few(warehouse, 1_300, {1: 13.0})
    assert _few(warehouse, 1_200, {1: 12.0, 2: 22.0}) == 1
    assert _stored(warehouse) == [(1, RUN, 10.0), (1, 1_300, 13.0), (2, RUN, 20.0), (2, 1_200, 22.0)]


def test_who_was_scored_since_a_moment_is_known(warehouse: LocalWarehouse) -> None:
    _few(warehouse, 1_300, {2: 13.0})
    assert scores_later(warehouse, 1, as_of=from_us(RUN)) == {2}
    assert scores_later(warehouse, 1, as_of=from_us(RUN) - timedelta(microseconds=1)) == {1, 2}


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.integers(RUN, RUN + 50), st.sets(st.integers(1, 4), min_size=1)), max_size=8))
def test_whatever_the_order_each_customer_has_at_most_one_score_after_the_run_and_it_is_the_newest(
    tmp_path_factory: pytest.TempPathFactory, writes: list[tuple[int, set[int]]]
) -> None:
    warehouse = LocalWarehouse(tmp_path_factory.mktemp("scores"))
    newest: dict[int, int] = {}
    for at, customers in writes:
        _few(warehouse, at, dict.fromkeys(customers, float(at)))
        newest |= {customer: max(at, newest.get(customer, 0)) for customer in customers}
    kept = _stored(warehouse)
    assert {customer: max(at for who, at, _ in kept if who == customer) for customer in newest} == newest
    assert sum(at > RUN for _, at, _ in kept) == sum(at > RUN for at in newest.values())
    warehouse.close()


def test_every_step_travels_to_the_daemon_and_back() -> None:
    rows = Rows.of(_scored({1: 1.0}))
    steps = [
        Supersede(rows, 7),
        Run("order_totals"),
        Replace("score", rows, {"as_of_us": 3}),
        Upsert(rows),
        Renew(rows),
        Gather(1, 2),
        Expire(["login"], 9),
    ]
    told = steps_out(steps, ["a", "b", "c", "d"])
    assert [step.get("upload") for step in told] == ["a", None, "b", "c", "d", None, None]
    assert steps_in(told, dict.fromkeys("abcd", rows)) == steps
