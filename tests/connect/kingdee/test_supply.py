"""When an order line counts as delivered."""

from __future__ import annotations

import pytest

from liuke.connect.sources.kingdee.supply import Delivered


@pytest.mark.parametrize(
    ("sent", "ordered", "day"),
    [
        (Delivered(5, "2026-03-02T08:00:00"), 5, "2026-03-02"),
        (Delivered(6, "2026-03-02T08:00:00"), 5, "2026-03-02"),
        (Delivered(4, "2026-03-02T08:00:00"), 5, ""),
        (Delivered(0, "2026-03-02T08:00:00"), 0, ""),
        (Delivered(), 5, ""),
    ],
)
def test_a_line_is_delivered_on_the_day_on_which_all_of_it_had_left(sent: Delivered, ordered: float, day: str) -> None:
    assert sent.day_of(ordered) == day
