"""Which plan fits, when its steps are due, and what a template must say."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.accounts.domain.calendar import Calendar, Period, PeriodKind
from liuke.act.plans.domain import (
    CAUSE_OF_FAMILY,
    LEVELS,
    TIERS,
    Cause,
    PlanSpec,
    StepSpec,
    cause_of,
    due_of,
    plan_from_plain,
    plans_ranked,
)
from liuke.act.plans.domain_packs import VARIABLES, filled, pack_from_plain, packs_fitting, unknown_variables
from liuke.act.plans.shipped import packs_shipped, plans_shipped
from liuke.alert.domain.workdays import is_working_day
from liuke.base.errors import Invalid
from liuke.base.words import LANGUAGES
from liuke.signals.domain.reason import Family

MONDAY = datetime(2026, 11, 23, 2, tzinfo=UTC)
"""10:00 in Shanghai."""
SHANGHAI = "Asia/Shanghai"


def local(step: StepSpec, start: datetime = MONDAY, calendar: Calendar | None = None) -> str:
    """When it is due, as Shanghai reads it."""
    due = due_of(step, start=start, zone=SHANGHAI, calendar=calendar or Calendar())
    return due.astimezone(ZoneInfo(SHANGHAI)).strftime("%Y-%m-%d %H:%M") if due else "-"


def test_PLY_07_days_are_working_days_and_end_at_six() -> None:
    assert local(StepSpec("x", days=0)) == "2026-11-23 18:00"
    assert local(StepSpec("x", days=4)) == "2026-11-27 18:00"
    assert local(StepSpec("x", days=5)) == "2026-11-30 18:00"


def test_a_plan_laid_in_the_evening_or_at_the_weekend_begins_on_the_next_working_day() -> None:
    assert local(StepSpec("x", days=0), MONDAY + timedelta(hours=8)) == "2026-11-24 18:00"
    assert local(StepSpec("x", days=0), MONDAY + timedelta(days=5)) == "2026-11-30 18:00"


def test_days_off_of_the_calendar_do_not_count() -> None:
    shut = Calendar((Period(PeriodKind.HOLIDAY, "停", date(2026, 11, 24), date(2026, 11, 26)),))
    assert local(StepSpec("x", days=1), calendar=shut) == "2026-11-27 18:00"


def test_PLY_06_hours_are_hours_of_the_clock_also_over_a_weekend() -> None:
    friday = MONDAY + timedelta(days=4)
    assert due_of(StepSpec("x", hours=48), start=friday, zone=SHANGHAI) == friday + timedelta(hours=48)


def test_a_step_without_a_time_is_undated() -> None:
    assert due_of(StepSpec("x"), start=MONDAY, zone=SHANGHAI) is None


@given(
    start=st.integers(0, 365 * 24 * 60).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)),
    days=st.integers(0, 60),
    zone=st.sampled_from([SHANGHAI, "Europe/London", "America/New_York"]),
)
def test_a_step_is_never_due_before_the_start_nor_on_a_day_off_and_later_steps_are_due_later(start: datetime, days: int, zone: str) -> None:
    due = due_of(StepSpec("x", days=days), start=start, zone=zone)
    following = due_of(StepSpec("x", days=days + 1), start=start, zone=zone)
    assert due is not None
    assert following is not None
    assert start < due < following
    assert is_working_day(due.astimezone(ZoneInfo(zone)).date())


def test_PLY_05_the_cause_is_that_of_the_highest_reason_that_raises_the_score() -> None:
    reasons = [
        {"signal": "growth", "family": "consumption", "points": -8},
        {"signal": "SIG-56", "family": "intent", "points": 12},
        {"signal": "SIG-30", "family": "service", "points": 9},
    ]
    assert cause_of(reasons) is Cause.PRICE
    assert cause_of(reasons[:1]) is None
    assert cause_of([{"signal": "rule:4", "family": "rule", "points": 10}]) is None


def test_every_family_of_signals_has_a_cause() -> None:
    assert set(CAUSE_OF_FAMILY) == set(Family)


def test_a_named_cause_counts_more_than_a_tier_and_that_more_than_a_level() -> None:
    plans = [
        PlanSpec("any", "a"), PlanSpec("level", "a", levels=("high",)), PlanSpec("tier", "a", tiers=("high",)),
        PlanSpec("cause", "a", causes=("price",)), PlanSpec("other", "a", causes=("service",)),
    ]  # fmt: skip
    ranked = plans_ranked(plans, tier="high", level="high", cause="price")
    assert [plan.code for plan in ranked] == ["cause", "tier", "level", "any"]


def test_an_own_plan_comes_before_a_shipped_one_that_fits_as_well() -> None:
    plans = [PlanSpec("a", "a", shipped=True), PlanSpec("b", "b")]
    assert [plan.code for plan in plans_ranked(plans, tier="low", level="early", cause=None)] == ["b", "a"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tier", TIERS)
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("cause", [*Cause, None])
def test_PLY_01_something_shipped_fits_every_tier_level_and_cause(language: str, tier: str, level: str, cause: str | None) -> None:
    ranked = plans_ranked(plans_shipped(language).values(), tier=tier, level=level, cause=cause)
    assert ranked, (tier, level, cause)
    assert all(plan.shipped and plan.steps for plan in ranked)


def test_PLY_06_a_complaint_is_answered_within_48_hours() -> None:
    complaint = plans_shipped("zh-CN")["complaint-48h"]
    assert max(step.hours for step in complaint.steps if step.hours is not None) == 48
    assert plans_ranked(plans_shipped("zh-CN").values(), tier="mid", level="high", cause="complaint")[0] is complaint


def test_PLY_08_the_30_day_plan_names_a_manager_makes_the_first_visit_and_signs_within_30_days() -> None:
    plan = plans_shipped("zh-CN")["thirty-days"]
    said = "".join(step.text for step in plan.steps)
    assert all(word in said for word in ("专属客户经理", "首次拜访", "签署"))
    last = due_of(plan.steps[-1], start=MONDAY, zone=SHANGHAI)
    assert last is not None
    assert last <= MONDAY + timedelta(days=30)


@pytest.mark.parametrize("language", LANGUAGES)
def test_shipped_plans_name_packs_that_are_shipped_and_scripts_use_known_variables(language: str) -> None:
    packs = packs_shipped(language)
    assert {code for plan in plans_shipped(language).values() for code in plan.packs} <= packs.keys()
    assert [name for pack in packs.values() for script in pack.scripts for name in unknown_variables(script.text)] == []


def test_both_languages_ship_the_same_plans_with_as_many_steps() -> None:
    chinese, english = plans_shipped("zh-CN"), plans_shipped("en")
    assert {code: len(plan.steps) for code, plan in chinese.items()} == {code: len(plan.steps) for code, plan in english.items()}


def test_a_template_reads_back_as_it_was_written() -> None:
    for code, plan in plans_shipped("zh-CN").items():
        assert plan_from_plain(plan.to_plain(), code=code, shipped=True) == plan


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"tiers": ["gold"]}, "tiers"),
        ({"levels": "high"}, "levels"),
        ({"causes": ["weather"]}, "causes"),
        ({"steps": []}, "steps"),
        ({"steps": "x"}, "steps"),
        ({"steps": ["x"]}, "steps.0"),
        ({"steps": [{"text": ""}]}, "steps.0.text"),
        ({"steps": [{"text": "x", "days": -1}]}, "steps.0.days"),
        ({"steps": [{"text": "x", "days": True}]}, "steps.0.days"),
        ({"steps": [{"text": "x", "days": 1, "hours": 2}]}, "steps.0.hours"),
        ({"steps": [{"text": "x", "who": "boss"}]}, "steps.0.who"),
        ({"steps": [{"text": "x", "amount": "much"}]}, "steps.0.amount"),
    ],
)
def test_a_template_that_says_something_impossible_names_the_field(change: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        plan_from_plain({"name": "x", "steps": [{"text": "x"}]} | change, code="own")
    assert [fault["field"] for fault in caught.value.params["faults"]] == [field]


def test_all_faults_of_a_template_are_told_at_once() -> None:
    with pytest.raises(Invalid) as caught:
        plan_from_plain({"name": "", "tiers": ["x"], "steps": [{"text": ""}, {"text": "y", "days": 999}]}, code="own")
    assert len(caught.value.params["faults"]) == 4


def test_PLY_11_variables_are_filled_and_an_unknown_one_stays_to_be_seen() -> None:
    assert filled("{{客户名}}您好，{{ 原因 }}{{天气}}", {"客户名": "华东灯具", "原因": "下单减少"}) == "华东灯具您好，下单减少{{天气}}"
    assert filled("{{联系人}}您好", {}) == "您好"


@given(st.text(), st.dictionaries(st.sampled_from(VARIABLES), st.text(), max_size=4))
def test_a_text_without_variables_is_left_as_it_is(text: str, values: dict[str, str]) -> None:
    plain = text.replace("{", "").replace("}", "")
    assert filled(plain, values) == plain


def test_packs_of_the_plans_come_first_in_their_order_then_the_more_exact_ones() -> None:
    packs = list(packs_shipped("zh-CN").values())
    found = [pack.code for pack in packs_fitting(packs, codes=["visit", "care", "visit", "gone"], level="medium", cause="price")]
    assert found == ["visit", "care", "offer"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"causes": ["x"]}, "causes"),
        ({"levels": ["normal"]}, "levels"),
        ({"scripts": "x"}, "scripts"),
        ({"scripts": [{"title": "", "text": "x"}]}, "scripts.0.title"),
        ({"scripts": [{"title": "x", "text": ""}]}, "scripts.0.text"),
        ({"scripts": [{"title": "x", "text": "{{天气}}"}]}, "scripts.0.text"),
    ],
)
def test_a_pack_that_says_something_impossible_names_the_field(change: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        pack_from_plain({"name": "x"} | change, code="own")
    assert [fault["field"] for fault in caught.value.params["faults"]] == [field]
