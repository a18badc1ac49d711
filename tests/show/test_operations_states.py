"""Which figures are well, want a look, or do not work: the limits, at their edges."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.base.words import LANGUAGES, catalogue
from liuke.show.domain import operations as judge
from liuke.show.domain.operations import BACKUP_LATE, SILENT, Condition, Live, Outbox, Process, Queue, State, worst

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
MOMENT = timedelta(milliseconds=1)


def process(silent: timedelta = timedelta(0), kind: str = "worker", busy: int = 0) -> Process:
    return Process(f"{kind} {silent}", kind, NOW - timedelta(hours=2), NOW - silent, busy=busy)


def test_a_process_is_alive_up_to_the_limit() -> None:
    assert process(SILENT).alive(NOW)
    assert not process(SILENT + MOMENT).alive(NOW)


@pytest.mark.parametrize(
    ("silences", "state", "case"),
    [
        ([], State.FAIL, "none"),
        ([timedelta(0)], State.OK, "alive"),
        ([timedelta(0), timedelta(minutes=5)], State.WARN, "some"),
        ([timedelta(minutes=5), timedelta(minutes=9)], State.FAIL, "silent"),
    ],
)
def test_processes_of_a_kind_are_judged_together(silences: list[timedelta], state: State, case: str) -> None:
    found = judge.processes_of("worker", [process(silent) for silent in silences] + [process(kind="web")], NOW)
    assert (found.part, found.state, found.case) == ("worker", state, case)


def test_silence_is_that_of_the_last_to_speak() -> None:
    found = judge.processes_of("worker", [process(timedelta(minutes=5)), process(timedelta(minutes=9))], NOW)
    assert found.params == {"seconds": 300}


def test_streams_of_living_web_processes_add_up() -> None:
    found = judge.stream([process(kind="web", busy=3), process(kind="web", busy=4), process(timedelta(minutes=5), "web", 99)], NOW)
    assert (found.state, found.params) == (State.OK, {"count": 7})
    assert judge.stream([process()], NOW).state is State.FAIL


@pytest.mark.parametrize(
    ("free", "data", "state"),
    [
        (100e9, 1e9, State.OK),
        (10e9, 1e9, State.OK),
        (9.9e9, 1e9, State.WARN),
        (50e9, 101e9, State.WARN),
        (2e9, 1e9, State.WARN),
        (1.9e9, 0, State.FAIL),
    ],
)
def test_a_disk_is_low_below_ten_gigabytes_or_half_the_data_and_full_below_two(free: float, data: float, state: State) -> None:
    assert judge.disk(int(free), int(data)).state is state


@pytest.mark.parametrize(
    ("age", "since", "wanted", "state", "case"),
    [
        (timedelta(hours=3), None, True, State.OK, "made"),
        (BACKUP_LATE, None, True, State.OK, "made"),
        (BACKUP_LATE + MOMENT, None, True, State.WARN, "old"),
        (BACKUP_LATE * 9, None, False, State.OK, "made"),
        (None, timedelta(hours=2), True, State.OFF, "not_yet"),
        (None, timedelta(days=9), True, State.WARN, "never"),
        (None, timedelta(days=9), False, State.OFF, "elsewhere"),
    ],
)
def test_a_backup_may_be_a_day_and_a_half_old(
    age: timedelta | None, since: timedelta | None, wanted: bool, state: State, case: str
) -> None:
    found = judge.backup(NOW - age if age else None, NOW, since=NOW - since if since else None, wanted=wanted)
    assert (found.state, found.case) == (state, case)


@pytest.mark.parametrize(
    ("live", "state", "case"),
    [
        (Live(), State.OK, "quiet"),
        (Live(lag_p95=0.8), State.OK, "flowing"),
        (Live(batches=1, rows=50, oldest=10.0, lag_p95=0.8), State.OK, "flowing"),
        (Live(batches=1, rows=50, oldest=10.1), State.WARN, "late"),
        (Live(batches=1, rows=50, oldest=120.1), State.FAIL, "stuck"),
    ],
)
def test_accepted_rows_may_wait_for_ten_seconds(live: Live, state: State, case: str) -> None:
    found = judge.live(live, used=True)
    assert (found.state, found.case) == (state, case)


def test_a_live_path_that_nobody_uses_is_not_judged() -> None:
    assert judge.live(Live(oldest=1e6), used=False).state is State.OFF


@pytest.mark.parametrize(("oldest", "state"), [(0, State.OK), (300, State.OK), (301, State.WARN), (3_600, State.WARN), (3_601, State.FAIL)])
def test_due_work_may_wait_for_five_minutes(oldest: float, state: State) -> None:
    assert judge.queue([Queue("score", 2, 1, oldest), Queue("tick", 1, 0, 0)]).state is state
    assert judge.outbox([Outbox("channel.email", 2, oldest, 0, 0)]).state is state


def test_the_queue_tells_how_many_and_how_long() -> None:
    assert judge.queue([Queue("a", 2, 1, 400), Queue("b", 3, 0, 60)]).params == {"count": 5, "minutes": 6}
    assert judge.queue([]).case == "empty"


def test_lost_and_doubtful_messages_want_a_look() -> None:
    found = judge.outbox([Outbox("channel.sms", 0, 0, 1, 2)])
    assert (found.state, found.params["lost"]) == (State.WARN, 3)


def test_failed_jobs_and_bad_sources_want_a_look() -> None:
    assert [judge.jobs(count).state for count in (0, 1)] == [State.OK, State.WARN]
    assert judge.sources([]).state is State.OFF
    assert judge.sources(["ok", "never"]).state is State.OK
    assert judge.sources(["ok", "stale", "failing"]).params == {"count": 2, "of": 3}


@given(st.lists(st.sampled_from(State)))
def test_the_whole_is_as_bad_as_its_worst_part(states: list[State]) -> None:
    whole = worst(states)
    assert whole in states or not states
    assert (whole is State.FAIL) == (State.FAIL in states)
    if State.FAIL not in states:
        assert (whole is State.WARN) == (State.WARN in states)


def every_condition() -> list[Condition]:
    """One of each case that there is."""
    beats = [[], [process()], [process(), process(timedelta(minutes=5))], [process(timedelta(minutes=5))]]
    kinds = [
        judge.processes_of(kind, [Process(one.name, kind, one.since, one.seen) for one in found], NOW)
        for kind in ("web", "worker", "warehouse")
        for found in beats
    ]
    ages = [
        (NOW, None, True),
        (NOW - BACKUP_LATE * 2, None, True),
        (None, None, True),
        (None, NOW - BACKUP_LATE * 2, True),
        (None, None, False),
    ]
    lives = [Live(), Live(lag_p95=1), Live(oldest=20), Live(oldest=200)]
    waits = [(0, 0, 0), (1, 10, 0), (1, 400, 0), (1, 4_000, 0), (0, 0, 1)]
    return [
        *kinds,
        *(judge.stream(found, NOW) for found in ([], [process(kind="web")])),
        *(judge.disk(free, 0) for free in (int(1e9), int(5e9), int(5e10))),
        *(judge.backup(last, NOW, since=since, wanted=wanted) for last, since, wanted in ages),
        *(judge.live(live, used=True) for live in lives),
        judge.live(Live(), used=False),
        *(judge.queue([Queue("k", count, 0, oldest)]) for count, oldest, _ in waits[:4]),
        *(judge.outbox([Outbox("t", count, oldest, lost, 0)]) for count, oldest, lost in waits),
        *(judge.jobs(count) for count in (0, 1)),
        *(judge.sources(states) for states in ([], ["ok"], ["stale"])),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_case_has_its_line_and_every_trouble_its_advice(language: str) -> None:
    """What to do about each trouble is said in both languages."""
    words = catalogue(language)
    for condition in every_condition():
        key = f"operations.{condition.part}.{condition.case}"
        assert key in words, key
        assert (f"{key}.todo" in words) is (condition.state in {State.WARN, State.FAIL}), key
        assert f"operations.{condition.part}" in words
