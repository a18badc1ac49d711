"""The warehouse's contract: what a write may be, what it answers, and the interface that both engines fulfil."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeAlias

import pyarrow as pa
import pyarrow.parquet as pq

Parameters: TypeAlias = Sequence[object] | Mapping[str, object]
"""Values for `?` (a sequence) or `$name` (a mapping); JSON values and lists of them only."""

PARQUET_BATCH = 131_072
"""Rows decoded at a time from a Parquet file: what bounds the memory of a big import."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows to write, read as often as a retry needs: `batches` starts from the first row at every call."""

    schema: pa.Schema
    batches: Callable[[], Iterable[pa.RecordBatch]]

    @staticmethod
    def of(table: pa.Table) -> Rows:
        """The rows of a table in memory."""
        return Rows(table.schema, table.to_batches)

    @staticmethod
    def of_parquet(paths: Sequence[str | Path]) -> Rows:
        """The rows of Parquet files with one schema, streamed. Raises FileNotFoundError."""
        return Rows(pq.read_schema(paths[0]), lambda: _parquet_batches(paths))


def _parquet_batches(paths: Sequence[str | Path]) -> Iterator[pa.RecordBatch]:
    for path in paths:
        with pq.ParquetFile(path) as file:
            yield from file.iter_batches(batch_size=PARQUET_BATCH)


@dataclass(frozen=True, slots=True)
class Upsert:
    """Activities, each new or a correction of the stored row with its (source, activity_id).

    Answers `new`, `changed` and `same`: every row is judged against the one before it with that pair, in the order given, so
    the counts and the outcome do not depend on how rows are cut into batches. `from:<customer_id>` counts the rows that a correction
    took from a customer and gave to another one. `same` ignores `known_us` and keeps the stored
    one: reading a file again later does not make old facts younger. A correction brings its own `known_us`.
    """

    rows: Rows


@dataclass(frozen=True, slots=True)
class Annotate:
    """New attributes for stored activities, addressed by (source, activity_id); nothing else of a row changes. Answers `changed`.

    For what was found out about a row afterwards: it is no correction, so a source that tells the row again as before says the
    `same`, and what was added or taken away stays. Rows that are not stored are passed over. Columns: source, activity_id, attrs.
    """

    rows: Rows


@dataclass(frozen=True, slots=True)
class Replace:
    """Rows in place of all those of `table` where every column of `where` has its value. Answers `removed` and `added`."""

    table: str
    rows: Rows
    where: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Supersede:
    """Scores of some customers (rows of one moment) in place of their own later than `after_us`, up to that moment.

    A customer who has a score of a later moment already keeps that one. Answers `removed` and `added`. So a customer who is scored a
    hundred times between two runs over everybody leaves one row and not a hundred.
    """

    rows: Rows
    after_us: int


@dataclass(frozen=True, slots=True)
class Renew:
    """The table `frame` made anew from these rows, whatever their columns. Answers `added`."""

    rows: Rows


@dataclass(frozen=True, slots=True)
class Run:
    """A follow-up known by name (`writes.FOLLOW_UPS`), in the same transaction as the steps before it."""

    name: str


@dataclass(frozen=True, slots=True)
class Erase:
    """No row of these customers stays in any table that has a `customer_id`. Answers `removed`. `Warehouse.rewrite` makes the bytes go."""

    customer_ids: Sequence[int]


@dataclass(frozen=True, slots=True)
class Expire:
    """Activities of these kinds from before a moment (UTC microseconds) go. Answers `removed`."""

    kinds: Sequence[str]
    before_us: int


@dataclass(frozen=True, slots=True)
class Gather:
    """The activities of the customers `first` to `last`, both included, are written anew, side by side. Answers `moved`.

    Rows that arrived in many small appends lie scattered over the file; gathered, a customer's page reads few places. The rows
    themselves do not change.
    """

    first: int
    last: int


Step: TypeAlias = Upsert | Annotate | Replace | Supersede | Renew | Run | Erase | Expire | Gather
WITHOUT_ROWS = Run | Erase | Expire | Gather
"""Steps that bring no rows along."""


@dataclass(frozen=True, slots=True)
class Done:
    """The outcome of a transaction, kept with its batch id: a repeated call gets the first one's answer."""

    repeated: bool
    counts: Sequence[Mapping[str, int]] = ()
    """One per step."""
    note: Mapping[str, int] = field(default_factory=dict)
    """The caller's own counts, kept beside."""


class Warehouse(Protocol):
    """Everything the product asks of the warehouse; safe to share between threads.

    Every call may raise `Transient` (the daemon is away or the file is held by another process), `WarehouseError` (a statement
    failed) or `Conflict("warehouse_newer")` (the file was written by a newer release).
    """

    def query(self, workspace_id: int, sql: str, parameters: Parameters = ()) -> pa.Table:
        """The answer of one SELECT, in memory. `sql` comes from our own code, never from a user."""
        ...

    def stream(self, workspace_id: int, sql: str, parameters: Parameters = (), *, batch_rows: int = 65_536) -> pa.RecordBatchReader:
        """As `query`, batch by batch. Read it to the end or close it: until then it holds the file open."""
        ...

    def transact(self, workspace_id: int, batch_id: str | None, steps: Sequence[Step], note: Mapping[str, int] | None = None) -> Done:
        """All steps or none. A `batch_id` that was done before changes nothing and answers what it answered then.

        Without a `batch_id` the steps must be harmless when repeated, as a `Replace` is: a lost answer is tried again.
        """
        ...

    def batch_find(self, workspace_id: int, batch_id: str) -> Done | None:
        """The outcome of a batch, or None where it has not been done."""
        ...

    def drop(self, workspace_id: int) -> None:
        """Delete the workspace's file. Waits for running calls; a later call starts with an empty file."""
        ...

    def backup(self, workspace_id: int, path: Path) -> None:
        """Write a consistent copy to `path` (replaced), while others read and write."""
        ...

    def rewrite(self, workspace_id: int) -> None:
        """Make the file anew from the rows that stand: what was deleted leaves its bytes too. Other calls wait meanwhile.

        Killed anywhere, the old or the new file is there. Raises Transient("warehouse_busy") where a call does not end.
        """
        ...

    def close(self) -> None:
        """Let go of files and connections. The next call opens them again."""
        ...
