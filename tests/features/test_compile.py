"""Metrics as SQL give what their words say, see nothing of the future, and give a slice the same as all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liuke.base.errors import Invalid
from liuke.facts.domain.activity import ACTIVITY_SCHEMA
from liuke.features.domain.columns import activity_relation
from liuke.features.domain.metric import Aggregate, Declared, Metric, Ratio, Streak, named_once
from liuke.features.domain.moment import Moment
from liuke.features.service import Source, features_compute, features_sql, kinds_seen
from tests.features.plainly import plainly
from tests.features.stream import AS_OF, NOW, Did, runner, stream

ORDER, LOGIN = ("order.placed",), ("login",)
MOMENT = Moment(AS_OF, "UTC")
_WINDOWED = [a for a in Aggregate if a not in {Aggregate.DAYS_UNTIL, Aggregate.AHEAD, Aggregate.SLOPE, Aggregate.LAST_US}]
_TEXTS = {Aggregate.DISTINCT, Aggregate.REPEATS}
FEW: list[Metric] = [
    *[Metric(f"{a.value}_all", a, ORDER, of="channel" if a in _TEXTS else "value") for a in _WINDOWED],
    *[Metric(f"{a.value}_w", a, ORDER, days=30, skip=7, of="channel" if a in _TEXTS else "value") for a in _WINDOWED],
    *[Metric(f"{a.value}_any", a, but=LOGIN, days=60) for a in (Aggregate.COUNT, Aggregate.SUM, Aggregate.MEAN, Aggregate.DAYS_SINCE)],
    Metric("slope", Aggregate.SLOPE, ORDER, days=56),
    Metric("until", Aggregate.DAYS_UNTIL, ("contract.ends",)),
    Metric("ahead_all", Aggregate.AHEAD, ("contract.ends",)),
    Metric("ahead_w", Aggregate.AHEAD, ("contract.ends",), days=7),
]
MANY: list[Metric] = [*FEW, *[Metric(f"n_{at}", Aggregate.COUNT, (f"kind.{at}",), days=30) for at in range(6)]]
"""Enough kinds for the pivot."""

dids = st.lists(
    st.builds(
        Did,
        customer=st.integers(1, 4),
        ago=st.integers(-20 * 96, 80 * 96).map(lambda quarter: quarter / 96),
        kind=st.sampled_from(["order.placed", "login", "ticket.opened", "contract.ends", "order.line"]),
        value=st.none() | st.integers(0, 10_000).map(lambda pence: pence / 100),
        known=st.none() | st.integers(-5, 60).map(float),
        channel=st.sampled_from([None, "web", "phone", "shop"]),
    ),
    max_size=40,
)


def computed(did: list[Did], metrics: list[Declared], **arguments: object) -> list[dict[str, object]]:
    """The features of a stream."""
    return features_compute(source=Source(runner(stream(did))), metrics=metrics, moment=MOMENT, **arguments).to_pylist()


@settings(max_examples=20, deadline=None)
@given(dids, st.sampled_from([FEW, MANY]))
def test_every_aggregate_equals_its_definition_in_plain_python(did: list[Did], metrics: list[Metric]) -> None:
    did = [replace(one, value=one.value or 1.0) if one.kind == "order.placed" else one for one in did]
    for row in computed(did, metrics):
        for metric in metrics:
            expected = plainly(did, metric, int(str(row["customer_id"])))
            assert row[metric.name] == (None if expected is None else pytest.approx(expected, rel=1e-9, abs=1e-9)), metric


@settings(max_examples=12, deadline=None)
@given(dids, st.randoms(), st.booleans())
def test_rows_from_after_the_moment_or_in_another_order_leave_every_byte_as_it_was(did: list[Did], random: object, drop: bool) -> None:
    past = [one for one in did if one.kind != "contract.ends"]
    seen = [one for one in past if one.row(0)["ts_us"] < NOW and one.row(0)["known_us"] <= NOW]
    other = list(seen if drop else [*past, Did(1, -3), Did(2, 5, known=-2)])
    random.shuffle(other)
    assert computed(past, MANY) == computed(other, MANY)


@settings(max_examples=20, deadline=None)
@given(dids)
def test_a_slice_of_customers_gives_the_same_numbers_as_all(did: list[Did]) -> None:
    everybody = computed(did, FEW)
    assert computed(did, FEW, customers=[2, 4]) == [row for row in everybody if row["customer_id"] in {2, 4}]


def test_a_window_holds_its_first_moment_and_not_its_end() -> None:
    did = [Did(1, 30), Did(1, 7), Did(1, 30 + 1e-9), Did(1, 0)]
    [row] = computed(did, [Metric("n", Aggregate.COUNT, ORDER, days=23, skip=7), Metric("all_n", Aggregate.COUNT, ORDER)])
    assert row == {"customer_id": 1, "n": 1.0, "all_n": 3.0}


def test_windows_are_local_calendar_days_where_the_clocks_change() -> None:
    moment = Moment(datetime(2026, 3, 30, tzinfo=UTC).replace(hour=0), "Europe/London")
    assert Moment(datetime(2026, 3, 29, 23, tzinfo=UTC), "Europe/London").back(2) == datetime(2026, 3, 28, tzinfo=UTC)
    assert moment.back(2).hour == 1


def test_a_number_in_the_attributes_is_measured_and_nonsense_there_is_no_number() -> None:
    quantities = ['{"quantity": 5}', '{"quantity": 2.5}', '{"quantity": "many"}', "{}", '{"quantity": null}']
    did = [Did(1, at + 1, attrs=attrs) for at, attrs in enumerate(quantities)] + [Did(1, 40, attrs='{"quantity": 100}')]
    metrics = [
        Metric("q30", Aggregate.SUM, ORDER, days=30, of="attrs.quantity"),
        Metric("q", Aggregate.SUM, ORDER, of="attrs.quantity"),
        Metric("middle", Aggregate.MEDIAN, ORDER, days=30, of="attrs.quantity"),
    ]
    assert computed(did, metrics) == [{"customer_id": 1, "q30": 7.5, "q": 107.5, "middle": 3.75}]


def test_a_ratio_is_null_where_there_is_nothing_to_divide_by() -> None:
    metrics = [
        Metric("now", Aggregate.COUNT, ORDER, days=30),
        Metric("before", Aggregate.COUNT, ORDER, days=30, skip=30),
        Ratio("change", "now", "before"),
        Ratio("softened", "now", "before", plus=1),
    ]
    rows = computed([Did(1, 5), Did(1, 6), Did(1, 40), Did(2, 5)], metrics)
    assert [(row["change"], row["softened"]) for row in rows] == [(2.0, 1.0), (None, 1.0)]


@pytest.mark.parametrize(("quiet", "streak"), [([], 0), ([0], 1), ([0, 1], 2), ([0, 1, 2], 3), ([1, 2], 0)])
def test_a_streak_counts_the_latest_weeks_in_a_row_under_the_usual_level(quiet: list[int], streak: int) -> None:
    did = [Did(1, 7 * week + day + 0.5, "login", None) for week in range(11) for day in range(4) if week not in quiet]
    [row] = computed(did, [Streak("low", LOGIN)])
    assert row["low"] == streak


def test_a_streak_without_a_usual_level_is_unknown() -> None:
    assert computed([Did(1, 2, "login", None)], [Streak("low", LOGIN)])[0]["low"] is None


def test_customers_of_any_id_type_are_grouped() -> None:
    table = stream([Did(1, 3), Did(2, 4)]).set_column(2, "customer_id", [["b", "a"]])
    source = Source(runner(table), customer_type="string")
    found = features_compute(source=source, metrics=[Metric("n", Aggregate.COUNT, ORDER)], moment=MOMENT)
    assert found["customer_id"].to_pylist() == ["a", "b"]


def test_the_kinds_present_before_the_moment_come_with_their_newest_time() -> None:
    source = Source(runner(stream([Did(1, 3), Did(2, 1), Did(2, 2, "login"), Did(2, -1, "ticket.opened")])))
    found = kinds_seen(source=source, moment=MOMENT)
    assert list(found) == ["login", "order.placed"]
    assert found["order.placed"] == Did(2, 1).row(0)["ts_us"]


def test_faulty_metrics_are_all_named_at_once() -> None:
    faulty = [
        Metric("n", Aggregate.COUNT, ORDER),
        Metric("n", Aggregate.SUM, ORDER),
        Metric("no name", Aggregate.COUNT),
        Metric("far", Aggregate.COUNT, days=9999),
        Metric("back", Aggregate.COUNT, days=3, skip=-1),
        Metric("odd", Aggregate.SLOPE, days=30),
        Ratio("lost", "n", "nowhere"),
    ]
    with pytest.raises(Invalid) as caught:
        named_once(faulty)
    faults = " ".join(str(fault) for fault in caught.value.params["faults"])
    for part in ("n: declared twice", "'no name'", "far: days", "back: skip", "odd: a slope", "lost: no metric 'nowhere'"):
        assert part in faults


def test_the_sql_of_a_metric_can_be_read_and_run_by_hand() -> None:
    sql = features_sql(stream=activity_relation("activity"), metrics=[Metric("orders_30", Aggregate.COUNT, ORDER, days=30)], moment=MOMENT)
    connection = duckdb.connect()
    connection.register("activity", stream([Did(7, 2)]))
    assert connection.sql(sql).fetchall() == [(7, 1.0)]


def test_the_relation_has_the_columns_of_the_activity_contract() -> None:
    assert list(activity_relation().columns) == ACTIVITY_SCHEMA.names


def test_texts_in_attributes_repeat_and_numbers_in_them_are_compared_in_order() -> None:
    """SIG-34 and SIG-30 stand on these."""
    did = [
        *[Did(1, 1 + at, "ticket.opened", None, attrs=f'{{"topic":"{topic}","negative":{mood}}}') for at, (topic, mood) in enumerate(
            [("物流", 70), ("系统", 66), ("物流", 90), ("", 10)]
        )],
        Did(1, 9, "ticket.opened", None),
    ]  # fmt: skip
    metrics: list[Declared] = [
        Metric("same", Aggregate.REPEATS, ("ticket.opened",), of="attrs.topic"),
        Metric("three", Aggregate.NEWEST_MIN, ("ticket.opened",), of="attrs.negative"),
        Metric("four", Aggregate.NEWEST_MIN, ("ticket.opened",), of="attrs.negative", recent=4),
        Metric("five", Aggregate.NEWEST_MIN, ("ticket.opened",), of="attrs.negative", recent=5),
        Metric("worst", Aggregate.MAX, ("ticket.opened",), of="attrs.negative"),
    ]
    assert computed(did, metrics) == [{"customer_id": 1, "same": 2.0, "three": 66.0, "four": 10.0, "five": None, "worst": 90.0}]


def test_SIG_30_three_of_the_last_five_and_the_decayed_mean_speak_where_three_in_a_row_does_not() -> None:
    moods = [80, 20, 70, None, 90, 30, 99, 99]
    did = [
        Did(1, 1 + 10 * at, "message.in", None, attrs="{}" if mood is None else f'{{"negative":{mood}}}') for at, mood in enumerate(moods)
    ]
    metrics: list[Declared] = [
        Metric("run", Aggregate.NEWEST_MIN, ("message.in",), of="attrs.negative"),
        Metric("of_five", Aggregate.NEWEST_NTH, ("message.in",), of="attrs.negative", recent=5, nth=3),
        Metric("of_nine", Aggregate.NEWEST_NTH, ("message.in",), of="attrs.negative", recent=9, nth=8),
        Metric("mean", Aggregate.DECAYED_MEAN, ("message.in",), of="attrs.negative", half_life=10, days=35),
    ]
    mean = (80 * 8 + 20 * 4 + 70 * 2) / (8 + 4 + 2)
    assert computed(did, metrics) == [{"customer_id": 1, "run": 20.0, "of_five": 70.0, "of_nine": None, "mean": round(mean, 6)}]


def test_a_flag_counts_as_one_or_nought_and_a_number_in_quotation_marks_as_a_number() -> None:
    texts = [
        '{"core":true}',
        '{"core":false}',
        '{"core":"1"}',
        '{"core":"true"}',
        '{"core":"often"}',
        '{"core":null}',
        "{}",
        '{"core":0.5}',
    ]
    did = [Did(1, 1 + at, "feature.used", None, attrs=text) for at, text in enumerate(texts)]
    used: list[Declared] = [
        Metric("n", Aggregate.SUM, ("feature.used",), of="attrs.core"),
        Metric("m", Aggregate.MEAN, ("feature.used",), of="attrs.core"),
    ]
    assert computed(did, used) == [{"customer_id": 1, "n": 3.5, "m": 0.7}]


def test_different_texts_in_an_attribute_are_counted_beside_numbers_of_the_same_attribute() -> None:
    texts = ['{"sku":"A1"}', '{"sku":"B2"}', '{"sku":"A1"}', '{"sku":7}', '{"sku":null}', '{"sku":""}', "{}"]
    did = [Did(1, 1 + at, "order.line", None, attrs=text) for at, text in enumerate(texts)] + [Did(1, 2, "login", None)]
    metrics: list[Declared] = [
        Metric("products", Aggregate.DISTINCT, ("order.line",), of="attrs.sku"),
        Metric("total", Aggregate.SUM, ("order.line",), of="attrs.sku"),
    ]
    assert computed(did, metrics) == [{"customer_id": 1, "products": 3.0, "total": 7.0}]
