"""Things in order: how many of the newest in a row are of a sort, how fast one side answers the other."""

from __future__ import annotations

import pytest

from liuke.features.domain.metric import Aggregate, Declared, Metric, Reply, Run
from liuke.features.domain.moment import Moment
from liuke.features.service import Source, features_compute
from tests.features.stream import AS_OF, Did, runner, stream

PLACED, CANCELLED = "order.placed", "order.cancelled"


def value(did: list[Did], item: Declared) -> float | None:
    """The metric of customer 1, who is always known by a log-in."""
    source = Source(runner(stream([*did, Did(1, 400, "login", None)])))
    found = features_compute(source=source, metrics=[item], moment=Moment(AS_OF, "UTC"), customers=[1])
    return found[item.name].to_pylist()[0]


def order(ago: float, number: int, kind: str = PLACED, **attrs: object) -> Did:
    text = ",".join(f'"{name}":{said}' for name, said in {"order_id": f'"{number}"', **attrs}.items())
    return Did(1, ago, kind, attrs=f"{{{text}}}")


cancelled = Run("r", (PLACED, CANCELLED), hits=(CANCELLED,), by="order_id")
late = Run("r", (PLACED,), hits=("order.delayed",), over=(("late_days", 0.0), ("short_of_stock", 0.0)), by="order_id")


def test_the_newest_things_that_hit_are_counted_until_the_first_that_does_not() -> None:
    assert value([order(9, 1), order(5, 2, CANCELLED), order(3, 3, CANCELLED)], cancelled) == 2
    assert value([order(9, 1, CANCELLED), order(5, 2), order(3, 3, CANCELLED)], cancelled) == 1
    assert value([order(9, 1, CANCELLED), order(5, 2, CANCELLED), order(3, 3)], cancelled) == 0


def test_rows_of_one_order_are_one_thing_that_lies_where_it_began() -> None:
    did = [order(9, 1), order(8, 2), order(2, 2, CANCELLED), order(1, 1, CANCELLED)]
    assert value(did, cancelled) == 2
    assert value([*did, order(5, 3)], cancelled) == 0


def test_without_anything_to_count_the_run_is_null() -> None:
    assert value([], cancelled) is None
    assert value([order(3, 1, CANCELLED)], Run("r", (PLACED,), hits=(CANCELLED,), by="order_id")) is None


@pytest.mark.parametrize(
    ("said", "runs"),
    [({"late_days": 2}, 1), ({"late_days": 0}, 0), ({"short_of_stock": "true"}, 1), ({"short_of_stock": "false"}, 0), ({}, 0)],
)
def test_attributes_above_their_limit_hit(said: dict[str, object], runs: int) -> None:
    assert value([order(3, 1, **said)], late) == runs


def test_a_row_of_another_kind_makes_its_thing_hit_and_is_none_itself() -> None:
    assert (
        value([order(9, 1), order(5, 2), order(1, 1, "order.delayed"), order(1, 2, "order.delayed"), order(0.5, 7, "order.delayed")], late)
        == 2
    )


def test_what_undoes_a_hit_ends_the_run_also_without_a_name_of_its_thing() -> None:
    unopened = Run("r", ("campaign.sent", "campaign.opened"), unless=("campaign.opened",), by="campaign")
    sent = [Did(1, ago, "campaign.sent", None, attrs=f'{{"campaign":"{ago}"}}') for ago in (1, 2, 3, 4)]
    assert value(sent, unopened) == 4
    assert value([*sent, Did(1, 0.5, "campaign.opened", None, attrs='{"campaign":"3"}')], unopened) == 2
    assert value([*sent, Did(1, 1.5, "campaign.opened", None)], unopened) == 1


def test_things_from_before_the_days_do_not_count() -> None:
    recent = Run("r", (PLACED,), days=10)
    assert value([order(9, 1), order(10, 2), order(11, 3)], recent) == 2


@pytest.mark.parametrize(
    ("asked", "answered", "hours"), [([10], [9], 24), ([10, 9.5], [9], 12), ([10, 5], [9, 4.5], 18), ([9], [10], None)]
)
def test_an_answer_takes_the_time_from_the_newest_question_before_it(
    asked: list[float], answered: list[float], hours: float | None
) -> None:
    did = [*(Did(1, ago, "message.out", None) for ago in asked), *(Did(1, ago, "message.in", None) for ago in answered)]
    assert value(did, Reply("h", ("message.out",), ("message.in",))) == hours


def test_a_second_message_in_a_row_answers_nothing_and_windows_cut_by_the_answer() -> None:
    did = [Did(1, 20, "message.out", None), Did(1, 19, "message.in", None), Did(1, 3, "message.in", None)]
    assert value(did, Reply("h", ("message.out",), ("message.in",), days=10)) is None
    assert value(did, Reply("h", ("message.out",), ("message.in",), days=20, skip=10)) == 24


def test_the_smallest_value_of_a_window() -> None:
    did = [Did(1, 1, "usage.measured", 0.9), Did(1, 2, "usage.measured", 0.1), Did(1, 40, "usage.measured", 0.01)]
    assert value(did, Metric("m", Aggregate.MIN, ("usage.measured",), days=30)) == pytest.approx(0.1)
