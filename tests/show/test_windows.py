"""Which stretch of the stream stands behind a metric or a sequence (BEY-07)."""

from __future__ import annotations

import pytest

from liuke.features.domain.metric import Aggregate, Declared, Follow, Metric, Ratio, Streak, Swing
from liuke.rules import syntax
from liuke.show.domain.windows import EVER, Behind, behind_demand, behind_metric

ORDERS = Metric("n", Aggregate.COUNT, ("order.placed",), days=30)
BEFORE = Metric("b", Aggregate.COUNT, ("order.placed", "quote.requested"), days=90, skip=30)


@pytest.mark.parametrize(
    ("declared", "behind"),
    [
        ((ORDERS,), Behind(("order.placed",), (), 30)),
        ((ORDERS, BEFORE, Ratio("r", "n", "b")), Behind(("order.placed", "quote.requested"), (), 120)),
        ((Metric("since", Aggregate.DAYS_SINCE, but=("message.out",)),), Behind((), ("message.out",), EVER)),
        ((Streak("s", ("login",), weeks=3, usual_weeks=8),), Behind(("login",), (), 77)),
        ((Follow("f", ("a",), ("b",), 5, False, 60),), Behind(("a", "b"), (), 60)),
        ((Swing("w", ("login",), weeks=13),), Behind(("login",), (), 91)),
    ],
)
def test_the_widest_window_over_all_parts_is_shown(declared: tuple[Declared, ...], behind: Behind) -> None:
    assert behind_metric(declared) == behind


def test_what_reads_no_activity_by_itself_has_nothing_behind_it() -> None:
    assert behind_metric((Ratio("r", "a", "b"),)) is None
    assert behind_metric(()) is None


def test_a_sequence_of_a_rule_shows_what_began_and_what_followed() -> None:
    assert behind_demand(syntax.Follow(("a",), ("b",), 5, False, 60)) == Behind(("a", "b"), (), 60)
    assert behind_demand(syntax.Swing(("login",), 13, 0.5, 0.5)) == Behind(("login",), (), 91)
