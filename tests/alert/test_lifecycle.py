"""The life of one alert, decided without a database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.alert.domain.lifecycle import Action, AlertState, Occasion, decide, hold_level
from liuke.alert.domain.silence import Mute, Past
from liuke.score.domain.levels import Bands, Level
from tests.alert.world import MONDAY, at, reason, scored


def on(days: int, zone: str = "UTC") -> Occasion:
    return Occasion(at(days), zone)


def live(scores: list[float], *, start: AlertState | None = None) -> list[tuple[Action, AlertState | None]]:
    """One review a day with these scores; a closed alert is remembered for the repeat interval."""
    state, past, told = start, None, []
    for day, score in enumerate(scores):
        decision = decide(state, past, scored(1, score), status="active", on=on(day))
        if decision.action is Action.CLOSE and state is not None:
            past, state = Past(state.level, at(day), decision.close_reason), None
        else:
            state = decision.state or state
        told.append((decision.action, state))
    return told


def actions(scores: list[float]) -> list[str]:
    return [action.value for action, _ in live(scores)]


def test_a_normal_score_raises_nothing() -> None:
    assert actions([10, 49.99]) == ["nothing", "nothing"]


def test_entering_a_level_raises_once_and_later_scores_update_in_place() -> None:
    assert actions([55, 57, 57]) == ["raise", "update", "nothing"]


def test_a_higher_level_escalates_and_a_lower_score_does_not_lower_at_once() -> None:
    assert actions([55, 75, 95, 72]) == ["raise", "escalate", "escalate", "update"]


def test_ALT_12_an_alert_closes_after_three_days_five_points_below_its_band() -> None:
    assert actions([55, 44, 44, 44, 44]) == ["raise", "update", "nothing", "nothing", "close"]


def test_ALT_12_one_day_back_within_the_margin_starts_the_three_days_again() -> None:
    assert actions([55, 44, 44, 46, 44, 44, 44, 44])[-1] == "close"
    assert "close" not in actions([55, 44, 44, 46, 44, 44, 44])


@pytest.mark.parametrize(
    ("series", "levels"),
    [
        ([55, 46, 52, 46, 51], ["early"] * 5),
        ([95, 86, 86, 86, 86], ["high"] * 5),
        ([95, 72, 72, 72, 72], ["high"] * 4 + ["medium"]),
        ([95, 46, 46, 46, 46], ["high"] * 4 + ["early"]),
    ],
)
def test_the_cases_of_the_documentation_hold(series: list[float], levels: list[str]) -> None:
    assert [state.level.value for _, state in live(series) if state is not None] == levels


def test_exactly_five_points_below_the_band_is_calm_and_a_hair_above_is_not() -> None:
    assert actions([55, 45, 45, 45, 45])[-1] == "close"
    assert "close" not in actions([55, *[45.01] * 10])


def test_a_calmed_high_alert_steps_down_to_the_level_that_still_holds() -> None:
    told = live([95, 72, 72, 72, 72])
    assert told[-1][0] is Action.LOWER
    assert told[-1][1] is not None
    assert told[-1][1].level is Level.MEDIUM


def test_a_customer_who_is_lost_is_not_alerted_and_an_open_alert_closes_as_lost() -> None:
    opened = decide(None, None, scored(1, 95), status="active", on=on(0)).state
    assert decide(None, None, scored(1, 95, lost=True), status="active", on=on(0)).action is Action.NOTHING
    assert decide(opened, None, scored(1, 95, lost=True), status="active", on=on(1)).close_reason == "lost"


@pytest.mark.parametrize("status", ["lost", "paused", "closed"])
def test_a_registered_outcome_keeps_a_customer_from_being_alerted(status: str) -> None:
    opened = decide(None, None, scored(1, 95), status="active", on=on(0)).state
    assert decide(None, None, scored(1, 95), status=status, on=on(0)).action is Action.NOTHING
    assert decide(opened, None, scored(1, 95), status=status, on=on(1)).close_reason == "outcome"


def test_within_the_repeat_interval_only_a_higher_level_raises_again() -> None:
    handled = Past(Level.MEDIUM, at(0), "handled")
    assert decide(None, handled, scored(1, 85), status="active", on=on(6)).action is Action.NOTHING
    assert decide(None, handled, scored(1, 95), status="active", on=on(1)).action is Action.RAISE
    assert decide(None, handled, scored(1, 85), status="active", on=on(7)).action is Action.RAISE


def test_a_lost_customer_who_came_back_is_news_at_once() -> None:
    assert decide(None, Past(Level.HIGH, at(0), "lost"), scored(1, 60), status="active", on=on(1)).action is Action.RAISE


def known(points: float = 18, score: float = 60) -> Past:
    mute = Mute("SIG-20", at(30), points, score, frozenset({"consumption"}))
    return Past(Level.EARLY, at(0), "known", (mute,))


def test_BEY_03_a_known_reason_is_silent_until_its_date() -> None:
    assert decide(None, known(), scored(1, 60), status="active", on=on(29)).action is Action.NOTHING
    assert decide(None, known(), scored(1, 60), status="active", on=on(30)).action is Action.RAISE


def test_BEY_03_a_known_reason_that_worsens_by_ten_points_speaks_again() -> None:
    almost = scored(1, 69, reasons=[reason(points=27.9)])
    worse = scored(1, 69, reasons=[reason(points=28)])
    assert decide(None, known(), almost, status="active", on=on(3)).action is Action.NOTHING
    assert decide(None, known(), worse, status="active", on=on(3)).action is Action.RAISE


def test_BEY_03_a_new_family_breaks_the_silence() -> None:
    new = scored(1, 62, reasons=[reason(), reason("SIG-60", 4, "payment")])
    assert decide(None, known(), new, status="active", on=on(3)).action is Action.RAISE


def test_a_reason_that_lowers_the_score_is_no_new_family() -> None:
    soothing = scored(1, 58, reasons=[reason(), reason("SIG-60", -4, "payment")])
    assert decide(None, known(), soothing, status="active", on=on(3)).action is Action.NOTHING


def test_a_snoozed_alert_wakes_at_its_moment_or_when_the_level_rises() -> None:
    opened = decide(None, None, scored(1, 75), status="active", on=on(0)).state
    assert opened is not None
    asleep = AlertState(opened.level, opened.score, opened.peak_score, opened.fingerprint, opened.level_since, None, at(5))
    still = decide(asleep, None, scored(1, 76), status="active", on=on(2)).state
    woken = decide(asleep, None, scored(1, 75), status="active", on=on(5)).state
    risen = decide(asleep, None, scored(1, 95), status="active", on=on(2)).state
    assert still is not None
    assert woken is not None
    assert risen is not None
    assert (still.snoozed_until, woken.snoozed_until, risen.snoozed_until) == (at(5), None, None)


def test_calm_days_are_local_days_even_when_the_clock_changes() -> None:
    zone, start = "Europe/London", MONDAY.replace(month=3, day=25, hour=0)
    calm = AlertState(Level.EARLY, 40, 55, scored(1, 40).fingerprint(), start, start)
    after_change = start + timedelta(days=3) - timedelta(hours=1)
    assert decide(calm, None, scored(1, 40), status="active", on=Occasion(after_change, zone)).action is Action.CLOSE


scores = st.lists(st.floats(0, 100), min_size=1, max_size=40)


@given(scores)
def test_deciding_twice_on_one_occasion_changes_nothing_the_second_time(series: list[float]) -> None:
    state: AlertState | None = None
    past: Past | None = None
    for day, score in enumerate(series):
        for again in (False, True):
            decision = decide(state, past, scored(1, score), status="active", on=on(day))
            if again:
                assert decision.action is Action.NOTHING
            elif decision.action is Action.CLOSE and state is not None:
                past, state = Past(state.level, at(day), decision.close_reason), None
            else:
                state = decision.state or state


@given(st.sampled_from([Level.EARLY, Level.MEDIUM, Level.HIGH]), st.lists(st.floats(-4.99, 100), min_size=1, max_size=30))
def test_ALT_12_hysteresis_never_flaps_within_the_margin(level: Level, offsets: list[float]) -> None:
    cut = {Level.EARLY: 50.0, Level.MEDIUM: 70.0, Level.HIGH: 90.0}[level]
    top = {Level.EARLY: 69.9, Level.MEDIUM: 90.0, Level.HIGH: 100.0}[level]
    series = [min(cut + offset, top) for offset in offsets]
    start = AlertState(level, top, top, "", MONDAY)
    for action, state in live(series, start=start):
        assert action in {Action.NOTHING, Action.UPDATE}
        assert state is not None
        assert state.level is level


@given(scores)
def test_an_open_alert_is_never_below_the_level_of_its_score(series: list[float]) -> None:
    for (_, state), score in zip(live(series), series, strict=True):
        if state is not None:
            assert state.level.rank >= Bands().level_of(score).rank


@given(st.floats(0, 100), st.floats(1, 50))
def test_the_level_that_holds_is_at_least_the_level_of_the_score(score: float, margin: float) -> None:
    assert hold_level(score, Bands(), margin).rank >= Bands().level_of(score).rank
