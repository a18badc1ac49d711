"""The contract between scoring and alerting."""

from __future__ import annotations

import json

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.alert.domain.scored import ScoredCustomer, from_table
from liuke.alert.domain.silence import Mute
from liuke.score.domain.levels import Level
from tests.alert.world import at, reason, scored


def table(**changes: list[object]) -> pa.Table:
    """One row as the score step gives it, with more columns than alerting reads."""
    row: dict[str, list[object]] = {
        "customer_id": [7], "score": [72.5], "level": ["medium"], "reasons": [json.dumps([reason()])],
        "annual_value": [1000.0], "is_lost": [False],
        "confidence": [1.0],
    }  # fmt: skip
    return pa.table(row | changes)


def test_rows_of_the_score_table_become_customers() -> None:
    assert list(from_table(table())) == [ScoredCustomer(7, 72.5, Level.MEDIUM, json.dumps([reason()]), 1000.0)]


def test_missing_reasons_and_values_are_nothing_and_an_unknown_level_is_refused() -> None:
    empty = next(iter(from_table(table(reasons=[None], annual_value=[None], is_lost=[None]))))
    assert (empty.reasons, empty.annual_value, empty.is_lost) == ("[]", 0.0, False)
    with pytest.raises(KeyError):
        list(from_table(table(level=["extreme"])))


@pytest.mark.parametrize(("score", "value", "loss"), [(80, 1000, 800), (0, 1000, 0), (100, 5, 5), (90, -20, 0)])
def test_expected_loss_is_annual_value_times_score_and_never_negative(score: float, value: float, loss: float) -> None:
    assert scored(1, score, value=value).expected_loss == pytest.approx(loss)


def test_the_fingerprint_changes_with_reasons_and_value_but_not_with_the_score() -> None:
    assert scored(1, 60).fingerprint() == scored(1, 61).fingerprint()
    assert scored(1, 60).fingerprint() != scored(1, 60, value=1001).fingerprint()
    assert scored(1, 60).fingerprint() != scored(1, 60, reasons=[reason(points=19)]).fingerprint()


@given(
    st.text(min_size=1, max_size=20), st.floats(0, 100), st.floats(0, 100), st.frozensets(st.sampled_from(["consumption", "payment"])),
    st.integers(1, 400),
)  # fmt: skip
def test_a_mute_reads_back_from_plain_data(signal: str, points: float, score: float, families: frozenset[str], days: int) -> None:
    mute = Mute(signal, at(days), points, score, families)
    assert Mute.from_plain(json.loads(json.dumps(mute.to_plain()))) == mute
