"""The compiled catalogue and the hand-written SQL of the bench say the same about every customer."""

from __future__ import annotations

import duckdb
import numpy as np
import pytest
from bench.features_sql import floor_sql, product_sql, ratio

from liuke.features.domain.moment import Moment
from tests.features.stream import AS_OF, Did, stream

MOMENT = Moment(AS_OF, "UTC")
KINDS = ["order.placed", "order.cancelled", "order.line", "login", "page.viewed", "ticket.opened", "message.out", "message.in"]


def many(kinds: list[str], *, seed: int = 3) -> duckdb.DuckDBPyConnection:
    """Three thousand random activities of sixty customers over two years, some ahead of the moment or known late."""
    random = np.random.default_rng(seed)
    did = [
        Did(
            customer=int(random.integers(1, 61)),
            ago=float(np.round(random.exponential(150) - 5, 6)),
            kind=str(random.choice(kinds)),
            value=float(np.round(random.lognormal(4, 1), 2)),
            known=-1.0 if random.random() < 0.02 else None,
            attrs=f'{{"quantity":{random.integers(1, 50)}}}',
        )
        for _ in range(3000)
    ]
    connection = duckdb.connect()
    connection.register("given", stream(did))
    connection.execute("CREATE TABLE activity AS SELECT * FROM given")
    return connection


@pytest.mark.parametrize("kinds", [KINDS, [kind for kind in KINDS if kind.startswith("order")]])
def test_every_feature_equals_the_hand_written_floor(kinds: list[str]) -> None:
    connection = many(kinds)
    floor = connection.sql(floor_sql(MOMENT, kinds)).to_arrow_table().sort_by("customer_id")
    product = connection.sql(product_sql(MOMENT, kinds)).to_arrow_table().sort_by("customer_id")
    assert sorted(floor.column_names) == sorted(product.column_names)
    assert floor.num_rows == product.num_rows > 50
    for name in floor.column_names:
        expected, found = (np.asarray(table[name].cast("float64").to_pylist(), dtype=float) for table in (floor, product))
        np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9, err_msg=name)


def test_the_bench_reports_both_costs_and_their_ratio() -> None:
    figures = ratio(many(KINDS), MOMENT, rounds=1)
    assert list(figures) == ["floor_cpu_s", "product_cpu_s", "features_cpu_ratio"]
