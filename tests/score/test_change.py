"""BEY-05: the four parts of a change add up, whatever happened."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.base.times import DAY_US
from liuke.score.domain.baseline import BaselineRule, of_groups, off_baseline, score_off, under_usual
from liuke.score.domain.change import Lines, Part, score_change, with_lines
from liuke.score.domain.confidence import confidence_of, confidence_why, freshness_of
from liuke.score.domain.config import from_plain
from liuke.score.domain.override import Override, overridden
from liuke.score.domain.plans import plans_of
from liuke.score.domain.points import points_of
from liuke.score.domain.reasons import reasons_json
from liuke.score.domain.rescoring import as_on, behind
from liuke.score.domain.templates import default
from liuke.signals.domain.signal import Judged
from liuke.signals.service import signal_get, signals_all

CODES = ("SIG-08", "SIG-20", "SIG-21", "growth", "tag:vip", "override")


def lines(base: float = 28, unknown: tuple[str, ...] = (), score: float | None = None, **points: float) -> Lines:
    """A score of these points, clipped where no other is given."""
    named = {code.replace("_", "-"): value for code, value in points.items()}
    total = base + sum(named.values())
    return Lines(base, named, unknown, min(max(total, 0.0), 100.0) if score is None else score)


def changed(before: Lines, after: Lines, *, old_new: Lines | None = None, stale: tuple[str, ...] = ()) -> dict[Part, float]:
    """The parts where scoring again reproduces both ends, under one configuration unless told otherwise."""
    return dict(score_change(before=before, after=after, old_old=before, old_new=old_new or after, new_new=after, stale=stale).parts)


anything = st.builds(
    Lines,
    st.integers(0, 100).map(float),
    st.dictionaries(st.sampled_from(CODES), st.integers(-60, 60).map(float)),
    st.frozensets(st.sampled_from(CODES)),
    st.integers(0, 100).map(float),
)


@given(st.tuples(*[anything] * 5), st.frozensets(st.sampled_from(CODES)))
def test_BEY_05_the_four_parts_add_up_to_the_change_exactly(scores: tuple[Lines, ...], stale: frozenset[str]) -> None:
    before, after, old_old, old_new, new_new = scores
    found = score_change(before=before, after=after, old_old=old_old, old_new=old_new, new_new=new_new, stale=stale)
    assert set(found.parts) == set(Part) - {Part.MODEL}
    assert sum(found.parts.values()) == found.after - found.before


def test_BEY_05_other_points_under_the_same_settings_are_behaviour() -> None:
    assert changed(lines(SIG_20=10), lines(SIG_20=26)) == {Part.BEHAVIOUR: 16, Part.CONFIGURATION: 0, Part.STALE: 0, Part.VERSION: 0}


def test_BEY_05_the_same_data_under_other_settings_are_configuration() -> None:
    parts = changed(lines(SIG_20=10), lines(base=30, SIG_20=20), old_new=lines(SIG_20=10))
    assert parts == {Part.BEHAVIOUR: 0, Part.CONFIGURATION: 12, Part.STALE: 0, Part.VERSION: 0}


def test_BEY_05_points_of_a_source_that_is_behind_and_of_signals_that_became_unknown_are_stale_data() -> None:
    assert changed(lines(SIG_08=0), lines(SIG_08=20), stale=("SIG-08",))[Part.STALE] == 20
    assert changed(lines(SIG_20=15), lines(unknown=("SIG-20",)))[Part.STALE] == -15


def test_BEY_05_what_scoring_again_does_not_reproduce_is_the_version() -> None:
    before, after = lines(SIG_20=10, score=40), lines(SIG_20=10, score=38)
    found = score_change(before=before, after=after, old_old=lines(SIG_20=12), old_new=lines(SIG_20=12), new_new=lines(SIG_20=12), stale=())
    assert found.parts[Part.VERSION] == -2


def test_a_persons_adjustment_is_configuration() -> None:
    found = score_change(
        before=lines(SIG_20=10), after=lines(SIG_20=10, override=-20), old_old=lines(SIG_20=10), old_new=lines(SIG_20=10),
        new_new=lines(SIG_20=10), stale=(),
    )  # fmt: skip
    assert found.parts == {Part.BEHAVIOUR: 0, Part.CONFIGURATION: -20, Part.STALE: 0, Part.VERSION: 0}
    assert [(line.part, line.code, line.after) for line in found.moved] == [(Part.CONFIGURATION, "override", -20)]


def test_the_reasons_behind_the_parts_come_largest_first() -> None:
    before, after = lines(SIG_20=10, SIG_08=3), lines(SIG_20=12, SIG_08=20)
    found = score_change(before=before, after=after, old_old=before, old_new=after, new_new=after, stale=("SIG-08",))
    assert [(line.code, line.part) for line in found.moved] == [("SIG-08", Part.STALE), ("SIG-20", Part.BEHAVIOUR)]


def test_lines_of_tags_and_rules_are_taken_as_they_were_stored() -> None:
    kept = with_lines(lines(SIG_20=4), Lines(28, {"tag:vip": -8.0, "SIG-20": 9.0}), ["tag:vip"])
    assert kept.points == {"SIG-20": 4, "tag:vip": -8.0}


def scored(strength: list[float]) -> tuple[object, ...]:
    """Three customers with SIG-21 of these strengths, before anybody's word."""
    values = np.array(strength)
    judged = Judged(values, "reasons.SIG-21", {}, np.isnan(values))
    return (points_of([(signal_get("SIG-21"), judged)], plans_of(default("retail")), len(values)),)


def test_SCR_01_a_fixed_score_and_added_points_are_a_line_of_their_own_and_still_add_up() -> None:
    (points,) = scored([1.0, 0.0, 0.5])
    said = {11: Override(True, 95, "老板的朋友"), 12: Override(False, -60, "刚签约"), 99: Override(True, 1, "别家")}
    found = overridden(points, np.array([11, 12, 13]), said)  # type: ignore[arg-type]
    assert found.score.tolist() == [95.0, 0.0, points.score[2]]  # type: ignore[attr-defined]
    for text, score, base in zip(reasons_json(found), found.score, found.base, strict=True):
        assert base + sum(line["points"] for line in json.loads(text)) == score
    first = json.loads(reasons_json(found)[0])[0]
    assert (first["signal"], first["key"], first["params"]) == ("override", "reasons.override", {"why": "老板的朋友"})


def test_SCR_08_more_than_a_fifth_under_the_own_usual_is_told_and_a_thin_past_is_not() -> None:
    rule = BaselineRule()
    now, before = np.array([79.0, 81.0, 0.0, 50.0]), np.array([600.0, 600.0, 0.0, 600.0])
    under = under_usual(now, before, rule)
    assert under[:2].round(2).tolist() == [0.21, 0.19]
    assert np.isnan(under[2])
    assert off_baseline([under], np.array([9.0, 9.0, 9.0, 2.0]), rule).tolist() == [True, False, False, False]
    assert not off_baseline([under], np.full(4, 9.0), BaselineRule(enabled=False)).any()


def test_SCR_08_a_whole_group_has_a_baseline_too() -> None:
    groups = of_groups(np.array([10.0, 30.0, 5.0]), np.array([120.0, 120.0, 0.0]), BaselineRule(), np.array(["a", "a", "b"]))
    assert groups == {"a": 0.0}


def test_SCR_08_a_score_far_above_its_own_past_is_told_but_not_for_a_few_points() -> None:
    found = score_off(np.array([60.0, 9.0, 60.0, 55.0]), np.array([45.0, 5.0, np.nan, 50.0]), BaselineRule())
    assert found.tolist() == [True, False, False, False]


def test_BEY_06_unknown_signals_and_old_data_lower_the_confidence() -> None:
    full, young = np.array([6.0]), np.array([180.0])
    assert confidence_of(full, young, 0, 0)[0] == 1.0
    assert confidence_of(full, young, 0, 0, np.array([0.5]))[0] == 0.75
    assert freshness_of(0, 40 * DAY_US) == pytest.approx(0.3)


def test_BEY_06_the_confidence_says_why_in_words() -> None:
    told = confidence_why(age_days=9.5, order_days=2, days_known=40, unknown=3)
    assert [why.key for why in told] == ["confidence.stale", "confidence.orders", "confidence.young", "confidence.unknown"]
    assert confidence_why(age_days=1, order_days=20, days_known=400, unknown=0) == []


def test_the_season_of_a_day_can_be_kept_for_scoring_again() -> None:
    seasons = [{"name": "双11", "from": "11-01", "to": "11-12", "multipliers": {"consumption": 0.5}}]
    config = from_plain({"seasons": seasons}, default())
    assert [season.holds(date(2026, 3, 3)) for season in as_on(config, date(2026, 11, 5)).seasons] == [True]
    assert as_on(config, date(2026, 3, 3)).seasons == ()


def test_a_signal_is_behind_where_all_its_kinds_stopped_a_week_ago() -> None:
    now = 100 * DAY_US
    fresh = behind(signals_all(), default("retail"), {"order.placed": now - DAY_US, "message.in": now - DAY_US}, now)
    late = behind(signals_all(), default("retail"), {"order.placed": now - 9 * DAY_US, "message.in": now - DAY_US}, now)
    assert "SIG-20" not in fresh
    assert "SIG-20" in late


@given(st.tuples(*[anything] * 6))
def test_BEY_05_the_parts_add_up_also_where_another_model_made_the_later_score(scores: tuple[Lines, ...]) -> None:
    before, after, old_old, old_new, new_new, newest = scores
    found = score_change(before=before, after=after, old_old=old_old, old_new=old_new, new_new=new_new, new_model=newest, stale=["SIG-08"])
    assert set(found.parts) == set(Part)
    assert sum(found.parts.values()) == pytest.approx(found.after - found.before, abs=1e-9)


def test_what_only_the_newer_model_says_is_the_models_part() -> None:
    old, newer = lines(SIG_20=20.0), lines(base=40, SIG_20=26.0)
    found = score_change(before=old, after=newer, old_old=old, old_new=old, new_new=old, new_model=newer, stale=[])
    assert {part: points for part, points in found.parts.items() if points} == {Part.MODEL: 18.0}
    assert {(line.code, line.part) for line in found.moved} == {("base", Part.MODEL), ("SIG-20", Part.MODEL)}


def test_the_same_model_has_no_part() -> None:
    assert Part.MODEL not in changed(lines(SIG_20=20.0), lines(SIG_20=30.0))
