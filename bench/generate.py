"""Realistic activities at any size: skewed activity, every kind, churn stories planted on purpose (`generate_stories.py`).

    python -m bench.generate CUSTOMERS EVENTS FOLDER [--days 540] [--seed 7] [--warehouse FOLDER --workspace 1]

Writes one Parquet file per 30 days (`activity/month=00.parquet`, the shape of `facts.domain.activity`), `customers.parquet`
(number, key, industry, city, registered_us) and `stories.parquet` (who lives which story, since when it shows, when it ends).
`--warehouse` puts the activities into the file of a workspace there as well; no server may have it open. Same arguments, same
bytes. The stories are planted by us: that a signal finds one proves that it is wired, and nothing about how well it predicts.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from bench.generate_kinds import CHANNELS, KINDS, attributes_of, kinds_of, values_of
from bench.generate_stories import NAMES, Ints, People, activity_of, people_of

from liuke.facts.domain.activity import ACTIVITY_SCHEMA
from liuke.facts.domain.kinds import Kind
from liuke.warehouse.domain.upsert import hashed
from liuke.warehouse.files import Files

DAY_US = 86_400_000_000
START_US = 1_735_689_600_000_000
"""2025-01-01 UTC, the first day."""
MONTH = 30
INDUSTRIES = ("retail", "factory", "school", "software", "hotel")
CITIES = ("上海", "北京", "广州", "深圳", "成都", "杭州", "武汉")


@dataclass(frozen=True)
class Made:
    """How much to make. `events` is met within a percent: contracts come on top."""

    customers: int
    events: int
    days: int = 540
    seed: int = 7

    @property
    def end_us(self) -> int:
        """The moment after the last day: as of then every story that ends has ended or shows."""
        return START_US + self.days * DAY_US

    @cached_property
    def people(self) -> People:
        """Who there is."""
        return people_of(self.customers, self.days, np.random.default_rng(self.seed))

    @cached_property
    def daily(self) -> Ints:
        """How many activities each day has: as many as the customers alive are active."""
        total = np.array([activity_of(self.people, day).sum() for day in range(self.days)])
        edges = np.round(np.cumsum(total) / total.sum() * self.events).astype(np.int64)
        return np.diff(edges, prepend=0)


def months(made: Made) -> Iterator[pa.Table]:
    """The stream in time order, 30 days a table, in ACTIVITY_SCHEMA."""
    first = 0
    for start in range(0, made.days, MONTH):
        days = range(start, min(start + MONTH, made.days))
        chance = np.random.default_rng([made.seed, start])
        customer = np.concatenate([_who(made, day, chance) for day in days])
        day = np.repeat(np.array(days), made.daily[days.start : days.stop])
        yield _table(made, customer, day, first, chance)
        first += len(customer)


def contracts(made: Made) -> pa.Table:
    """Every third customer has a contract of a year from its first day, whose end is known from the start."""
    customer = np.arange(0, made.customers, 3)
    starts = START_US + made.people.signup[customer] * DAY_US
    size = len(customer)
    attrs = np.char.add(np.char.add('{"contract":"k', (customer + 1).astype(str)), '"}')
    each = {
        "source": ["made"] * size, "customer_id": customer + 1, "known_us": starts,
        "value": np.round(1_000 * made.people.weight[customer], 2), "channel": [None] * size, "actor": [None] * size, "attrs": attrs,
    }  # fmt: skip
    tables = []
    for kind, moments in ((Kind.CONTRACT_STARTED, starts), (Kind.CONTRACT_ENDS, starts + 365 * DAY_US)):
        ids = np.char.add(f"{kind.value}-", (customer + 1).astype(str))
        tables.append(pa.table({**each, "activity_id": ids, "ts_us": moments, "kind": [kind.value] * size}).select(ACTIVITY_SCHEMA.names))
    return pa.concat_tables(table.cast(ACTIVITY_SCHEMA) for table in tables)


def stories(made: Made) -> pa.Table:
    """`customer_id`, `story`, `shows_us` and `ends_us`: null where the story never shows, or does not end."""
    people = made.people
    moments = {name: START_US + days * DAY_US for name, days in (("shows_us", people.warning), ("ends_us", people.end))}
    masks = {"shows_us": people.warning >= made.days, "ends_us": people.end >= made.days}
    columns = {name: pa.array(moments[name], mask=masks[name]) for name in moments}
    return pa.table({"customer_id": np.arange(1, made.customers + 1), "story": np.array(NAMES)[people.story], **columns})


def customers(made: Made) -> pa.Table:
    """What is known of each customer: to be grouped by, or imported."""
    number = np.arange(1, made.customers + 1)
    return pa.table(
        {
            "customer_id": number,
            "key": np.char.add("C", number.astype(str)),
            "industry": np.array(INDUSTRIES)[number % len(INDUSTRIES)],
            "city": np.array(CITIES)[number % len(CITIES)],
            "registered_us": START_US + made.people.signup * DAY_US,
        }
    )


def write_parquet(made: Made, folder: Path) -> int:
    """All files; how many activities there are."""
    (folder / "activity").mkdir(parents=True, exist_ok=True)
    rows = 0
    for number, table in enumerate(_lazily(made)):
        name = "contracts" if number == 0 else f"month={number - 1:02d}"
        pq.write_table(table, folder / "activity" / f"{name}.parquet", compression="zstd", row_group_size=250_000)
        rows += table.num_rows
    pq.write_table(customers(made), folder / "customers.parquet")
    pq.write_table(stories(made), folder / "stories.parquet")
    return rows


def write_warehouse(made: Made, directory: Path, workspace_id: int) -> int:
    """The activities into the workspace's DuckDB file, as an import would leave them; how many it has then.

    The file must not have any of them: nothing is looked up first, which is what makes it quick.
    """
    files = Files(directory)
    columns = ", ".join([*ACTIVITY_SCHEMA.names, "key", "content", "order_key"])
    with files.cursor(workspace_id) as connection:
        for table in _lazily(made):
            connection.register("made", table)
            connection.execute(f"INSERT INTO activity ({columns}) SELECT {columns} FROM ({hashed('(SELECT *, 0 AS pos FROM made)')})")
            connection.unregister("made")
        rows = int(connection.execute("SELECT count(*) FROM activity").fetchone()[0])
    files.close_idle(idle_s=0)
    return rows


def _lazily(made: Made) -> Iterator[pa.Table]:
    yield contracts(made)
    yield from months(made)


def _who(made: Made, day: int, chance: np.random.Generator) -> Ints:
    """Who did the activities of a day, as places in `people`."""
    cumulative = np.cumsum(activity_of(made.people, day))
    return np.searchsorted(cumulative, chance.random(made.daily[day]) * cumulative[-1], side="right").astype(np.int64)


def _table(made: Made, customer: Ints, day: Ints, first: int, chance: np.random.Generator) -> pa.Table:
    size, people = len(customer), made.people
    hours = np.clip(chance.normal(13, 4, size), 0, 23.999)
    ts = START_US + day * DAY_US + (hours / 24 * DAY_US).astype(np.int64)
    order = np.argsort(ts, kind="stable")
    customer, day, ts = customer[order], day[order], ts[order]
    warned = day >= people.warning[customer]
    kind = kinds_of(people, customer, warned, chance)
    value = values_of(people, customer, kind, warned, chance)
    late = np.where(chance.random(size) < 0.02, chance.integers(0, 3 * DAY_US, size), 0)
    channel = chance.choice(len(CHANNELS), size, p=[0.45, 0.25, 0.10, 0.08, 0.12]).astype(np.int8)
    columns = {
        "source": pa.array(np.full(size, "made")),
        "activity_id": pa.array(np.arange(first, first + size)).cast(pa.string()),
        "customer_id": pa.array(customer + 1),
        "ts_us": pa.array(ts),
        "known_us": pa.array(ts + late),
        "kind": pa.DictionaryArray.from_arrays(pa.array(kind.astype(np.int8)), pa.array([one.value for one in KINDS])).cast(pa.string()),
        "value": pa.array(value, mask=np.isnan(value)),
        "channel": pa.DictionaryArray.from_arrays(pa.array(channel), pa.array(CHANNELS)).cast(pa.string()),
        "actor": pa.nulls(size, pa.string()),
        "attrs": attributes_of(kind, value, first),
    }
    return pa.table(columns, schema=ACTIVITY_SCHEMA)


def main() -> None:
    """Make and write; prints what there is as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, kind in (("customers", int), ("events", int), ("folder", Path)):
        parser.add_argument(name, type=kind)
    parser.add_argument("--days", type=int, default=540)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--warehouse", type=Path)
    parser.add_argument("--workspace", type=int, default=1)
    given = parser.parse_args()
    made = Made(given.customers, given.events, given.days, given.seed)
    rows = write_parquet(made, given.folder)
    if given.warehouse:
        write_warehouse(made, given.warehouse, given.workspace)
    print(json.dumps({"customers": given.customers, "activities": rows, "as_of_us": made.end_us}))


if __name__ == "__main__":
    main()
