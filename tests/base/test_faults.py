"""Faults of a draft: each in one shape, all told at once."""

from __future__ import annotations

import pytest

from liuke.base.errors import Invalid
from liuke.base.faults import Faults, fault_of


def test_what_is_sound_leaves_no_fault_and_raises_nothing() -> None:
    faults = Faults()
    faults.unless(True, "note", 0, "≤ 200")
    faults.text("title", f" {'x' * 80} ", 80)
    faults.text("place", "  ", 80, least=0)
    faults.choice("medium", "sms", ("sms", "email"))
    faults.within("days", 1, 1, 30)
    faults.within("days", 30, 1, 30)
    faults.raise_if_any("ticket")
    assert faults == []


def test_every_fault_is_told_at_once_in_the_order_of_reading() -> None:
    faults = Faults([fault_of("agent_id", "x", "0–9")])
    faults.unless(False, "note", 201, "≤ 200")
    faults.text("title", "  ", 80)
    faults.text("text", "y" * 81, 80, least=0)
    faults.choice("medium", "fax", ("sms", "email"))
    faults.choice("topic", "", ("price", "service"), ", ")
    faults.within("days", 0, 1, 30)
    faults.within("hours", 2_000_000, -1, 1_000_000)
    with pytest.raises(Invalid) as raised:
        faults.raise_if_any("ticket")
    assert (raised.value.code, raised.value.params["faults"]) == ("ticket", faults)
    assert [tuple(fault.items()) for fault in faults] == [
        (("field", field), ("got", got), ("allowed", allowed))
        for field, got, allowed in [
            ("agent_id", "x", "0–9"),
            ("note", 201, "≤ 200"),
            ("title", "  ", "1–80"),
            ("text", "y" * 40, "0–80"),
            ("medium", "fax", "sms | email"),
            ("topic", "", "price, service"),
            ("days", 0, "1–30"),
            ("hours", 2_000_000, "-1–1000000"),
        ]
    ]
