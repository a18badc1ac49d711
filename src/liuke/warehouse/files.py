"""The open DuckDB files of this process: one connection per workspace, a cursor per call, one writer at a time."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from liuke.base.errors import Conflict, LiukeError, Transient
from liuke.base.times import to_us, utc_now
from liuke.warehouse.domain.faults import WarehouseError
from liuke.warehouse.domain.schema import MIGRATIONS

MEMORY_SHARE = 0.3
"""Part of the machine's memory that one workspace's queries may take before DuckDB spills to disk."""


def as_fault(error: duckdb.Error) -> LiukeError:
    """Our error for one of DuckDB's; only the first line of its text, which names columns and not rows."""
    detail = (str(error).strip() or type(error).__name__).splitlines()[0]
    if "Could not set lock" in detail:
        return Transient("warehouse_locked", detail=detail)
    if isinstance(error, duckdb.TransactionException):
        return Transient("warehouse_busy", detail=detail)
    return WarehouseError("warehouse_failed", detail=detail)


@dataclass(slots=True)
class _Open:
    connection: duckdb.DuckDBPyConnection
    users: int = 0
    used_at: float = 0.0
    writing: threading.Lock = field(default_factory=threading.Lock)


class Files:
    """Opens files when they are asked for and closes those idle for `idle_s` seconds at the next call of anybody."""

    def __init__(self, directory: Path, *, idle_s: float = 300.0) -> None:
        self.directory = directory
        self.idle_s = idle_s
        self._open: dict[int, _Open] = {}
        self._alone: set[int] = set()
        """Workspaces whose file is being replaced: who comes waits."""
        self._changed = threading.Condition()

    def path(self, workspace_id: int) -> Path:
        """The workspace's file; it need not exist."""
        return self.directory / f"{int(workspace_id)}.duckdb"

    @contextmanager
    def cursor(self, workspace_id: int) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor of one's own: temporary tables and transactions on it are invisible to other calls."""
        entry = self._enter(workspace_id)
        cursor = entry.connection.cursor()
        try:
            yield cursor
        except duckdb.Error as error:
            raise as_fault(error) from error
        finally:
            cursor.close()
            self._leave(entry)

    @contextmanager
    def writing(self, workspace_id: int, cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
        """A transaction on a cursor got from `cursor()`, the only writing one of its workspace; rolled back by any error."""
        with self._open[workspace_id].writing:
            cursor.execute("BEGIN TRANSACTION")
            done = False
            try:
                yield
                cursor.execute("COMMIT")
                done = True
            finally:
                if not done:
                    _rollback(cursor)

    def remove(self, workspace_id: int, *, wait_s: float = 30.0) -> None:
        """Close and delete the workspace's file when its last call is over. Raises Transient after `wait_s`."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._is_free(workspace_id), wait_s):
                raise Transient("warehouse_busy", detail=f"workspace {workspace_id} is in use")
            self._close(workspace_id)
            path = self.path(workspace_id)
            for each in (path, path.with_name(path.name + ".wal")):
                each.unlink(missing_ok=True)

    @contextmanager
    def alone(self, workspace_id: int, *, wait_s: float = 30.0) -> Iterator[duckdb.DuckDBPyConnection]:
        """The file's connection when its last call is over; others wait until the block ends. Raises Transient after `wait_s`."""
        with self._changed:
            if not self._changed.wait_for(lambda: workspace_id not in self._alone, wait_s):
                raise Transient("warehouse_busy", detail=f"workspace {workspace_id} is in use")
            self._alone.add(workspace_id)
        try:
            with self._changed:
                if not self._changed.wait_for(lambda: self._is_free(workspace_id), wait_s):
                    raise Transient("warehouse_busy", detail=f"workspace {workspace_id} is in use")
                entry = self._entered(workspace_id)
            try:
                yield entry.connection
            except duckdb.Error as error:
                raise as_fault(error) from error
            finally:
                self._leave(entry)
        finally:
            with self._changed:
                self._alone.discard(workspace_id)
                self._changed.notify_all()

    def swap(self, workspace_id: int, path: Path) -> None:
        """Put a finished file in the place of the workspace's, inside `alone`; the next call opens it."""
        with self._changed:
            self._close(workspace_id)
            own = self.path(workspace_id)
            own.with_name(own.name + ".wal").unlink(missing_ok=True)
            path.replace(own)

    def close_idle(self, *, idle_s: float | None = None) -> None:
        """Close the files that nobody used for a while, so that another process may open them."""
        limit = time.monotonic() - (self.idle_s if idle_s is None else idle_s)
        with self._changed:
            for workspace_id in [key for key, entry in self._open.items() if not entry.users and entry.used_at <= limit]:
                self._close(workspace_id)

    def _is_free(self, workspace_id: int) -> bool:
        entry = self._open.get(workspace_id)
        return entry is None or entry.users == 0

    def _enter(self, workspace_id: int) -> _Open:
        self.close_idle()
        with self._changed:
            self._changed.wait_for(lambda: workspace_id not in self._alone)
            return self._entered(workspace_id)

    def _entered(self, workspace_id: int) -> _Open:
        entry = self._open.get(workspace_id)
        if entry is None:
            entry = self._open[workspace_id] = _Open(self._connect(workspace_id))
        entry.users += 1
        return entry

    def _leave(self, entry: _Open) -> None:
        with self._changed:
            entry.users -= 1
            entry.used_at = time.monotonic()
            self._changed.notify_all()

    def _close(self, workspace_id: int) -> None:
        entry = self._open.pop(workspace_id, None)
        if entry is not None:
            entry.connection.close()

    def _connect(self, workspace_id: int) -> duckdb.DuckDBPyConnection:
        self.directory.mkdir(parents=True, exist_ok=True)
        try:
            connection = duckdb.connect(self.path(workspace_id), config=_config(self.directory))
            _fence(connection, self.directory)
            _migrate(connection)
        except duckdb.Error as error:
            raise as_fault(error) from error
        return connection


def _config(directory: Path) -> dict[str, str | bool | int | float | list[str]]:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "memory_limit": f"{max(1024, int(memory * MEMORY_SHARE / 2**20))}MiB",
        "threads": min(8, os.cpu_count() or 1),
        "temp_directory": str(directory / "tmp"),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "allow_community_extensions": False,
    }


def _fence(connection: duckdb.DuckDBPyConnection, directory: Path) -> None:
    """No file outside the warehouse's directory and no address: a wrong statement cannot read the machine."""
    found = connection.execute("SELECT current_setting('enable_external_access')").fetchone()
    if found and found[0]:
        connection.execute("SET allowed_directories = ?", [[str(directory)]])
        connection.execute("SET enable_external_access = false")


def _rollback(cursor: duckdb.DuckDBPyConnection) -> None:
    try:
        cursor.execute("ROLLBACK")
    except duckdb.TransactionException:
        return  # a failed COMMIT has already rolled back


def _migrate(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL, at_us BIGINT NOT NULL)")
    found = connection.execute("SELECT coalesce(max(version), 0) FROM schema_version").fetchone()
    version = int(found[0]) if found else 0
    if version > len(MIGRATIONS):
        connection.close()
        raise Conflict("warehouse_newer", found=version, known=len(MIGRATIONS))
    for number, statements in enumerate(MIGRATIONS[version:], start=version + 1):
        connection.execute("BEGIN TRANSACTION")
        for statement in statements:
            connection.execute(statement)
        connection.execute("INSERT INTO schema_version VALUES (?, ?)", [number, to_us(utc_now())])
        connection.execute("COMMIT")
