"""Score history: a run replaces its own moment and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pyarrow as pa

from liuke.base.times import to_us
from liuke.warehouse.domain.steps import Warehouse
from liuke.warehouse.scores import score_history, score_moments, scores_at, scores_latest, scores_write

MONDAY, TUESDAY, WEDNESDAY = (datetime(2026, 3, day, tzinfo=UTC) for day in (2, 3, 4))


def run(warehouse: Warehouse, ws: int, as_of: datetime, scores: Mapping[int, float], version: int = 1) -> int:
    table = pa.table(
        {
            "customer_id": list(scores),
            "score": list(scores.values()),
            "base": [10.0] * len(scores),
            "level": ["normal"] * len(scores),
            "reasons": ["[]"] * len(scores),
            "tier": ["high"] * len(scores),
            "confidence": [1.0] * len(scores),
        }
    )
    return scores_write(warehouse, ws, as_of_us=to_us(as_of), scored=table, version=version)


def seen(table: pa.Table) -> list[tuple[int, float]]:
    return [(row["customer_id"], row["score"]) for row in table.to_pylist()]


def test_a_run_of_the_same_moment_replaces_it(warehouse: Warehouse, ws: int) -> None:
    assert run(warehouse, ws, MONDAY, {1: 50.0, 2: 60.0}) == 2
    run(warehouse, ws, TUESDAY, {1: 55.0})
    assert run(warehouse, ws, MONDAY, {2: 61.0}, version=2) == 1
    assert seen(scores_at(warehouse, ws, as_of=MONDAY)) == [(2, 61.0)]
    assert scores_at(warehouse, ws, as_of=MONDAY)["version"].to_pylist() == [2]
    assert score_moments(warehouse, ws, as_of=WEDNESDAY) == [to_us(MONDAY), to_us(TUESDAY)]


def test_a_later_run_is_not_seen_from_before_it(warehouse: Warehouse, ws: int) -> None:
    run(warehouse, ws, WEDNESDAY, {1: 90.0})
    run(warehouse, ws, MONDAY, {1: 50.0, 2: 60.0})
    assert seen(scores_latest(warehouse, ws, as_of=TUESDAY)) == [(1, 50.0), (2, 60.0)]
    assert seen(scores_latest(warehouse, ws, as_of=WEDNESDAY)) == [(1, 90.0), (2, 60.0)]
    assert seen(score_history(warehouse, ws, customer_id=1, as_of=TUESDAY)) == [(1, 50.0)]
    assert seen(score_history(warehouse, ws, customer_id=1, as_of=WEDNESDAY, since=TUESDAY)) == [(1, 90.0)]
    assert score_moments(warehouse, ws, as_of=TUESDAY) == [to_us(MONDAY)]
