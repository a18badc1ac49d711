"""SCR-08: a score held against the customer's own score of a week before."""

from __future__ import annotations

import pyarrow as pa

from liuke.score.domain.baseline import BaselineRule
from liuke.score.service.own_past import off_past

NOW = pa.table({"customer_id": [1, 2, 3, 4], "score": [60.0, 60.0, 60.0, 12.0], "off_baseline": [False, False, True, False]})


def flags(before: dict[int, float] | None, rule: BaselineRule = BaselineRule()) -> list[bool]:  # noqa: B008 - frozen
    """Who is told, with these scores of a week before."""
    past = None if before is None else pa.table({"customer_id": list(before), "score": list(before.values())})
    return off_past(NOW, past, rule)["off_baseline"].to_pylist()


def test_SCR_08_a_score_more_than_a_fifth_above_its_own_past_is_told_beside_what_was_told_already() -> None:
    assert flags({2: 55.0, 1: 45.0, 4: 8.0}) == [True, False, True, False]


def test_without_a_past_nothing_is_added() -> None:
    assert flags(None) == [False, False, True, False]
    assert flags({}) == [False, False, True, False]


def test_a_rule_that_is_off_tells_nothing() -> None:
    assert flags({1: 10.0}, BaselineRule(enabled=False)) == [False, False, True, False]
