"""ALT-11: whoever something telling came from goes first, nobody waits for ever, and a micro-batch ends with its last customer."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from liuke.connect.service.live import Settled
from liuke.pipeline.live_turns import MicroBatch, Turn, Turns

CUSTOMERS = st.sets(st.integers(1, 30), max_size=20)
BATCHES = st.lists(st.tuples(CUSTOMERS, CUSTOMERS, st.integers(0, 3)), min_size=1, max_size=8)
"""Whom a micro-batch touches, of whom something telling came (among others), and how many rounds pass before it comes."""


def _batch(number: int, customers: set[int]) -> MicroBatch:
    return MicroBatch({number: Settled()}, len(customers), set(customers))


def _portions(turns: Turns) -> list[list[int]]:
    """One turn of each queue, begun one after the other and over."""
    found = []
    for begin in (turns.telling_turn, turns.routine_turn):
        if turn := begin():
            found.append(list(turn.customers))
            turns.done(turn)
    return found


@given(BATCHES, st.integers(1, 7), st.lists(st.booleans(), min_size=400, max_size=400))
def test_every_customer_is_scored_after_its_rows_and_every_micro_batch_ends_once(
    batches: list[tuple[set[int], set[int], int]], most: int, ends: list[bool]
) -> None:
    """`ends`: whether the turn that runs beside the others is over when it is looked at."""
    turns, owed, done = Turns(most, most), dict[int, set[int]](), list[int]()
    beside: tuple[Turn, dict[int, set[int]]] | None = None
    arrivals = [None if wait else (number, batch) for number, batch in enumerate(batches) for wait in (*[True] * batch[2], False)]

    def over(turn: Turn, there: dict[int, set[int]]) -> None:
        for number, customers in there.items():
            owed[number] -= customers & set(turn.customers)
        done.extend(number for batch in turns.done(turn) for number in batch.told)

    for arrival, is_over in zip([*arrivals, *[None] * (400 - len(arrivals))], ends, strict=True):
        if arrival is not None:
            number, (customers, telling, _) = arrival
            owed[number] = set(customers)
            turns.add(_batch(number, customers), telling)
        done.extend(number for batch in turns.empty() for number in batch.told)
        there = {number: set(customers) for number, customers in owed.items()}
        if turn := turns.telling_turn():
            assert beside is None or not set(turn.customers) & set(beside[0].customers), "in two turns at once"
            over(turn, there)
        if beside is None and (routine := turns.routine_turn()):
            assert len(set(routine.customers)) == len(routine.customers) <= most
            beside = routine, {number: set(customers) for number, customers in owed.items()}
        if beside is not None and (is_over or arrival is None):
            over(*beside)
            beside = None
        assert {number for number, customers in owed.items() if not customers} == set(done)
        assert sorted(turns.taken()) == sorted(set(owed) - set(done))
    assert sorted(done) == list(range(len(batches))), "somebody waits for ever, or a micro-batch ends twice"
    assert (turns.first, turns.rest, turns.rows, turns.busy) == ({}, {}, 0, set())


def test_who_becomes_telling_while_waiting_moves_to_the_front_and_is_scored_once() -> None:
    turns = Turns(1, 1)
    turns.add(_batch(1, {1, 2, 3}), ())
    turns.add(_batch(2, {3}), {3})
    assert _portions(turns) == [[3], [1]]
    assert turns.taken() == [1]
    assert _portions(turns) == [[2]]
    assert turns.taken() == []


def test_rows_that_come_during_a_turn_wait_for_another_one() -> None:
    turns = Turns(5, 5)
    turns.add(_batch(1, {1, 2}), ())
    running = turns.routine_turn()
    assert running is not None
    turns.add(_batch(2, {2}), {2})
    assert turns.telling_turn() is None, "the customer is being scored, by rows of before"
    assert [batch.told.keys() for batch in turns.done(running)] == [{1}]
    assert _portions(turns) == [[2]]
    assert turns.taken() == []


def test_those_in_front_do_not_keep_the_others_waiting() -> None:
    turns = Turns(2, 2)
    turns.add(_batch(1, {1, 2, 3, 4, 5, 6, 7}), {1, 2, 3, 4, 5, 6})
    assert _portions(turns) == [[1, 2], [7]]
    assert _portions(turns) == [[3, 4]]


def test_a_long_queue_is_worked_off_in_larger_portions() -> None:
    turns = Turns(2, 10)
    turns.add(_batch(1, set(range(30))), ())
    assert [len(portion) for _ in range(6) for portion in _portions(turns)] == [10, 10, 5, 2, 2, 1]
