"""A small activity stream in memory, and the runner that reads it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb
import pyarrow as pa

from liuke.base.times import DAY_US, to_us
from liuke.facts.domain.activity import ACTIVITY_SCHEMA
from liuke.features.service import Run

AS_OF = datetime(2026, 6, 1, tzinfo=UTC)
NOW = to_us(AS_OF)


@dataclass(frozen=True)
class Did:
    """One activity, `ago` days before AS_OF (fractions allowed); `known` days before AS_OF, by default when it happened."""

    customer: int
    ago: float
    kind: str = "order.placed"
    value: float | None = 100.0
    known: float | None = None
    attrs: str = "{}"
    channel: str | None = None

    def row(self, number: int) -> Mapping[str, object]:
        """The activity as a row of ACTIVITY_SCHEMA."""
        ts = NOW - round(self.ago * DAY_US)
        known = ts if self.known is None else NOW - round(self.known * DAY_US)
        return {
            "source": "test", "activity_id": str(number), "customer_id": self.customer, "ts_us": ts, "known_us": known,
            "kind": self.kind, "value": self.value, "channel": self.channel, "actor": None, "attrs": self.attrs,
        }  # fmt: skip


def stream(did: Iterable[Did]) -> pa.Table:
    """The activities as a table, in the given order."""
    return pa.Table.from_pylist([one.row(number) for number, one in enumerate(did)], schema=ACTIVITY_SCHEMA)


def runner(activity: pa.Table) -> Run:
    """Runs SQL over a relation `activity` that holds the table."""
    connection = duckdb.connect()
    connection.register("activity", activity)
    return lambda sql: connection.sql(sql).to_arrow_table()


def regular(customer: int, every: float, orders: int, *, since: float = 0.5, value: float = 100.0) -> list[Did]:
    """`orders` orders, the newest `since` days ago, `every` days apart."""
    return [Did(customer, since + every * number, value=value, attrs='{"quantity":10}') for number in range(orders)]
