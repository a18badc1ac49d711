"""What a rule does when it matches: read, checked, named among the reasons (RUL-01)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.base.errors import Invalid
from liuke.signals.domain.effects import (
    LEVELS,
    MOST_POINTS,
    TICKET_TOPICS,
    Effects,
    effects_from_plain,
    rule_of_signal,
    rule_reason,
    rule_signal,
)

EFFECTS = st.builds(
    Effects,
    level=st.sampled_from(LEVELS),
    work_item=st.booleans(),
    title=st.text(max_size=40).map(str.strip),
    notify=st.booleans(),
    points=st.integers(-MOST_POINTS, MOST_POINTS),
    ticket=st.sampled_from(("", *TICKET_TOPICS)),
    ticket_team=st.none(),
)


@given(EFFECTS)
def test_effects_come_back_as_they_were_kept(effects: Effects) -> None:
    assert effects_from_plain(effects.to_plain(), before_score=True) == effects


def test_what_is_not_said_is_off() -> None:
    assert effects_from_plain({}, before_score=False) == Effects("none", False, "", False, 0, "", None)


@pytest.mark.parametrize(
    "ticket", [{"ticket": "party"}, {"ticket": 3}, {"ticket": None}, {"ticket_team": 4}, {"ticket": "parts", "ticket_team": True}]
)
def test_a_ticket_is_about_a_known_topic_and_a_team_goes_with_one(ticket: dict[str, object]) -> None:
    with pytest.raises(Invalid) as fault:
        effects_from_plain(ticket, before_score=True)
    assert [entry["at"].removeprefix("effects.") in ticket for entry in fault.value.params["faults"]] == [True]


def test_a_ticket_may_name_its_team() -> None:
    found = effects_from_plain({"ticket": "parts", "ticket_team": 4}, before_score=True)
    assert (found.ticket, found.ticket_team) == ("parts", 4)


def test_all_faults_are_told_at_once_with_the_place_and_what_is_allowed() -> None:
    faulty = {"level": "urgent", "work_item": "yes", "title": "x" * 161, "notify": 1, "points": 31, "mail": True}
    with pytest.raises(Invalid) as fault:
        effects_from_plain(faulty, before_score=True)
    faults = {entry["at"]: entry["allowed"] for entry in fault.value.params["faults"]}
    assert set(faults) == {f"effects.{name}" for name in faulty}
    assert faults["effects.level"] == "none, early, medium, high"
    assert faults["effects.points"] == "-30–30"


@pytest.mark.parametrize("points", [1, -5])
def test_a_rule_that_asks_about_the_score_cannot_change_it(points: int) -> None:
    with pytest.raises(Invalid) as fault:
        effects_from_plain({"points": points}, before_score=False)
    assert [entry["key"] for entry in fault.value.params["faults"]] == ["rules.faults.effect_points_after"]
    assert effects_from_plain({"points": points}, before_score=True).points == points


@pytest.mark.parametrize("points", [True, 1.5, "3", None])
def test_points_are_whole_numbers(points: object) -> None:
    with pytest.raises(Invalid):
        effects_from_plain({"points": points}, before_score=True)


def test_a_rule_is_named_among_the_reasons_and_found_again() -> None:
    assert rule_of_signal(rule_signal(7)) == 7
    assert rule_of_signal("SIG-20") is None
    assert rule_of_signal("rule:x") is None
    assert rule_reason(7, "沉默")["signal"] == "rule:7"
    assert rule_reason(7, "沉默")["points"] == 0
