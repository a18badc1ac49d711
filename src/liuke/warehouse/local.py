"""The warehouse inside this process: for the CLI, tests, notebooks, and behind the daemon."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from shutil import move

import duckdb
import pyarrow as pa

from liuke.warehouse.domain.faults import WarehouseError
from liuke.warehouse.domain.steps import Done, Parameters, Step
from liuke.warehouse.files import Files, as_fault
from liuke.warehouse.writes import batch_find, batch_note, carry_out, stage


class LocalWarehouse:
    """`Warehouse` over files that this process owns; see `domain.steps.Warehouse` for what each method promises.

    Two of them over one directory in one process would not see each other's write lock: take it from `open_warehouse`.
    """

    def __init__(self, directory: Path, *, idle_s: float = 300.0) -> None:
        self.files = Files(directory, idle_s=idle_s)

    def query(self, workspace_id: int, sql: str, parameters: Parameters = ()) -> pa.Table:
        """The answer of one SELECT."""
        with self.files.cursor(workspace_id) as cursor:
            table: pa.Table = cursor.sql(_select(cursor, sql), params=parameters or None).to_arrow_table()
            return table

    def stream(self, workspace_id: int, sql: str, parameters: Parameters = (), *, batch_rows: int = 65_536) -> pa.RecordBatchReader:
        """The answer of one SELECT in batches; the cursor is given back with the last one."""
        with ExitStack() as opened:
            cursor = opened.enter_context(self.files.cursor(workspace_id))
            reader = cursor.sql(_select(cursor, sql), params=parameters or None).to_arrow_reader(batch_rows)
            return pa.RecordBatchReader.from_batches(reader.schema, _drained(reader, opened.pop_all()))

    def transact(self, workspace_id: int, batch_id: str | None, steps: Sequence[Step], note: Mapping[str, int] | None = None) -> Done:
        """All steps or none, once per batch id."""
        with self.files.cursor(workspace_id) as cursor:
            if batch_id is not None and (known := batch_find(cursor, batch_id)):
                return known
            stage(cursor, steps)
            with self.files.writing(workspace_id, cursor):
                if batch_id is not None and (known := batch_find(cursor, batch_id)):
                    return known
                done = Done(repeated=False, counts=carry_out(cursor, steps), note=note or {})
                if batch_id is not None:
                    batch_note(cursor, batch_id, done)
            return done

    def batch_find(self, workspace_id: int, batch_id: str) -> Done | None:
        """The outcome of a batch, if it was done."""
        with self.files.cursor(workspace_id) as cursor:
            return batch_find(cursor, batch_id)

    def drop(self, workspace_id: int) -> None:
        """Delete the file."""
        self.files.remove(workspace_id)

    def backup(self, workspace_id: int, path: Path) -> None:
        """Copy through DuckDB's own snapshot.

        Never by reading the file: closing any handle to it would give up this process's lock on it (POSIX).
        """
        part = self.files.directory / f"backup-{workspace_id}-{secrets.token_hex(4)}.duckdb"
        try:
            with self.files.cursor(workspace_id) as cursor:
                _copy(cursor, part)
            path.parent.mkdir(parents=True, exist_ok=True)
            aside = path.with_name(path.name + ".part")
            move(part, aside)
            aside.replace(path)
        finally:
            part.unlink(missing_ok=True)

    def rewrite(self, workspace_id: int) -> None:
        """Copy what stands into a new file and put it in the old one's place."""
        part = self.files.directory / f"rewrite-{workspace_id}.duckdb"
        for left in (part, part.with_name(part.name + ".wal")):
            left.unlink(missing_ok=True)
        try:
            with self.files.alone(workspace_id) as connection:
                for left in self.files.directory.glob(f"backup-{int(workspace_id)}-*.duckdb*"):
                    left.unlink(missing_ok=True)  # of a backup that was killed: nobody else is in the file now
                _copy(connection, part)
                self.files.swap(workspace_id, part)
        finally:
            part.unlink(missing_ok=True)

    def close(self) -> None:
        """Close every file that nobody is using at this moment."""
        self.files.close_idle(idle_s=0)


def _copy(cursor: duckdb.DuckDBPyConnection, path: Path) -> None:
    found = cursor.execute("SELECT current_database()").fetchone()
    source = found[0] if found else ""
    quoted = str(path).replace("'", "''")
    cursor.execute(f"ATTACH '{quoted}' AS file_copy")
    cursor.execute(f'COPY FROM DATABASE "{source}" TO file_copy')
    cursor.execute("DETACH file_copy")


def _select(cursor: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
    statements = cursor.extract_statements(sql)
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise WarehouseError("warehouse_failed", detail="query takes exactly one SELECT")
    return statements[0]


def _drained(reader: pa.RecordBatchReader, opened: ExitStack) -> Iterator[pa.RecordBatch]:
    with opened:
        try:
            yield from reader
        except duckdb.Error as error:
            raise as_fault(error) from error
