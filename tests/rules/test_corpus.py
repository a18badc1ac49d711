"""A fixed corpus of rules: equal in DuckDB, in Spark and for one row at a time (issue: every operator on every engine)."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import ibis
import pytest

from liuke.base.settings_spark import SparkSettings
from liuke.rules.columns import Stratum
from liuke.rules.evaluate import Row, matches
from liuke.rules.needs import demand_column, nodes_of
from liuke.rules.operators import OPERATORS
from liuke.rules.read import rule_from_plain
from liuke.rules.run import matches_sql, matches_table
from liuke.rules.syntax import Condition, Rule
from liuke.warehouse.spark import engine_of
from tests.rules.generated import CATALOGUE, FLAGS, FOLLOW, MOMENTS, NOW_US, NUMBERS, SWING, TEXTS, WORDS, ZONE
from tests.rules.tables import SCHEMA, table_of
from tests.spark_cluster import spark_cluster

CORPUS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "corpus.json").read_text("utf-8"))
RULES: dict[str, Rule] = {one["name"]: rule_from_plain(one["rule"], CATALOGUE, highest=Stratum.SIGNAL) for one in CORPUS}
AT: dict[str, Any] = {"now_us": NOW_US, "zone": ZONE}
HOUR = 3_600_000_000


def people(size: int = 400, seed: int = 3) -> list[Row]:
    """Rows of every kind of value, a fifth of them missing; the last of each text ends in the others."""
    chance = random.Random(seed)

    def some(values: list[Any]) -> Any:
        return None if chance.random() < 0.2 else chance.choice(values)

    numbers = [-4.0, -0.5, -0.1, 0.0, 0.1, 1.0, 1.7, 2.0, 2.5, 3.0]
    moments = [NOW_US + hours * HOUR for hours in (-72, -48, -47, -25, -24, -23, -1, 0, 1, 23, 24, 46, 47, 48)] + [NOW_US - 1, NOW_US + 1]
    flags = (*FLAGS, demand_column(FOLLOW), demand_column(SWING))
    return [
        {
            **{name: some(numbers) for name in NUMBERS},
            **{name: some([*WORDS, "x%y_z", "大客户"]) for name in TEXTS},
            **{name: some([True, False]) for name in flags},
            **{name: some(moments) for name in MOMENTS},
            "tags": some([[], ["a"], ["b", "é"], ["客户"], ["a", "b"]]),
        }
        for _ in range(size)
    ]


PEOPLE = people()
EXPECTED = {name: [matches(rule, row, **AT) for row in PEOPLE] for name, rule in RULES.items()}


def test_the_corpus_has_every_operator_and_forty_rules_or_more() -> None:
    used = {node.op for rule in RULES.values() for node in nodes_of(rule) if isinstance(node, Condition)}
    assert used == {op for operators in OPERATORS.values() for op in operators}
    assert len(CORPUS) >= 40


@pytest.mark.parametrize("name", RULES)
def test_every_rule_of_the_corpus_tells_some_rows_from_others(name: str) -> None:
    assert 0 < sum(EXPECTED[name]) < len(PEOPLE)


def test_duckdb_gives_the_corpus_the_answers_of_one_row_at_a_time() -> None:
    found = matches_table(table_of(PEOPLE), RULES, **AT)
    assert {name: values.tolist() for name, values in found.items()} == EXPECTED


@pytest.fixture(scope="module")
def spark() -> Any:
    """A session on the run's cluster, over Connect."""
    assert ibis.pyspark.name == "pyspark"  # loads the backend, whose options its compiler reads
    return engine_of(SparkSettings(remote=spark_cluster().connect)).connected()


@pytest.mark.slow
def test_spark_gives_the_corpus_the_answers_of_one_row_at_a_time(spark: Any) -> None:
    types = {"double": "double", "string": "string", "bool": "boolean", "int64": "bigint"}
    schema = ", ".join(f"`{field.name}` {types.get(str(field.type), 'array<string>')}" for field in SCHEMA)
    rows = [tuple(row[name] for name in SCHEMA.names) for row in PEOPLE]
    spark.createDataFrame(rows, schema).coalesce(1).createOrReplaceTempView("frame")
    found = spark.sql(matches_sql(RULES, **AT, dialect="pyspark")).collect()
    for nth, name in enumerate(RULES):
        assert [row[nth] for row in found] == EXPECTED[name], name
