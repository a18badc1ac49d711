"""The shipped sample, aligned by the same functions as a user's files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.compute as pc

from liuke.align.domain.batch import AlignedBatch
from liuke.align.domain.entities import ENTITIES
from liuke.align.domain.events import TO_ACTIVITIES, Alignment
from liuke.align.domain.orders import line_rows
from liuke.align.domain.rows import RowFacts, contact_rows, contract_rows, customer_rows, opportunity_rows
from liuke.base.times import to_us
from liuke.connect.sources.sample.lines import SAMPLE_CURRENCY, SAMPLE_ZONE, sample_lines
from liuke.connect.sources.sample.made import made_tables

SAMPLE_SOURCE = "sample"
"""Source of the real order lines."""
MADE_SOURCE = "sample-made"
"""Source of everything generated; its activities carry `"sample": true` in `attrs`."""
MADE_FIELDS = ("name", "industry")
"""Fields of a sample customer that are generated; key, country and first order are real."""
_CHUNK = 100_000
_FAR_FUTURE = datetime(2012, 12, 31, tzinfo=UTC)


def sample_batches(*, as_of: datetime) -> Iterator[AlignedBatch]:
    """The sample workspace in two batches: `sample-real` (customers, order lines), `sample-made` (generated rows).

    `as_of` (aware): the moment the workspace opens at; open opportunities are made for it. All activities up to
    2011-12-09 come along, so everything shown must respect the workspace's clock. About five CPU seconds.
    """
    lines = sample_lines()
    made = {name: complete(name, rows) for name, rows in made_tables(lines, to_us(as_of)).items()}
    facts = RowFacts(currency=SAMPLE_CURRENCY, now=as_of, sample_fields=MADE_FIELDS)
    yield AlignedBatch(
        batch_id="sample-real",
        activities=line_tables(lines),
        customers=customer_rows(made["customers"], facts),
    )
    how = Alignment(source=MADE_SOURCE, zone=SAMPLE_ZONE, now_us=to_us(_FAR_FUTURE), sample=True)
    tables = [table for name, rows in made.items() if name in TO_ACTIVITIES for table in TO_ACTIVITIES[name](rows, how)]
    yield AlignedBatch(
        batch_id="sample-made",
        activities=tables,
        contacts=contact_rows(made["contacts"], facts),
        contracts=contract_rows(made["contracts"], facts),
        opportunities=opportunity_rows(made["opportunities"], facts),
    )


def line_tables(lines: pa.Table) -> list[pa.Table]:
    """`order.line` activities of the real lines; the warehouse sums them to orders."""
    clean = complete(
        "orders",
        pa.table(
            {
                "order_id": lines["invoice"],
                "customer_key": lines["customer"],
                "ordered_at": lines["ts_us"],
                "sku": lines["sku"],
                "description": lines["description"],
                "quantity": lines["quantity"],
                "price": lines["price"],
                "status": pc.if_else(pc.starts_with(lines["invoice"], "C"), "cancelled", "placed"),
            }
        ),
    )
    how = Alignment(source=SAMPLE_SOURCE, zone=SAMPLE_ZONE, now_us=to_us(_FAR_FUTURE))
    return [table for start in range(0, clean.num_rows, _CHUNK) for table in line_rows(clean.slice(start, _CHUNK), how)]


def complete(entity: str, rows: pa.Table) -> pa.Table:
    """Rows with every field of the entity as a column of its type, null where they have none."""
    schema = ENTITIES[entity].schema
    columns = [
        pc.cast(rows[field.name], field.type) if field.name in rows.column_names else pa.nulls(rows.num_rows, field.type)
        for field in schema
    ]
    return pa.table(columns, schema=schema)
