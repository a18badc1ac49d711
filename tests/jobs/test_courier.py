"""Threads that deliver what was claimed."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Event, Lock

from liuke.jobs.courier import AHEAD, Line
from liuke.jobs.domain.contract import Message, Topic


def message(number: int) -> Message:
    return Message(number, f"k{number}", "mail", {}, None, 1)


class Sending:
    """Runs messages, held up until `go` is set; notes how many ran beside each other."""

    def __init__(self, expected: int) -> None:
        self.go, self.done, self.lock = Event(), Event(), Lock()
        self.expected, self.beside, self.most = expected, 0, 0
        self.seen: list[int] = []

    def __call__(self, sent: Message, _topics: Mapping[str, Topic]) -> None:
        with self.lock:
            self.beside += 1
            self.most = max(self.most, self.beside)
        self.go.wait(5)
        with self.lock:
            self.beside -= 1
            self.seen.append(sent.id)
            if len(self.seen) == self.expected:
                self.done.set()
        if sent.id == 2:
            raise RuntimeError("the database is away")


def test_a_line_of_one_sends_one_after_the_other_in_order() -> None:
    run = Sending(5)
    line = Line(1, {}, Event(), run)
    run.go.set()
    line.take([message(number) for number in range(5)])
    assert run.done.wait(5)
    assert (run.seen, run.most) == ([0, 1, 2, 3, 4], 1)
    assert line.finish(2) == []
    assert line.ids() == []


def test_there_is_room_again_when_half_is_done() -> None:
    run, wake = Sending(AHEAD), Event()
    line = Line(1, {}, wake, run)
    assert line.room() == AHEAD
    line.take([message(number) for number in range(AHEAD)])
    assert line.room() == 0
    assert sorted(line.ids()) == list(range(AHEAD))
    run.go.set()
    assert wake.wait(5)
    assert line.room() > 0
    line.finish(2)


def test_what_was_not_begun_when_the_worker_stops_is_handed_back() -> None:
    run = Sending(3)
    line = Line(1, {}, Event(), run)
    line.take([message(number) for number in range(3)])
    line.stop.set()
    run.go.set()
    left = line.finish(3)
    assert [each.id for each in left] in ([1, 2], [0, 1, 2])
    assert len(run.seen) + len(left) == 3
