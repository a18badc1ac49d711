"""Columns computed anew without what became known later: the product's own pass, a metric that reads the future is caught."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import duckdb
import numpy as np
import pytest

from liuke.base.times import DAY_US, day_start, to_us
from liuke.features.domain.label import LabelDefinition
from liuke.features.service import Source
from liuke.learn.domain.leaks import Check, Level
from liuke.learn.service import leaks
from liuke.learn.service.dataset import Past, dataset, sample_at
from liuke.learn.service.leaks import cut_after, leaks_future, leaks_of, shuffled_after
from liuke.score.domain.templates import TEMPLATES
from liuke.score.model.table import Column

DAY = date(2026, 1, 1)
AT_US = to_us(day_start(DAY, "UTC"))
FIRST_US = AT_US - 400 * DAY_US
CUSTOMERS = 80


@pytest.fixture(scope="module")
def past() -> Past:
    """Eighty customers with orders on both sides of the day; some of the earlier ones became known only after it."""
    random = np.random.default_rng(5)
    size = 2_400
    ts = FIRST_US + (random.random(size) * 520 * DAY_US).astype(np.int64)
    late = np.where(random.random(size) < 0.15, 30 * DAY_US, 0)
    rows = {
        "customer_id": random.integers(1, CUSTOMERS + 1, size), "ts_us": ts, "known_us": ts + late, "value": random.gamma(2, 40, size),
    }  # fmt: skip
    connection = duckdb.connect()
    for name, values in rows.items():
        connection.register(f"part_{name}", {name: values})
    connection.execute(
        """CREATE TABLE activity AS SELECT 'shop' AS source, 'a' || row_number() OVER () AS activity_id, customer_id, ts_us, known_us,
            'order.placed' AS kind, value, NULL::VARCHAR AS channel, NULL::VARCHAR AS actor, '{}' AS attrs
        FROM part_customer_id POSITIONAL JOIN part_ts_us POSITIONAL JOIN part_known_us POSITIONAL JOIN part_value"""
    )
    template = TEMPLATES["retail"]
    source = Source(lambda sql: connection.sql(sql).to_arrow_table())
    return Past(source, "UTC", template.config, template.churn, LabelDefinition(horizon_days=60, active_days=180))


def counts(source: Source, where: str) -> int:
    """Rows that a source shows."""
    return int(source.run(f"SELECT count(*) AS n FROM activity WHERE {where}")["n"][0].as_py())


LATER = f"NOT (ts_us < {AT_US} AND known_us <= {AT_US})"


def test_what_happened_or_became_known_later_is_taken_away(past: Past) -> None:
    cut = cut_after(past.source, AT_US)
    assert counts(past.source, LATER) > 300
    assert counts(past.source, f"ts_us < {AT_US} AND known_us > {AT_US}") > 10
    assert counts(cut, LATER) == 0
    assert counts(cut, "true") == counts(past.source, f"NOT ({LATER})")


def test_shuffling_keeps_all_rows_and_gives_later_ones_to_others(past: Past) -> None:
    shuffled = shuffled_after(past.source, AT_US)
    assert counts(shuffled, "true") == counts(past.source, "true")
    assert counts(shuffled, f"({LATER}) AND value > 0") == 0
    earlier = f"SELECT * FROM activity WHERE NOT ({LATER}) ORDER BY activity_id"
    assert shuffled.run(earlier).equals(past.source.run(earlier))


def test_the_models_own_columns_read_nothing_of_the_future(past: Past) -> None:
    """Every metric and signal that the model reads, on a store with late rows."""
    assert len(sample_at(past, DAY).customers) > 50
    assert leaks_future(past, DAY) == ()


def test_a_column_that_counts_later_rows_blocks(past: Past, monkeypatch: pytest.MonkeyPatch) -> None:
    """A count without an end: the classic leak."""

    def leaky(past: Past, day: date) -> object:
        sample = sample_at(past, day)
        found = past.source.run("SELECT customer_id, count(*)::DOUBLE AS n FROM activity GROUP BY 1 ORDER BY 1")
        place = np.searchsorted(found["customer_id"].to_numpy(), sample.customers)
        return replace(sample, table=sample.table.with_columns([Column("orders_ever")], {"orders_ever": found["n"].to_numpy()[place]}))

    monkeypatch.setattr(leaks, "sample_at", leaky)
    (finding,) = leaks_future(past, DAY)
    assert (finding.check, finding.level, finding.columns) == (Check.FUTURE, Level.BLOCK, ("orders_ever",))


def test_late_rows_that_a_column_reads_too_early_block(past: Past, monkeypatch: pytest.MonkeyPatch) -> None:
    """Money that happened before the day but became known after it."""

    def early(past: Past, day: date) -> object:
        sample = sample_at(past, day)
        found = past.source.run(f"SELECT customer_id, sum(value) AS v FROM activity WHERE ts_us < {AT_US} GROUP BY 1 ORDER BY 1")
        place = np.searchsorted(found["customer_id"].to_numpy(), sample.customers)
        return replace(sample, table=sample.table.with_columns([Column("money")], {"money": found["v"].to_numpy()[place]}))

    monkeypatch.setattr(leaks, "sample_at", early)
    assert [finding.columns for finding in leaks_future(past, DAY)] == [("money",)]


def test_nobody_to_compare_is_no_finding(past: Past) -> None:
    assert leaks_future(past, date(2020, 1, 1)) == ()


def test_a_whole_training_set_passes(past: Past) -> None:
    data = dataset(past, [DAY - timedelta(days=60), DAY - timedelta(days=30), DAY])
    assert [finding for finding in leaks_of(past, data) if finding.level is Level.BLOCK] == []
