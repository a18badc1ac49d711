"""Reading plain data: values where they are right, every fault where they are not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from liuke.base.plain import Part, digits

RIGHT = {"n": 2.5, "k": 3, "on": True, "name": " 金卡 ", "day": "2026-11-22", "in": {"n": 1}, "list": [{"k": 1}, {"k": 9}]}


def test_right_values_are_read_and_absent_ones_take_their_default() -> None:
    part = Part(RIGHT)
    assert (part.number("n", (0, 3), 0), part.whole("k", (0, 3), 0), part.flag("on", default=False)) == (2.5, 3, True)
    assert (part.text("name", most=4), part.day("day"), part.part("in").number("n", (0, 1), 0)) == ("金卡", date(2026, 11, 22), 1.0)
    assert [each.whole("k", (0, 9), 0) for each in part.parts("list", 2)] == [1, 9]
    assert (part.number("x", (0, 3), 1.5), part.whole("x", (0, 3), 2), part.flag("x", default=True), part.day("x")) == (1.5, 2, True, None)
    assert (list(part.parts("x", 3)), part.part("x").data, part.text("x", most=3)) == ([], {}, "")
    assert part.faults == []


def test_every_fault_is_remembered_with_its_place() -> None:
    part = Part({"n": 9, "k": 1.5, "on": 1, "name": "", "day": "22.11.", "in": [], "list": [{"k": "x"}], "long": [{}, {}], "odd": 1})
    part.only(["n", "k", "on", "name", "day", "in", "list", "long"])
    part.number("n", (0, 3), 0)
    part.whole("k", (0, 3), 0)
    part.flag("on", default=False)
    part.text("name", least=1, most=4)
    part.day("day")
    part.part("in").number("n", (0, 1), 0)
    for each in (*part.parts("list", 2), *part.parts("long", 1)):
        each.whole("k", (0, 9), 0)
    assert [fault["field"] for fault in part.faults] == ["odd", "n", "k", "on", "name", "day", "in", "long", "list.0.k"]
    assert part.faults[1] == {"field": "n", "got": 9, "allowed": "0–3"}


def test_numbers_are_told_in_digits() -> None:
    assert [digits(value) for value in (1e9, 1e12, 1_234_567.5, 0.01, 10, 0.1 + 0.2, -0.0, -2.5)] == [
        "1000000000", "1000000000000", "1234567.5", "0.01", "10", "0.3", "0", "-2.5",
    ]  # fmt: skip
    part = Part({"value": -1})
    part.number("value", (0.01, 1e9), 1)
    assert part.faults == [{"field": "value", "got": -1, "allowed": "0.01–1000000000"}]


def test_a_truth_value_is_no_number() -> None:
    part = Part({"n": True})
    assert (part.number("n", (0, 3), 2.0), part.whole("n", (0, 3), 2)) == (2.0, 2)
    assert len(part.faults) == 2


def test_choices_and_lists_are_of_what_there_is() -> None:
    part = Part({"kind": "b", "kinds": ["b", "a", "b"], "free": ["x"], "odd": "c", "odds": ["a", "c"], "text": "a"})
    assert (part.choice("kind", "ab", "a"), part.choice("absent", "ab", "a")) == ("b", "a")
    assert (part.words("kinds", "ab"), part.words("free"), part.words("absent", "ab")) == (("b", "a"), ("x",), ())
    assert part.faults == []
    assert (part.choice("odd", "ab", "a"), part.words("odds", "ab"), part.words("text")) == ("a", (), ())
    assert [(fault["field"], fault["allowed"]) for fault in part.faults] == [("odd", "a | b"), ("odds", "a | b"), ("text", "[…]")]
    assert part.choice("odd", "ab", "", ", ") == ""
    assert part.faults[-1] == {"field": "odd", "got": "c", "allowed": "a, b"}


@pytest.mark.parametrize(("given", "read"), [("5", "5"), (4.5, "4.5"), ("0.12345", "0.1234"), (0, "0"), (None, None)])
def test_money_is_read_to_four_decimals(given: object, read: str | None) -> None:
    part = Part({"m": given})
    assert part.amount("m", 10, Decimal(1)) == (None if read is None else Decimal(read))
    assert part.faults == []
    assert part.amount("absent", 10, Decimal(1)) == Decimal(1)


@pytest.mark.parametrize("given", [True, "much", -1, 10.01, "NaN", "Infinity", [1]])
def test_what_is_no_money_is_a_fault(given: object) -> None:
    part = Part({"m": given})
    assert part.amount("m", 10) is None
    assert part.faults == [{"field": "m", "got": given, "allowed": "0–10"}]
