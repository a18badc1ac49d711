"""Write one accepted batch: entities in one app-database transaction, then activities in one warehouse transaction.

That order makes a crash between the two harmless: the batch is run again, finds its entities as they are and adds the
activities, which the warehouse takes once per batch id.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.db import transaction

from liuke.accounts.domain.tombstones import Refusals
from liuke.accounts.service.clock import workspace_now
from liuke.accounts.service.tombstones import refusals_of
from liuke.accounts.store.models import Workspace
from liuke.align.domain.batch import AlignedBatch, ContactRow, ContractRow, CustomerRow, OpportunityRow, Written
from liuke.align.domain.erased import keys_refused
from liuke.base.errors import Invalid
from liuke.facts.domain.activity import ACTIVITY_SCHEMA
from liuke.facts.domain.merge import Counts, Fields
from liuke.facts.service.readings import RowReader, row_reader
from liuke.facts.store.entities import ChildRow, children_write, customer_ids, customers_create, customers_merge, customers_store
from liuke.facts.store.versions import OWNER, Change, changes_write
from liuke.warehouse.domain.steps import PARQUET_BATCH, Done, Rows, Run, Step, Upsert, Warehouse

_Row = TypeVar("_Row", ContactRow, ContractRow, OpportunityRow)


def batch_write(*, workspace: Workspace, batch: AlignedBatch, warehouse: Warehouse) -> Written:
    """Write everything in `batch`; a batch id that was done before changes nothing and answers what it answered then.

    The same rows under another batch id count as `same`. Every row counts once: customers, contacts, contracts,
    opportunities, activities. Customers known only from activities are created (`customers_new`) and are no rows. Order
    totals follow from their lines and are not counted. Raises Invalid("batch_without_customer") for a blank customer key.
    """
    done = warehouse.batch_find(workspace.pk, batch.batch_id)
    if done is not None:
        return _written(done)
    batch = _without_erased(batch, refusals_of(workspace.pk))
    keys = _customer_keys(batch)
    with transaction.atomic():
        Workspace.objects.select_for_update(no_key=True).get(pk=workspace.pk)
        counts, ids, created = _write_entities(workspace, batch, keys)
    note = {"new": counts.new, "changed": counts.changed, "same": counts.same, "customers_new": created}
    reader = row_reader(workspace.pk)
    steps: list[Step] = [Upsert(_activities(batch, ids, reader)), Run("order_totals")] if batch.activities else []
    return _written(warehouse.transact(workspace.pk, batch.batch_id, steps, note))


def _written(done: Done) -> Written:
    rows: Mapping[str, int] = done.counts[0] if done.counts else {}
    parts = {name: rows.get(name, 0) + done.note.get(name, 0) for name in ("new", "changed", "same")}
    moved = tuple(int(name.removeprefix("from:")) for name in rows if name.startswith("from:"))
    return Written(**parts, customers_new=done.note.get("customers_new", 0), moved_from=moved)


def _without_erased(batch: AlignedBatch, refusals: Refusals) -> AlignedBatch:
    """The batch without whoever was erased (DAT-18). Files have said so row by row in `align`; this stops every other way in."""
    refused = keys_refused(_customer_keys(batch), refusals) if refusals else frozenset[str]()
    if not refused:
        return batch
    activities = [_others(found, refused) for found in _batches(batch.activities)]
    return AlignedBatch(
        batch.batch_id,
        activities,
        [row for row in batch.customers if row.key not in refused],
        _children_without(batch.contacts, refused),
        _children_without(batch.contracts, refused),
        _children_without(batch.opportunities, refused),
    )


def _children_without(rows: Iterable[_Row], refused: Collection[str]) -> list[_Row]:
    return [row for row in rows if row.customer_key not in refused]


def _others(found: pa.RecordBatch, refused: Collection[str]) -> pa.Table:
    kept = pc.invert(pc.is_in(found.column("customer_key").cast(pa.string()), value_set=pa.array(sorted(refused), pa.string())))
    return pa.Table.from_batches([found.filter(kept)])


def _customer_keys(batch: AlignedBatch) -> list[str]:
    children: list[ChildRow] = [*batch.contacts, *batch.contracts, *batch.opportunities]
    keys = dict.fromkeys([row.key for row in batch.customers] + [row.customer_key for row in children])
    for found in _batches(batch.activities, ["customer_key"]):
        keys.update(dict.fromkeys(pc.unique(found.column("customer_key")).to_pylist()))
    if "" in keys or None in keys:
        raise Invalid("batch_without_customer", batch_id=batch.batch_id)
    return list(keys)


def _write_entities(workspace: Workspace, batch: AlignedBatch, keys: Sequence[str]) -> tuple[Counts, dict[str, int], int]:
    counts, created = _write_customers(workspace, batch.customers)
    ids = customer_ids(workspace.pk, keys)
    unknown = [key for key in keys if key not in ids]
    if unknown:
        ids |= customers_create(workspace.pk, unknown)
    for rows in (batch.contacts, batch.contracts, batch.opportunities):
        counts += children_write(rows, ids)
    return counts, ids, created + len(unknown)


def _write_customers(workspace: Workspace, rows: Sequence[CustomerRow]) -> tuple[Counts, int]:
    if not rows:
        return Counts(), 0
    merged, known = customers_merge(workspace.pk, rows)
    customers_store(workspace.pk, merged)
    ids = customer_ids(workspace.pk, merged.changed.keys())
    changes = [change for key, fields in merged.changed.items() for change in _changes(ids[key], known[key], fields)]
    now: datetime = workspace_now(workspace)
    changes_write(changes, now)
    return merged.counts, len(merged.created)


def _changes(customer_id: int, before: Fields, after: Fields) -> Iterator[Change]:
    since = before["registered_at"] if isinstance(before["registered_at"], datetime) else None
    if before["owner_id"] != after["owner_id"]:
        yield Change(customer_id, OWNER, before["owner_id"], after["owner_id"], since)
    old, new = before["attributes"], after["attributes"]
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for name in new:
            if new[name] != old.get(name):
                yield Change(customer_id, name, old.get(name), new[name], since)


def _activities(batch: AlignedBatch, ids: Mapping[str, int], reader: RowReader) -> Rows:
    """The batch's rows, what customers wrote read (facts/service/readings.py)."""
    keys = pa.array(ids.keys(), pa.string())
    numbers = pa.array(ids.values(), pa.int64())
    return Rows(ACTIVITY_SCHEMA, lambda: (reader.rows(_addressed(found, keys, numbers)) for found in _batches(batch.activities)))


def _addressed(found: pa.RecordBatch, keys: pa.Array, numbers: pa.Array) -> pa.RecordBatch:
    """Rows in ACTIVITY_SCHEMA: the customer's own key gives way to our id."""
    places = pc.index_in(found.column("customer_key").cast(pa.string()), value_set=keys)
    columns = [
        numbers.take(places) if field.name == "customer_id" else found.column(field.name).cast(field.type) for field in ACTIVITY_SCHEMA
    ]
    return pa.RecordBatch.from_arrays(columns, schema=ACTIVITY_SCHEMA)


def _batches(sources: Sequence[pa.Table | str], columns: list[str] | None = None) -> Iterator[pa.RecordBatch]:
    for source in sources:
        if isinstance(source, pa.Table):
            yield from (source.select(columns) if columns else source).to_batches(max_chunksize=PARQUET_BATCH)
        else:
            with pq.ParquetFile(source) as file:
                yield from file.iter_batches(batch_size=PARQUET_BATCH, columns=columns)
