"""ALT-11: whoever something telling came from goes first, nobody waits for ever, and a micro-batch ends with its last customer."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from liuke.connect.service.live import Settled
from liuke.pipeline.live_turns import MicroBatch, Turns

CUSTOMERS = st.sets(st.integers(1, 30), max_size=20)
BATCHES = st.lists(st.tuples(CUSTOMERS, CUSTOMERS, st.integers(0, 3)), min_size=1, max_size=8)
"""Whom a micro-batch touches, of whom something telling came (among others), and how many rounds pass before it comes."""


def _batch(number: int, customers: set[int]) -> MicroBatch:
    return MicroBatch({number: Settled()}, len(customers), set(customers))


@given(BATCHES, st.integers(1, 7))
def test_every_customer_is_scored_after_its_rows_and_every_micro_batch_ends_once(
    batches: list[tuple[set[int], set[int], int]], most: int
) -> None:
    turns, owed, done = Turns(most, most), dict[int, set[int]](), list[int]()
    arrivals = [None if wait else (number, batch) for number, batch in enumerate(batches) for wait in (*[True] * batch[2], False)]
    for arrival in [*arrivals, *[None] * 200]:
        if arrival is not None:
            number, (customers, telling, _) = arrival
            owed[number] = set(customers)
            turns.add(_batch(number, customers), telling)
        done += [number for batch in turns.scored(()) for number in batch.told]
        for portion in turns.round():
            assert len(set(portion)) == len(portion) <= most
            for customers in owed.values():
                customers.difference_update(portion)
            done += [number for batch in turns.scored(portion) for number in batch.told]
        assert {number for number, customers in owed.items() if not customers} == set(done)
        assert sorted(turns.taken()) == sorted(set(owed) - set(done))
    assert sorted(done) == list(range(len(batches))), "somebody waits for ever, or a micro-batch ends twice"
    assert (turns.first, turns.rest, turns.rows) == ({}, {}, 0)


def test_who_becomes_telling_while_waiting_moves_to_the_front_and_is_scored_once() -> None:
    turns = Turns(1, 1)
    turns.add(_batch(1, {1, 2, 3}), ())
    turns.add(_batch(2, {3}), {3})
    assert list(turns.round()) == [[3], [1]]
    assert [batch.told.keys() for batch in turns.scored([3, 1])] == [{2}]
    assert list(turns.round()) == [[2]]


def test_those_in_front_do_not_keep_the_others_waiting() -> None:
    turns = Turns(2, 2)
    turns.add(_batch(1, {1, 2, 3, 4, 5, 6, 7}), {1, 2, 3, 4, 5, 6})
    assert list(turns.round()) == [[1, 2], [7]]
    assert list(turns.round()) == [[3, 4]]


def test_a_long_queue_is_worked_off_in_larger_portions() -> None:
    turns = Turns(2, 10)
    turns.add(_batch(1, set(range(30))), ())
    assert [len(portion) for _ in range(6) for portion in turns.round()] == [10, 10, 5, 2, 2, 1]
