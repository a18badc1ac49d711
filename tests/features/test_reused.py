"""A statement that was compiled once is, for any moment, the one that compiling for it gives."""

from __future__ import annotations

from datetime import UTC, datetime

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liuke.features.domain.builtin import BUILTIN
from liuke.features.domain.columns import activity_relation
from liuke.features.domain.compile import features_expression
from liuke.features.domain.metric import Follow, Swing
from liuke.features.domain.moment import Moment
from liuke.features.domain.reused import reused
from liuke.features.service import features_sql
from liuke.score.domain.measured import score_metrics
from liuke.score.domain.plans import plans_of
from liuke.score.domain.templates import template
from liuke.signals.domain.catalogue import SIGNALS
from liuke.signals.domain.signal import World

STREAM = activity_relation()
RETAIL = template("retail")
KINDS = sorted({kind for signal in SIGNALS for kind in signal.needs})
METRICS = (
    *score_metrics(plans_of(RETAIL.config), RETAIL.config.baseline, RETAIL.churn, World(KINDS)),
    *(declared for metric in BUILTIN for declared in metric.declared),
    Follow("asked", ("quote.requested",), ("order.placed",)),
    Swing("swing", ("login",)),
)
ZONES = ("UTC", "Asia/Shanghai", "Europe/London")


def everything(moment: Moment) -> str:
    return str(ibis.to_sql(features_expression(STREAM, METRICS, moment), dialect="duckdb"))


def solid(sql: str) -> str:
    """Without spaces and line breaks: the printer wraps by the width of the numbers."""
    return "".join(sql.split())


def test_every_built_in_number_can_be_compiled_once() -> None:
    zone = "Europe/London"
    statement = reused(everything, zone)
    assert statement is not None
    moment = Moment(datetime(2011, 9, 10, tzinfo=UTC), zone)
    assert solid(statement.at(moment)) == solid(everything(moment))


@settings(max_examples=6, deadline=None)
@given(seconds=st.integers(600_000_000, 2_800_000_000), zone=st.sampled_from(ZONES), data=st.data())
def test_it_is_the_same_statement_at_any_moment_and_in_any_zone(seconds: int, zone: str, data: st.DataObject) -> None:
    some = data.draw(st.lists(st.sampled_from(BUILTIN), min_size=1, max_size=5, unique=True))
    declared = tuple(dict.fromkeys(item for metric in some for item in metric.declared))

    def some_metrics(moment: Moment) -> str:
        return str(ibis.to_sql(features_expression(STREAM, declared, moment), dialect="duckdb"))

    moment, statement = Moment(datetime.fromtimestamp(seconds, UTC), zone), reused(some_metrics, zone)
    assert statement is not None
    assert solid(statement.at(moment)) == solid(some_metrics(moment))


def test_a_number_that_does_not_come_from_the_moment_alone_is_not_taken_for_one() -> None:
    assert reused(lambda moment: f"SELECT {moment.us + 5}", "UTC") is None
    assert reused(lambda moment: f"SELECT {moment.us - 1}", "UTC") is not None


def test_a_slice_is_compiled_with_its_customers() -> None:
    moment = Moment(datetime(2026, 6, 1, tzinfo=UTC), "UTC")
    assert "4711" in features_sql(stream=STREAM, metrics=METRICS[:3], moment=moment, customers=[4711])


def test_a_second_moment_needs_no_compiling(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError

    first, second = (Moment(datetime(2026, month, 1, tzinfo=UTC), "UTC") for month in (1, 2))
    sql = features_sql(stream=activity_relation(), metrics=METRICS[:9], moment=first)
    monkeypatch.setattr("liuke.features.service.compute.features_expression", never)
    again = features_sql(stream=activity_relation(), metrics=METRICS[:9], moment=second)
    assert (str(second.us) in again, str(first.us) in again, str(first.us) in sql) == (True, False, True)
