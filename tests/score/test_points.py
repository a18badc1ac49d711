"""Points add up exactly, whatever the weights; of signals that tell one fact only the strongest counts."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from liuke.score.domain.config import SignalSetting
from liuke.score.domain.levels import Bands, Level, levels_of
from liuke.score.domain.plans import Plans, plans_of
from liuke.score.domain.points import points_of
from liuke.score.domain.reasons import main_families, reasons_json, unknown_json
from liuke.score.domain.templates import default
from liuke.signals.domain.signal import Judged
from liuke.signals.service import signal_get, signals_all

SIZE = 7


def judged(strengths: dict[str, list[float]]) -> list[tuple[object, Judged]]:
    """The given strengths as judgements of all customers."""
    return [
        (signal_get(code), Judged(np.array(values), f"reasons.{code}", {"silent": 3.0}, np.isnan(values), "missing.no_orders"))
        for code, values in strengths.items()
    ]


def weights(points: dict[str, float], base: float = 28.0) -> Plans:
    """The plans of a configuration with these points."""
    return plans_of(replace(default(), base=base, signals={code: SignalSetting(value) for code, value in points.items()}))


@settings(max_examples=60, deadline=None)
@given(st.data(), st.floats(0, 100))
def test_SCR_01_base_plus_all_points_is_the_score_and_the_score_lies_in_0_to_100(data: st.DataObject, base: float) -> None:
    codes = [signal.code for signal in signals_all()]
    strengths = {code: data.draw(st.lists(st.floats(0, 1), min_size=SIZE, max_size=SIZE)) for code in codes}
    limit = {signal.code: (-100, 0) if signal.protective else (0, 100) for signal in signals_all()}
    config = weights({code: data.draw(st.floats(*limit[code])) for code in codes}, base)
    points = points_of(judged(strengths), config, SIZE)
    for text, score in zip(reasons_json(points), points.score.tolist(), strict=True):
        lines = json.loads(text)
        assert abs(base + sum(line["points"] for line in lines) - score) < 1e-9
        assert 0 <= score <= 100
        assert all(line["points"] for line in lines)


def test_clipping_is_a_line_of_its_own() -> None:
    points = points_of(judged({"SIG-21": [1.0]}), weights({"SIG-21": 90}, 40), 1)
    assert json.loads(reasons_json(points)[0])[-1] == {
        "signal": "clip",
        "family": "clip",
        "points": -30,
        "key": "reasons.clip",
        "params": {},
    }


def test_of_the_yardsticks_of_silence_only_the_strongest_counts_and_the_graver_of_equals() -> None:
    points = points_of(
        judged({"SIG-08": [1, 1, 0.2], "SIG-09": [1, 0.1, 1], "SIG-42": [1, 0, 0]}), weights({"SIG-08": 20, "SIG-09": 20, "SIG-42": 20}), 3
    )
    fired = [[line["signal"] for line in json.loads(text)] for text in reasons_json(points)]
    assert fired == [["SIG-42"], ["SIG-08"], ["SIG-09"]]


def test_points_are_whole_so_that_people_can_add_them() -> None:
    points = points_of(judged({"SIG-20": [0.333]}), weights({"SIG-20": 11}), 1)
    assert json.loads(reasons_json(points)[0])[0]["points"] == 4


def test_the_main_family_has_most_raising_points_and_is_missing_where_nothing_raises() -> None:
    points = points_of(
        judged({"SIG-08": [1, 0], "SIG-21": [0.4, 0], "growth": [1, 1]}), weights({"SIG-08": 10, "SIG-21": 30, "growth": -50}), 2
    )
    assert main_families(points) == ["consumption", None]
    assert main_families(points_of([], weights({}), 2)) == [None, None]


def test_signals_that_could_not_be_computed_are_named_with_the_reason() -> None:
    nan = float("nan")
    points = points_of(judged({"SIG-21": [nan, 0], "SIG-20": [nan, nan]}), weights({"SIG-21": 10, "SIG-20": 10}), 2)
    assert json.loads(unknown_json(points.lines, 2)[0]) == {"SIG-21": "missing.no_orders", "SIG-20": "missing.no_orders"}
    assert list(json.loads(unknown_json(points.lines, 2)[1])) == ["SIG-20"]


@given(st.floats(0, 100))
def test_SCR_02_many_scores_get_the_level_that_one_would(score: float) -> None:
    assert levels_of(np.array([score]), Bands())[0] == Bands().level_of(score).value


def test_SCR_02_the_edges_of_the_bands() -> None:
    assert [Bands().level_of(score) for score in (49.9, 50, 69.9, 70, 90, 90.1)] == [
        Level.NORMAL, Level.EARLY, Level.EARLY, Level.MEDIUM, Level.MEDIUM, Level.HIGH,
    ]  # fmt: skip
