"""The meter of a process: what is counted and timed, and its way through JSON."""

from __future__ import annotations

import json
from threading import Thread

from hypothesis import given
from hypothesis import strategies as st

from liuke.base.metering import MOST_SERIES, SECONDS, Meter, from_plain, plain
from liuke.base.vitals import SINCE, vitals

LABELS = st.dictionaries(st.sampled_from(["kind", "result"]), st.text(max_size=5), max_size=2)
COUNTS = st.lists(st.tuples(st.sampled_from(["a_total", "b_total"]), LABELS, st.floats(0, 1e6)), max_size=20)
TIMES = st.lists(st.tuples(LABELS, st.floats(0, 1e4)), max_size=20)


def test_counting_adds_by_name_and_labels() -> None:
    meter = Meter()
    meter.count("x_total", kind="a", result="ok")
    meter.count("x_total", 2, result="ok", kind="a")
    meter.count("x_total", kind="b", result="ok")
    assert meter.read().counters == {
        ("x_total", (("kind", "a"), ("result", "ok"))): 3.0,
        ("x_total", (("kind", "b"), ("result", "ok"))): 1.0,
    }


def test_a_duration_falls_into_the_first_bucket_that_holds_it() -> None:
    meter = Meter()
    for seconds in (0.005, 0.0051, 400.0):
        meter.time("x_seconds", seconds)
    (times,) = meter.read().times.values()
    assert times.buckets[:2] == [1, 1]
    assert times.buckets[-1] == 1
    assert (times.count, times.total) == (3, 0.005 + 0.0051 + 400.0)


def test_labels_that_grow_without_end_are_not_kept() -> None:
    meter = Meter()
    for number in range(MOST_SERIES + 50):
        meter.count("x_total", customer=str(number))
        meter.time("x_seconds", 1.0, customer=str(number))
    meter.count("x_total", customer="0")
    read = meter.read()
    assert (len(read.counters), len(read.times)) == (MOST_SERIES, MOST_SERIES)
    assert read.counters["x_total", (("customer", "0"),)] == 2.0


def test_threads_lose_no_count() -> None:
    meter = Meter()

    def work() -> None:
        for _ in range(500):
            meter.count("x_total")
            meter.time("x_seconds", 0.1)

    threads = [Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert meter.read().counters["x_total", ()] == 4_000
    assert meter.read().times["x_seconds", ()].count == 4_000


@given(COUNTS, TIMES)
def test_a_reading_survives_its_way_through_json(
    counts: list[tuple[str, dict[str, str], float]], times: list[tuple[dict[str, str], float]]
) -> None:
    meter = Meter()
    for name, labels, amount in counts:
        meter.count(name, amount, **labels)
    for labels, seconds in times:
        meter.time("t_seconds", seconds, **labels)
    read = meter.read()
    back = from_plain(json.loads(json.dumps(plain(read))))
    assert (back.counters, back.times) == (read.counters, read.times)
    assert all(sum(kept.buckets) == kept.count for kept in back.times.values())


def test_rows_of_another_version_are_left_out() -> None:
    told = {
        "counters": [["a", {}, 1], ["b"], "c", ["d", [], 1], ["e", {}, "x"]],
        "times": [["t", {}, 1, 0.5, [0] * len(SECONDS)], ["u", {}, 1, 0.5, [0] * (len(SECONDS) + 1)]],
    }
    read = from_plain(told)
    assert list(read.counters) == [("a", ())]
    assert list(read.times) == [("u", ())]
    assert from_plain({"counters": None}).counters == {}


def test_vitals_are_plain_and_about_this_process() -> None:
    told = vitals("worker")
    assert json.loads(json.dumps(told)) == told
    assert (told["process"], told["since"]) == ("worker", SINCE.isoformat())
    memory = told["memory_bytes"]
    assert isinstance(memory, int)
    assert 10_000_000 < memory < 100_000_000_000
