"""DAT-13, RUL: what followed what, and a surge before a plunge, against plain Python and at their edges."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liuke.base.errors import Invalid
from liuke.features.domain.metric import Declared, Follow, Swing, named_once
from liuke.features.domain.moment import Moment
from liuke.features.service import Source, features_compute
from tests.features.plainly_patterns import follow, swing
from tests.features.stream import AS_OF, Did, runner, stream

QUOTE, ORDER, LOGIN = ("quote.requested",), ("order.placed",), ("login",)
NO_ORDER = Follow("no_order", QUOTE, ORDER, within_days=14, happens=False, last_days=60)
ORDERED = Follow("ordered", QUOTE, ORDER, within_days=14, happens=True, last_days=60)
AGAIN = Follow("again", ORDER, ORDER, within_days=7, happens=True, last_days=30)
EITHER = Follow("either", ("quote.requested", "login"), ("order.placed", "login"), within_days=3, happens=False, last_days=40)
FOLLOWS = [NO_ORDER, ORDERED, AGAIN, EITHER]
SWINGS = [Swing("swing", LOGIN, weeks=8), Swing("gentle", LOGIN, weeks=4, rise=0.2, drop=0.3), Swing("broad", but=QUOTE, weeks=13)]

dids = st.lists(
    st.builds(
        Did,
        customer=st.integers(1, 3),
        ago=st.integers(-4, 70 * 2).map(lambda half: half / 2),
        kind=st.sampled_from(["quote.requested", "order.placed", "login"]),
        known=st.none() | st.integers(-3, 40).map(float),
    ),
    max_size=40,
)


def computed(did: list[Did], metrics: list[Declared], **arguments: object) -> list[dict[str, object]]:
    """The metrics of a stream, a row per customer."""
    return features_compute(source=Source(runner(stream(did))), metrics=metrics, moment=Moment(AS_OF, "UTC"), **arguments).to_pylist()


def flags(did: list[Did], *metrics: Declared) -> list[object]:
    """The values of customer 1."""
    [row] = [row for row in computed(did, list(metrics)) if row["customer_id"] == 1]
    return [row[metric.name] for metric in metrics]


@settings(max_examples=60, deadline=None)
@given(dids)
def test_follow_equals_a_walk_through_each_customers_history(did: list[Did]) -> None:
    for row in computed(did, [*FOLLOWS]):
        for asked in FOLLOWS:
            assert row[asked.name] == follow(did, asked, int(str(row["customer_id"]))), asked


@settings(max_examples=40, deadline=None)
@given(dids)
def test_swing_equals_a_walk_through_each_customers_weeks(did: list[Did]) -> None:
    for row in computed(did, [*SWINGS]):
        for asked in SWINGS:
            assert row[asked.name] == swing(did, asked, int(str(row["customer_id"]))), asked


@settings(max_examples=15, deadline=None)
@given(dids)
def test_a_slice_has_the_flags_of_a_run_over_all(did: list[Did]) -> None:
    both: list[Declared] = [*FOLLOWS, *SWINGS]
    everybody = computed(did, both)
    assert computed(did, both, customers=[2]) == [row for row in everybody if row["customer_id"] == 2]


@settings(max_examples=15, deadline=None)
@given(dids)
def test_what_is_not_known_yet_leaves_every_flag_as_it_was(did: list[Did]) -> None:
    both: list[Declared] = [*FOLLOWS, *SWINGS]
    later = [Did(1, -1, "order.placed"), Did(2, 5, "order.placed", known=-1), Did(3, 10, "login", known=-2)]
    known = {one.customer for one in did}
    assert [row for row in computed([*did, *later], both) if row["customer_id"] in known] == [
        row for row in computed(did, both) if row["customer_id"] in known
    ]


def test_a_quote_without_an_order_in_time_is_seen_and_one_that_still_waits_is_undecided() -> None:
    waiting, over = Did(1, 13.9, "quote.requested"), Did(1, 14.1, "quote.requested")
    assert flags([waiting], NO_ORDER, ORDERED) == [None, None]
    assert flags([over], NO_ORDER, ORDERED) == [1.0, 0.0]
    assert flags([over, Did(1, 2, "order.placed")], NO_ORDER, ORDERED) == [0.0, 1.0]


@pytest.mark.parametrize(("after", "came"), [(14.0, 1.0), (14.001, 0.0), (0.0, 0.0)])
def test_the_last_moment_still_counts_and_the_same_moment_does_not_follow(after: float, came: float) -> None:
    assert flags([Did(1, 30, "quote.requested"), Did(1, 30 - after, "order.placed")], ORDERED) == [came]


def test_the_newest_decided_one_tells() -> None:
    missed, followed = Did(1, 50, "quote.requested"), Did(1, 30, "quote.requested")
    order, waits = Did(1, 28, "order.placed"), Did(1, 1, "quote.requested")
    assert flags([missed, followed, order, waits], NO_ORDER) == [0.0]
    assert flags([missed, waits], NO_ORDER) == [1.0]


def test_somebody_who_never_asked_is_told_apart_from_a_workspace_without_any_quotes() -> None:
    assert flags([Did(1, 3, "login"), Did(2, 200, "quote.requested")], NO_ORDER, ORDERED) == [0.0, 0.0]
    assert flags([Did(1, 3, "login")], NO_ORDER, ORDERED) == [None, None]


def weeks(*counts: int) -> list[Did]:
    """Log-ins per week, oldest first."""
    return [Did(1, 7 * (len(counts) - 1 - week) + (at + 1) / 50, "login") for week, count in enumerate(counts) for at in range(count)]


@pytest.mark.parametrize(
    ("counts", "flag"),
    [
        ((4, 4, 4, 8, 1, 1, 1, 1), 1.0),
        ((4, 4, 4, 8, 4, 4, 4, 4), 0.0),
        ((4, 4, 4, 4, 1, 1, 1, 1), 0.0),
        ((4, 4, 4, 6, 2, 2, 2, 2), 1.0),
        ((4, 4, 4, 5, 2, 2, 2, 2), 0.0),
        ((4, 4, 4, 4, 4, 4, 4, 9), 0.0),
        ((0, 0, 0, 0, 0, 0, 0, 5), None),
    ],
)
def test_sig_07_a_surge_and_a_plunge_below_the_usual_make_a_swing(counts: tuple[int, ...], flag: float | None) -> None:
    assert flags(weeks(*counts), SWINGS[0]) == [flag]


def test_impossible_patterns_are_named_with_what_is_allowed() -> None:
    with pytest.raises(Invalid) as caught:
        named_once([Follow("f", (), ORDER), Follow("g", QUOTE, (), within_days=50, last_days=20), Swing("s", weeks=3)])
    told = " ".join(str(fault) for fault in caught.value.params["faults"])
    for part in ("f: first names no kind", "g: then names no kind", "g: 1 <= within_days <= last_days", "s: weeks must be 4-104"):
        assert part in told
