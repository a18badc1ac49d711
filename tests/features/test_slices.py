"""A slice of customers equals a run over everybody, at the price of its own rows (architecture.md, decision 4)."""

from __future__ import annotations

import math

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from liuke.base.times import DAY_US
from liuke.features.domain.builtin import BUILTIN
from liuke.features.domain.metric import Baseline, Declared, Follow, Quintile, named_once
from liuke.features.domain.moment import Moment
from liuke.features.service import Source, features_compute, kinds_seen, slice_compute, usual_of
from liuke.features.service.slices import NOBODY, history_sql
from tests.features.stream import AS_OF, Did, regular, runner, stream

FOLLOWED = Follow("followed", ("info.sent",), ("info.viewed",), within_days=7, last_days=60)
OTHERS = Baseline("others", "order_amount_365", least=2)
METRICS: tuple[Declared, ...] = named_once([*(item for metric in BUILTIN for item in metric.declared), FOLLOWED, OTHERS])
MOMENT = Moment(AS_OF, "Asia/Shanghai")
KINDS = ["order.placed", "order.cancelled", "login", "ticket.opened", "message.in", "message.out", "info.sent", "info.viewed"]

doings = st.lists(
    st.builds(
        Did,
        customer=st.integers(1, 9),
        ago=st.floats(-5, 420, allow_nan=False),
        kind=st.sampled_from(KINDS),
        value=st.none() | st.integers(0, 900).map(float),
        attrs=st.sampled_from(["{}", '{"quantity":3}', '{"negative":70,"text_read":"1"}', '{"quantity":"x"}']),
        channel=st.sampled_from([None, "web", "shop"]),
    ),
    max_size=60,
)


class _Counting:
    """A runner that notes what it was asked."""

    def __init__(self, did: list[Did]) -> None:
        self._run, self.asked = runner(stream(did)), list[str]()

    def __call__(self, sql: str) -> object:
        self.asked.append(sql)
        return self._run(sql)


@settings(max_examples=12, deadline=None, phases=[Phase.generate])
@given(doings, st.sets(st.integers(1, 12), max_size=6))
def test_every_metric_of_a_slice_equals_the_one_of_a_run_over_everybody(did: list[Did], chosen: set[int]) -> None:
    source = Source(runner(stream(did)))
    everybody = features_compute(source=source, metrics=METRICS, moment=MOMENT)
    comparing = [item for item in METRICS if isinstance(item, Baseline)]
    few = slice_compute(
        source=source, metrics=METRICS, moment=MOMENT, customers=sorted(chosen), kinds=kinds_seen(source=source, moment=MOMENT),
        usual=usual_of(everybody, comparing),
    )  # fmt: skip
    expected = {row["customer_id"]: row for row in everybody.to_pylist() if row["customer_id"] in chosen}
    ahead_only = any(one.kind == "info.sent" for one in did) and not any(one.kind == "info.sent" and one.ago * DAY_US >= 1 for one in did)
    assert few["customer_id"].to_pylist() == sorted(expected)
    for found in few.to_pylist():
        row = expected[found["customer_id"]]
        assert [name for name in found if not _same(found[name], row[name]) and not (ahead_only and name == "followed")] == []


def _same(one: float | None, other: float | None) -> bool:
    return one is other if one is None or other is None else math.isclose(one, other, rel_tol=1e-12, abs_tol=1e-12)


def test_the_warehouse_is_asked_once_for_the_rows_of_the_slice() -> None:
    counting = _Counting([*regular(1, 7, 20), *regular(2, 30, 5)])
    source = Source(counting)  # type: ignore[arg-type] # answers like a runner
    slice_compute(source=source, metrics=METRICS, moment=MOMENT, customers=[2], kinds={"order.placed"}, usual={})
    assert counting.asked == [history_sql("activity", [2])]


def test_a_statement_that_was_planned_over_other_rows_answers_for_these() -> None:
    metrics = METRICS[:40]
    for customer, every in ((1, 7.0), (2, 30.0), (3, 1.0)):
        source = Source(runner(stream(regular(customer, every, 12))))
        few = slice_compute(source=source, metrics=metrics, moment=MOMENT, customers=[customer], kinds=(), usual={})
        assert few.to_pylist() == features_compute(source=source, metrics=metrics, moment=MOMENT).to_pylist()


def test_nobody_who_tells_of_the_kinds_is_among_the_answers() -> None:
    source = Source(runner(stream(regular(1, 7, 3))))
    found = slice_compute(source=source, metrics=[FOLLOWED], moment=MOMENT, customers=[1], kinds={"info.sent"}, usual={})
    assert found.to_pylist() == [{"customer_id": 1, "followed": 0.0}]
    assert NOBODY not in found["customer_id"].to_pylist()
    never = slice_compute(source=source, metrics=[FOLLOWED], moment=MOMENT, customers=[1], kinds=(), usual={})
    assert never.to_pylist() == [{"customer_id": 1, "followed": None}]


def test_without_what_is_usual_and_with_quintiles_everybody_is_read() -> None:
    counting = _Counting([*regular(1, 7, 20), *regular(2, 30, 5)])
    source = Source(counting)  # type: ignore[arg-type] # answers like a runner
    metrics = [*METRICS[:5], Quintile("fifth", METRICS[3].name)]
    for asked, usual in ((METRICS[:5], None), (metrics, {})):
        slice_compute(source=source, metrics=asked, moment=MOMENT, customers=[2], kinds=(), usual=usual)
    assert len(counting.asked) == 2
    assert history_sql("activity", [2]) not in counting.asked


def test_a_baseline_that_the_last_run_did_not_know_is_null() -> None:
    source = Source(runner(stream(regular(1, 7, 20))))
    metrics = named_once([METRICS[0], Baseline("new", METRICS[0].name, least=1)])
    found = slice_compute(source=source, metrics=metrics, moment=MOMENT, customers=[1], kinds=(), usual={})
    assert found["new"].to_pylist() == [None]
