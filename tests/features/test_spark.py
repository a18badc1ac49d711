"""Every aggregate and every way to combine them gives the same numbers on Spark as on DuckDB."""

from __future__ import annotations

import random
from typing import Any

import ibis
import pyarrow as pa
import pytest

from liuke.facts.domain.activity import ACTIVITY_SCHEMA
from liuke.features.domain.builtin import BUILTIN
from liuke.features.domain.columns import activity_relation
from liuke.features.domain.compile import features_expression
from liuke.features.domain.metric import Aggregate, Baseline, Declared, Follow, Metric, Quintile, Ratio, Streak, Swing, named_once
from liuke.features.domain.moment import Moment
from liuke.features.domain.spec import NOT_DONE_BY_CUSTOMER
from liuke.features.service import features_sql
from liuke.features.service.compute import compiled_sql
from liuke.warehouse.spark import SparkEngine
from tests.features.stream import AS_OF, Did, stream

ORDER, LOGIN, QUOTE = ("order.placed",), ("login",), ("quote.requested",)
MOMENT = Moment(AS_OF, "Europe/London")
TEXTUAL = {Aggregate.DISTINCT: "channel", Aggregate.REPEATS: "attrs.reason"}
EVERY: tuple[Declared, ...] = (
    *(Metric(f"{a.value}_all", a, ORDER, of=TEXTUAL.get(a, "value"), days=84 if a is Aggregate.SLOPE else None) for a in Aggregate),
    *(Metric(f"{a.value}_w", a, ORDER, of=TEXTUAL.get(a, "value"), days=56, skip=7) for a in Aggregate),
    *(Metric(f"{a.value}_any", a, but=NOT_DONE_BY_CUSTOMER, of=TEXTUAL.get(a, "value"), days=56) for a in Aggregate),
    *(Metric(f"{a.value}_pieces", a, ORDER, of="attrs.quantity", days=70) for a in (Aggregate.SUM, Aggregate.MEAN, Aggregate.MEDIAN)),
    Metric("reasons", Aggregate.DISTINCT, ORDER, of="attrs.reason"),
    Metric("gaps_in_rows", Aggregate.GAP_MEDIAN, ORDER, by_day=False),
    Ratio("ratio", "count_w", "count_all"),
    Ratio("times", "sum_w", "sum_all", plus=1, times=3),
    Streak("streak", LOGIN, weeks=3, usual_weeks=6),
    Follow("follow", QUOTE, ORDER, within_days=10, last_days=90),
    Follow("happens", ORDER, LOGIN, within_days=2, happens=True, last_days=60),
    Follow("never", ("cart.abandoned",), ORDER),
    Swing("swing", LOGIN, weeks=8, rise=0.2, drop=0.2),
    Swing("swing_any", but=NOT_DONE_BY_CUSTOMER),
    Baseline("peers", "sum_all", "attr.industry", least=3),
    Baseline("all_peers", "count_all"),
    Quintile("fifth", "sum_all"),
    Quintile("third", "days_since_all", tiles=3, rising=False),
)


def activities(size: int = 4_000, customers: int = 80, seed: int = 5) -> pa.Table:
    """Half a year of everything, some of it ahead of the moment or known late."""
    chance = random.Random(seed)
    kinds = ["order.placed", "login", "quote.requested", "message.out", "ticket.opened", "contract.ends", "order.line"]
    attrs = ['{"quantity":3,"reason":"late"}', '{"quantity":2.5,"reason":"broken"}', '{"quantity":"many"}', "{}"]
    return stream(
        Did(
            customer=int(customers * chance.random() ** 2) + 1,
            ago=chance.uniform(-20, 180),
            kind=chance.choice(kinds),
            value=chance.choice([None, round(chance.lognormvariate(3, 1), 2)]),
            known=chance.choice([None, None, None, chance.uniform(-10, 100)]),
            attrs=chance.choice(attrs),
            channel=chance.choice([None, "web", "shop", "phone"]),
        )
        for _ in range(size)
    )


ACTIVITY = activities()
GROUPS = pa.table(
    {"customer_id": pa.array(range(1, 81), pa.int64()), "attr.industry": [("shop", "farm", None)[at % 3] for at in range(80)]}
)


def sql_of(dialect: str, metrics: tuple[Declared, ...]) -> str:
    """One statement for all of them."""
    groups = ibis.table({"customer_id": "int64", "attr.industry": "string"}, name="customer_groups")
    expression = features_expression(activity_relation(), metrics, MOMENT, groups=groups)
    return compiled_sql(expression, dialect)


@pytest.fixture(scope="module")
def session(spark: SparkEngine) -> Any:
    """A session on the run's cluster that knows the two tables."""
    session: Any = spark.connected()
    types = {"string": "string", "int64": "bigint", "double": "double"}
    for name, table in (("activity", ACTIVITY), ("customer_groups", GROUPS)):
        schema = ", ".join(f"`{field.name}` {types[str(field.type)]}" for field in table.schema)
        rows = [tuple(row.values()) for row in table.to_pylist()]
        session.createDataFrame(rows, schema).cache().createOrReplaceTempView(name)
    return session


def duckdb_rows(metrics: tuple[Declared, ...]) -> dict[int, dict[str, float | None]]:
    """What DuckDB says, by customer."""
    import duckdb

    connection = duckdb.connect()
    connection.register("activity", ACTIVITY)
    connection.register("customer_groups", GROUPS)
    rows = connection.sql(sql_of("duckdb", metrics)).to_arrow_table().to_pylist()
    return {row["customer_id"]: {name: _double(value) for name, value in row.items()} for row in rows}


def _double(value: object) -> float | None:
    """Engines take a literal such as 1.0 for a decimal; `features_compute` casts as well."""
    return None if value is None else float(str(value))


def differences(session: Any, metrics: tuple[Declared, ...]) -> list[tuple[str, int, object, object]]:
    """Where the engines disagree by more than 1e-9."""
    ours = duckdb_rows(metrics)
    rows = [row.asDict() for row in session.sql(sql_of("pyspark", metrics)).collect()]
    theirs = {row["customer_id"]: {name: _double(value) for name, value in row.items()} for row in rows}
    assert theirs.keys() == ours.keys()
    pairs = [(name, one, ours[one][name], theirs[one][name]) for one in ours for name in ours[one]]
    return [pair for pair in pairs if pair[3] != (None if pair[2] is None else pytest.approx(pair[2], rel=1e-9, abs=1e-9))]


def test_the_stream_has_every_column_of_the_contract_and_every_metric_tells_customers_apart() -> None:
    assert ACTIVITY.schema == ACTIVITY_SCHEMA
    rows = duckdb_rows(named_once(EVERY)).values()
    flat = [item.name for item in EVERY if len({row[item.name] for row in rows}) < 2]
    assert set(flat) <= {"never", "days_until_w", "ahead_w"}


@pytest.mark.slow
def test_every_aggregate_and_combination_is_equal_on_spark(session: Any) -> None:
    assert ACTIVITY.num_rows == 4_000
    assert differences(session, named_once(EVERY)) == []


@pytest.mark.slow
def test_every_built_in_metric_is_equal_on_spark(session: Any) -> None:
    metrics = named_once([part for metric in BUILTIN for part in metric.declared])
    assert differences(session, metrics) == []


def test_the_sql_for_spark_needs_no_running_spark() -> None:
    assert "SELECT" in features_sql(stream=activity_relation(), metrics=EVERY[:3], moment=MOMENT, dialect="pyspark")
