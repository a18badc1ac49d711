"""The two anchors: where the score is 50 and 90, and what stands for them before a threshold is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.score.domain.anchors import NARROWEST, Anchors, anchors_of


def test_the_anchors_lie_at_50_and_90_and_the_line_goes_on_beyond_them() -> None:
    points = Anchors(-1.0, 1.0).points(np.array([-1.0, 1.0, 0.0, 2.0, -4.0]))
    assert points.tolist() == [50.0, 90.0, 70.0, 110.0, -10.0]


def test_known_anchors_are_taken_as_they_are() -> None:
    assert anchors_of({"watch": -2.0, "promise": 0.5}, 0.1) == Anchors(-2.0, 0.5)


def test_without_a_threshold_the_watch_is_twice_the_odds_of_the_base_rate_and_90_a_believed_85_percent() -> None:
    found = anchors_of({}, 0.2)
    assert np.exp(found.watch) == pytest.approx(2 * 0.2 / 0.8)
    assert 1 / (1 + np.exp(-found.promise)) == pytest.approx(0.85)


@pytest.mark.parametrize("given_", [{"watch": None}, {"watch": "much"}, {"watch": float("nan")}, {"watch": True}])
def test_what_is_no_number_is_no_anchor(given_: dict[str, object]) -> None:
    assert anchors_of(given_, 0.3) == anchors_of({}, 0.3)


@given(watch=st.floats(-8, 8), promise=st.floats(-8, 8), rate=st.floats(0, 1))
def test_anchors_never_cross_and_the_line_rises(watch: float, promise: float, rate: float) -> None:
    for found in (anchors_of({"watch": watch, "promise": promise}, rate), anchors_of({}, rate)):
        assert found.promise - found.watch >= NARROWEST * (1 - 1e-9)
        assert 0 < found.slope <= 40 / NARROWEST * (1 + 1e-9)
