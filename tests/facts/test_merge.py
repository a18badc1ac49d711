"""Blank fields keep what is known, and counts do not depend on the cut into batches."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from liuke.facts.domain.merge import Counts, Fields, merge

KEYS = st.sampled_from(["a", "b"])
FIELDS = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["", "x", "y"]),
        "amount": st.sampled_from([None, 0, 1]),
        "tags": st.sampled_from([{}, {"t": ""}, {"t": 1}, {"u": 2}]),
    }
)
ROWS = st.lists(st.tuples(KEYS, FIELDS), max_size=12)


def after(known: dict[str, Fields], rows: list[tuple[str, Fields]]) -> tuple[dict[str, Fields], Counts]:
    merged = merge(known, rows)
    return {**known, **merged.created, **merged.changed}, merged.counts


@given(ROWS, st.integers(0, 12))
def test_a_cut_anywhere_gives_the_same_state_and_the_same_counts(rows: list[tuple[str, Fields]], cut: int) -> None:
    whole, counts = after({}, rows)
    first, one = after({}, rows[:cut])
    second, two = after(first, rows[cut:])
    assert (second, one + two) == (whole, counts)


@given(ROWS)
def test_every_row_is_counted_once_and_a_repetition_ends_where_it_began(rows: list[tuple[str, Fields]]) -> None:
    state, counts = after({}, rows)
    again, repeated = after(state, rows)
    assert counts.new + counts.changed + counts.same == len(rows)
    assert counts.new == len({key for key, _ in rows})
    assert (again, repeated.new) == (state, 0)


def test_blanks_keep_and_zero_does_not() -> None:
    known: dict[str, Fields] = {"a": {"name": "x", "amount": 5, "key": True, "tags": {"t": 1}, "list": ["n"]}}
    row = {"name": "", "amount": 0, "key": False, "tags": {"t": None, "u": 2}, "list": ["m", "n"]}
    assert after(known, [("a", row)])[0]["a"] == {"name": "x", "amount": 0, "key": True, "tags": {"t": 1, "u": 2}, "list": ["n", "m"]}


def test_an_older_state_says_nothing_new() -> None:
    new, old = datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
    merged = merge({"a": {"stage": "won", "at": new}}, [("a", {"stage": "quoted", "at": old})], newest_by="at")
    assert merged.counts == Counts(same=1)


def test_what_a_new_thing_must_have_is_filled_in() -> None:
    merged = merge({}, [("a", {"name": ""})], complete=lambda key, fields: {**fields, "name": fields["name"] or key})
    assert merged.created == {"a": {"name": "a"}}
