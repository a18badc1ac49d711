"""SCR-02 to SCR-06: dimensions, profiles and seasons resolve into numbers per customer; nothing set means nothing changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.accounts.domain.calendar import Period, PeriodKind
from liuke.base.errors import Invalid
from liuke.score.domain.config import ScoreConfig, from_plain
from liuke.score.domain.levels import Bands, levels_of
from liuke.score.domain.plans import bands_by_profile, judged_together, plans_of, which_of
from liuke.score.domain.points import points_of
from liuke.score.domain.seasons import Season, multipliers_on
from liuke.score.domain.templates import TEMPLATES, default
from liuke.score.domain.weights import percents, shares_of
from liuke.signals.domain.signal import Judged
from liuke.signals.service import signal_get

OVERDUE = {"SIG-21": {"points": 10}}
VIP = {"when": {"column": "annual_value", "op": "ge", "value": 100_000}, "exclude": None}


def configured(**parts: object) -> ScoreConfig:
    """The retail default with these parts of plain data."""
    return from_plain(parts, default("retail"))


def judged(strength: list[float]) -> Judged:
    """A judgement without a sentence."""
    values = np.array(strength)
    return Judged(values, "reasons.x", {"n": values}, np.isnan(values), "missing.x")


@pytest.mark.parametrize("industry", sorted(TEMPLATES))
def test_SCR_05_as_delivered_every_dimension_counts_once_so_effective_points_are_the_signals_points(industry: str) -> None:
    config = default(industry)
    plan = plans_of(config).plans[0]
    assert plan.points == {code: setting.points if setting.enabled else 0.0 for code, setting in config.signals.items()}


def test_SCR_05_a_dimension_weight_multiplies_the_points_of_its_signals_only() -> None:
    before = plans_of(default("retail")).plans[0].points
    after = plans_of(configured(dimensions={"consumption": {"weight": 1.5, "name": "购买"}})).plans[0].points
    factors = {code: 1.5 if signal_get(code).family.value == "consumption" else 1.0 for code in before}
    assert after == {code: points * factors[code] for code, points in before.items()}


def test_SCR_05_shares_of_dimensions_and_of_signals_within_each_sum_to_100() -> None:
    config = default("retail")
    shares = shares_of(config.signals, config.dimensions)
    assert sum(shares.dimensions.values()) == 100
    within: dict[str, int] = {}
    for code, share in shares.signals.items():
        family = signal_get(code).family.value
        within[family] = within.get(family, 0) + share
    assert set(within.values()) <= {0, 100}
    assert within["consumption"] == 100


@given(st.dictionaries(st.text(max_size=3), st.floats(0, 1e6), max_size=12))
def test_whole_percents_sum_to_100_or_are_all_nothing(sizes: dict[str, float]) -> None:
    found = percents(sizes)
    assert found.keys() == sizes.keys()
    assert sum(found.values()) == (100 if sum(sizes.values()) > 0 else 0)
    assert all(abs(found[name] - 100 * size / sum(sizes.values())) <= 1 for name, size in sizes.items() if sum(sizes.values()) > 0)


def test_SCR_03_the_first_profile_that_matches_wins_and_the_others_keep_what_holds_for_everybody() -> None:
    profiles = [
        {
            "name": "大客户",
            "when": VIP,
            "base": 40,
            "bands": {"early": 40, "medium": 60, "high": 80},
            "signals": {"SIG-21": {"points": 10}},
        },
        {"name": "新客户", "when": VIP, "dimensions": {"consumption": 0}},
    ]
    config = configured(profiles=profiles)
    plans = plans_of(config).of(which_of([np.array([False, True, True]), np.array([False, False, True])], 3))
    assert plans.names(3) == [None, "大客户", "大客户"]
    assert np.asarray(plans.base).tolist() == [28.0, 40.0, 40.0]
    assert levels_of(np.array([45.0, 45.0, 81.0]), plans.cuts()).tolist() == ["normal", "early", "high"]
    points = points_of([(signal_get("SIG-21"), judged([1, 1, 1]))], plans, 3)
    assert points.score.tolist() == [28 + config.signals["SIG-21"].points, 50, 50]
    assert bands_by_profile(config) == {"大客户": Bands(40, 60, 80)}


def test_a_profile_can_take_a_dimension_out() -> None:
    plans = plans_of(configured(profiles=[{"name": "新客户", "when": VIP, "dimensions": {"consumption": 0}}])).of(np.array([0, 1]))
    points = points_of([(signal_get("SIG-21"), judged([1, 1]))], plans, 2)
    assert points.lines[0].points.tolist() == [default("retail").signals["SIG-21"].points, 0.0]


def test_SCR_04_a_signal_with_other_numbers_in_a_profile_is_judged_with_each_for_its_own_customers() -> None:
    config = configured(profiles=[{"name": "大客户", "when": VIP, "signals": {"SIG-08": {"params": {"days": 10}}}}])
    plans = plans_of(config).of(np.array([0, 1, 0]))
    variants = plans.variants("SIG-08")
    found = [(params["days"], who.tolist()) for params, who in variants if who is not None]
    assert found == [
        (30, [True, False, True]),
        (10, [False, True, False]),
    ]
    together = judged_together([(judged([0.1, 0.1, 0.1]), variants[0][1]), (judged([0.9, 0.9, float("nan")]), variants[1][1])])
    assert together.strength.tolist() == [0.1, 0.9, 0.1]
    assert together.unknown.tolist() == [False, False, False]
    assert np.asarray(together.params["n"]).tolist() == [0.1, 0.9, 0.1]


def test_nobody_in_a_profile_costs_nothing_per_customer() -> None:
    config = configured(profiles=[{"name": "大客户", "when": VIP, "base": 40}])
    assert plans_of(config).of(np.zeros(3, dtype=np.int64)).base == 28.0


@pytest.mark.parametrize(("first", "last", "day", "holds"), [
    ("11-01", "11-12", date(2026, 11, 1), True),
    ("11-01", "11-12", date(2027, 11, 12), True),
    ("11-01", "11-12", date(2026, 11, 13), False),
    ("12-20", "02-10", date(2027, 1, 5), True),
    ("12-20", "02-10", date(2027, 2, 11), False),
    ("2026-06-01", "2026-06-18", date(2026, 6, 18), True),
    ("2026-06-01", "2026-06-18", date(2027, 6, 10), False),
])  # fmt: skip
def test_SCR_06_a_season_holds_on_its_days_of_every_year_or_of_one(first: str, last: str, day: date, holds: bool) -> None:
    assert Season("x", {}, first, last).holds(day) is holds


def test_SCR_06_a_season_can_go_by_a_period_of_the_calendar_and_overlapping_ones_multiply() -> None:
    festival = Period(PeriodKind.FESTIVAL, "春节", date(2027, 2, 1), date(2027, 2, 14), key="spring_festival")
    seasons = (
        Season("春节", {"interaction": 0.5}, period="spring_festival"),
        Season("冬天", {"interaction": 0.5, "SIG-20": 2.0}, "12-01", "02-28"),
        Season("停用", {"interaction": 0.0}, "01-01", "12-31", enabled=False),
    )
    assert multipliers_on(seasons, date(2027, 2, 5), [festival]) == {"interaction": 0.25, "SIG-20": 2.0}
    assert multipliers_on(seasons, date(2027, 2, 20), [festival]) == {"interaction": 0.5, "SIG-20": 2.0}
    assert multipliers_on(seasons, date(2027, 7, 1), [festival]) == {}


def test_SCR_06_the_season_multiplies_families_and_signals() -> None:
    points = plans_of(default("retail"), {"consumption": 0.5, "SIG-21": 2.0}).plans[0].points
    plain = plans_of(default("retail")).plans[0].points
    assert points["SIG-21"] == plain["SIG-21"]
    assert points["SIG-20"] == plain["SIG-20"] * 0.5
    assert points["SIG-08"] == plain["SIG-08"]


def test_all_faults_of_dimensions_profiles_and_seasons_come_at_once() -> None:
    profiles = [
        {"name": " ", "when": {}, "bands": {"early": 9, "medium": 3}, "signals": {"NO": {}}},
        {"name": "a", "when": VIP},
        {"name": "a", "when": VIP},
    ]
    seasons = [{"name": "x", "from": "02-30", "to": "2026-01-01", "multipliers": {"weather": 1, "intent": 9}}]
    dimensions = {"mood": {}, "intent": {"weight": -1}}
    with pytest.raises(Invalid) as caught:
        from_plain(
            {"dimensions": dimensions, "profiles": profiles, "seasons": seasons, "baseline": {"share": 7}},
            default(),
        )
    places = {fault["at"] for fault in caught.value.params["faults"]}  # type: ignore[attr-defined]
    assert places == {
        "dimensions.mood", "dimensions.intent.weight", "profiles.0.name", "profiles.0.when", "profiles.0.bands", "profiles.0.signals.NO",
        "profiles.2.name", "seasons.0.from", "seasons.0.multipliers.weather", "seasons.0.multipliers.intent", "baseline.share",
    }  # fmt: skip


def test_profiles_and_seasons_survive_json_and_an_empty_list_takes_them_away() -> None:
    season = {"name": "双11", "from": "11-01", "to": "11-12", "multipliers": {"consumption": 0.5}}
    config = configured(profiles=[{"name": "大客户", "when": VIP, "base": 40}], seasons=[season])
    assert from_plain(config.to_plain(), default()) == config
    assert from_plain({"profiles": [], "seasons": []}, config) == replace(config, profiles=(), seasons=())
    assert from_plain({}, config) == config
