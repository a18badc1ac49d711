"""Copies of DuckDB files that no warehouse has open: what they hold, and which version they are of."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import duckdb

from liuke.warehouse.files import as_fault


def files_in(directory: Path) -> Mapping[int, Path]:
    """The workspaces' files of a warehouse's directory, by workspace."""
    return {int(path.stem): path for path in sorted(directory.glob("*.duckdb")) if path.stem.isdigit()}


def copy_figures(path: Path) -> Mapping[str, int]:
    """`version` and the rows of `activity` and `score`. Raises WarehouseError for a file that DuckDB cannot read."""
    try:
        with duckdb.connect(path, read_only=True) as connection:
            rows = {table: _number(connection, f"SELECT count(*) FROM {table}") for table in ("activity", "score")}
            return {"version": _number(connection, "SELECT coalesce(max(version), 0) FROM schema_version"), **rows}
    except duckdb.Error as error:
        raise as_fault(error) from error


def _number(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    found = connection.execute(sql).fetchone()
    return int(found[0]) if found else 0


def batches_forget(path: Path, *, since_us: int) -> None:
    """Forget that batches were done at this moment or later (UTC microseconds, the real clock); their rows stay."""
    try:
        with duckdb.connect(path) as connection:
            connection.execute("DELETE FROM batch_done WHERE at_us >= ?", [since_us])
    except duckdb.Error as error:
        raise as_fault(error) from error


class FilesAtRest:
    """Files that nobody has open, copied as they are: opening one would bring it to this program's version."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def backup(self, workspace_id: int, path: Path) -> None:
        """Copy the file to `path`, and what its last owner had only noted in the log beside it."""
        own = files_in(self._directory)[workspace_id]
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(own, path)
        log = own.with_name(own.name + ".wal")
        if log.exists():
            shutil.copyfile(log, path.with_name(path.name + ".wal"))
            with duckdb.connect(path) as connection:
                connection.execute("CHECKPOINT")
