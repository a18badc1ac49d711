"""The attention budget, without a database."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from liuke.accounts.domain.calendar import Calendar, Period, PeriodKind
from liuke.alert.domain.budget import Candidate, Told, spend
from liuke.alert.domain.policy import DEFAULT_POLICY, AlertPolicy
from liuke.score.domain.levels import Level
from tests.alert.world import at


def candidate(number: int, loss: float, *, owner: int | None = 1, level: Level = Level.HIGH, opened: int = 0, risen: int | None = None,
              stock: bool = False, told: datetime | None = None, snoozed: bool = False) -> Candidate:  # fmt: skip
    """An alert opened on a day after the Monday."""
    since = at(opened if risen is None else risen)
    return Candidate(number, owner, level, loss, stock, at(opened), since, told, snoozed)


def told(candidates: list[Candidate], day: int = 0, *, pushed: dict[int, int] | None = None, released: dict[int, int] | None = None,
         policy: AlertPolicy = DEFAULT_POLICY) -> Told:  # fmt: skip
    return spend(candidates, pushed_today=pushed or {}, released_today=released or {}, as_of=at(day), zone="UTC", policy=policy)


def test_ALT_12_two_pushes_per_owner_go_to_the_largest_expected_losses() -> None:
    result = told([candidate(1, 10), candidate(2, 30), candidate(3, 20), candidate(4, 5, owner=2)])
    assert result.pushed == (2, 3, 4)
    assert result.digest == (1,)


def test_ALT_12_an_early_alert_is_only_in_the_digest() -> None:
    assert told([candidate(1, 1e9, level=Level.EARLY)]) == Told(digest=(1,))


def test_SCR_07_nobody_is_told_anything_on_a_holiday_and_its_news_come_on_the_next_working_day() -> None:
    monday = at(0).date()
    holiday = Calendar((Period(PeriodKind.HOLIDAY, "x", monday, monday + timedelta(days=1)),))
    alerts = [candidate(1, 10, opened=0)]
    days = [spend(alerts, pushed_today={}, released_today={}, as_of=at(day), zone="UTC", policy=DEFAULT_POLICY, calendar=holiday)
            for day in range(3)]  # fmt: skip
    assert days == [Told(), Told(), Told(pushed=(1,))]


def test_nobody_is_told_anything_at_the_weekend_and_monday_brings_it() -> None:
    alerts = [candidate(1, 10, opened=5), candidate(2, 20, opened=6)]
    assert told(alerts, 5) == Told()
    assert told(alerts, 7).pushed == (2, 1)


def test_ALT_12_the_stock_is_released_three_a_day_and_never_pushed() -> None:
    stock = [candidate(number, number, stock=True) for number in range(1, 8)]
    assert told(stock, 1) == Told(released=(7, 6, 5))
    assert told(stock[:4], 1, released={1: 3}) == Told()


def test_a_stock_alert_whose_level_rises_is_news() -> None:
    assert told([candidate(1, 5, stock=True, opened=0, risen=1)], 1).pushed == (1,)


def test_what_was_over_the_budget_of_its_day_is_released_later() -> None:
    assert told([candidate(1, 5, opened=0)], 1) == Told(released=(1,))


def test_an_alert_is_pushed_again_only_when_its_level_rose_since() -> None:
    assert told([candidate(1, 5, told=at(0))]).pushed == ()
    assert told([candidate(1, 5, opened=-1, risen=0, told=at(-1))]).pushed == (1,)


def test_snoozed_and_unowned_alerts_use_no_budget() -> None:
    assert told([candidate(1, 5, snoozed=True), candidate(2, 5, owner=None)]) == Told()


def test_a_budget_of_zero_pushes_nothing() -> None:
    assert told([candidate(1, 5)], policy=AlertPolicy(pushes_per_owner_and_day=0)) == Told(digest=(1,))


alerts = st.lists(
    st.builds(
        candidate,
        st.integers(1, 10**6),
        st.floats(0, 1e6),
        owner=st.sampled_from([1, 2, 3, None]),
        level=st.sampled_from([Level.EARLY, Level.MEDIUM, Level.HIGH]),
        opened=st.integers(-4, 0),
        stock=st.booleans(),
        snoozed=st.booleans(),
    ),
    max_size=40,
    unique_by=lambda item: item.alert_id,
)


@given(alerts, st.dictionaries(st.sampled_from([1, 2, 3]), st.integers(0, 4)))
def test_never_more_than_the_budget_per_owner_and_day(items: list[Candidate], spent: dict[int, int]) -> None:
    result = told(items, pushed=spent, released=spent)
    owners = {item.alert_id: item.owner_id for item in items}
    for ids, limit in ((result.pushed, 2), (result.released, 3)):
        for owner, count in Counter(owners[alert_id] for alert_id in ids).items():
            assert owner is not None
            assert count + spent.get(owner, 0) <= limit


@given(alerts)
def test_telling_twice_on_one_day_tells_nothing_new(items: list[Candidate]) -> None:
    first = told(items)
    owners = {item.alert_id: item.owner_id for item in items}
    heard = set(first.pushed) | set(first.released)
    again = [
        Candidate(item.alert_id, item.owner_id, item.level, item.expected_loss, item.is_stock, item.opened_at, item.level_since,
                  at(0) if item.alert_id in heard else item.told_at, item.snoozed)
        for item in items
    ]  # fmt: skip
    spent = {
        kind: {owner: count for owner, count in Counter(owners[i] for i in ids).items() if owner is not None}
        for kind, ids in (("pushed", first.pushed), ("released", first.released))
    }
    second = told(again, pushed=spent["pushed"], released=spent["released"])
    assert second.pushed == ()
    assert second.released == ()


@given(alerts)
def test_nobody_is_pushed_something_worth_less_than_what_waits(items: list[Candidate]) -> None:
    result = told(items)
    by_id = {item.alert_id: item for item in items}
    for waiting in (by_id[i] for i in result.digest if by_id[i].level.rank >= Level.MEDIUM.rank):
        pushed = [by_id[i].expected_loss for i in result.pushed if by_id[i].owner_id == waiting.owner_id]
        assert len(pushed) == 2
        assert min(pushed) >= waiting.expected_loss
