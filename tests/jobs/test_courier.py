"""Threads that deliver what was claimed."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Event, Lock

from liuke.jobs.courier import AHEAD, Line
from liuke.jobs.domain.contract import Message, Topic


def message(number: int, workspace: int | None = None) -> Message:
    return Message(number, f"k{number}", "mail", {}, workspace, 1)


class Sending:
    """Runs messages, held up until `go` is set; notes how many ran beside each other."""

    def __init__(self, expected: int) -> None:
        self.go, self.done, self.lock = Event(), Event(), Lock()
        self.expected, self.beside, self.most = expected, 0, 0
        self.seen: list[int] = []

    def __call__(self, sent: Message, _topics: Mapping[str, Topic]) -> float:
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
        return 0.0


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


class Full:
    """A vendor that asks the first message of workspace 1 to wait for so many seconds, and takes everything else."""

    def __init__(self, seconds: float, expected: int) -> None:
        self.seconds, self.expected, self.done = seconds, expected, Event()
        self.seen: list[int] = []
        self.back: list[tuple[int, float]] = []

    def __call__(self, sent: Message, _topics: Mapping[str, Topic]) -> float:
        self._note()
        self.seen.append(sent.id)
        self._note()
        return self.seconds if sent.id == 0 else 0.0

    def postpone(self, sent: Message, seconds: float) -> None:
        self.back.append((sent.id, seconds))
        self._note()

    def _note(self) -> None:
        if len(self.seen) + len(self.back) == self.expected:
            self.done.set()


def test_a_refused_message_keeps_those_behind_it_from_being_refused_too_and_lets_other_workspaces_pass() -> None:
    vendor = Full(600.0, 4)
    line = Line(1, {}, Event(), vendor, vendor.postpone)
    line.take([message(0, 1), message(1, 1), message(2, 2), message(3, 1)])
    assert vendor.done.wait(5)
    assert vendor.seen == [0, 2]
    assert [number for number, _ in vendor.back] == [1, 3]
    assert all(590 < seconds <= 600 for _, seconds in vendor.back)
    line.finish(2)
    assert line.ids() == []


def test_a_short_wait_is_waited_out_by_the_thread_itself() -> None:
    vendor = Full(0.05, 3)
    line = Line(1, {}, Event(), vendor, vendor.postpone)
    line.take([message(number, 1) for number in range(3)])
    assert vendor.done.wait(5)
    assert (vendor.seen, vendor.back) == ([0, 1, 2], [])
    line.finish(2)


def test_a_worker_that_stops_while_it_waits_hands_the_message_back_at_once() -> None:
    vendor = Full(0.9, 2)
    line = Line(1, {}, Event(), vendor, vendor.postpone)
    line.take([message(0, 1), message(1, 1)])
    left = [each.id for each in line.finish(3)]
    assert left == [1] or vendor.back == [(1, 0.0)]
    assert 1 not in vendor.seen


def test_messages_share_a_lane_by_topic_workspace_and_channel() -> None:
    lanes = {
        Message(n, "k", "sms", {"channel": channel}, space, 1).lane for n, (space, channel) in enumerate([(1, 7), (1, 7), (1, 8), (2, 7)])
    }
    assert len(lanes) == 3
