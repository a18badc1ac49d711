"""The process that owns the DuckDB files: a `LocalWarehouse` behind Arrow Flight on loopback, with a token.

Uploaded rows wait in `<data>/run/spool` (Arrow streams) until their transaction; a restart forgets them and clients send again.
"""

from __future__ import annotations

import hmac
import json
import logging
import os
import secrets
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.flight as fl

from liuke.base.errors import LiukeError, Transient
from liuke.base.settings import Settings, from_environment
from liuke.base.stopping import stop_on
from liuke.warehouse.domain.faults import to_wire
from liuke.warehouse.domain.steps import Rows
from liuke.warehouse.domain.wire import HEADER, bearer, done_out, steps_in
from liuke.warehouse.local import LocalWarehouse
from liuke.warehouse.runfile import Address, address_remove, address_write, only_daemon, run_path

log = logging.getLogger("liuke.warehouse")
IDLE_CHECK_S = 30.0


class _TokenCheck(fl.ServerMiddlewareFactory):  # type: ignore[misc]  # the stubs leave Flight's base classes untyped
    """Refuses every call without the token of this start."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self._wanted = bearer(token)

    def start_call(self, _info: fl.CallInfo, headers: dict[str, list[str]]) -> None:
        """Called by Flight before each call; lets it pass or raises."""
        given = next(iter(headers.get(HEADER, [])), "")
        if not hmac.compare_digest(given, self._wanted):
            raise fl.FlightUnauthenticatedError("token")


class Daemon(fl.FlightServerBase):  # type: ignore[misc]  # as above
    """Answers clients from its start on; `port` is the one it got."""

    def __init__(self, directory: Path, spool: Path, token: str, port: int = 0) -> None:
        super().__init__(f"grpc://127.0.0.1:{port}", middleware={"token": _TokenCheck(token)})
        self.warehouse = LocalWarehouse(directory)
        shutil.rmtree(spool, ignore_errors=True)
        spool.mkdir(parents=True)
        self._spool = spool
        self._actions: dict[str, Callable[[dict[str, object]], bytes]] = {
            "ping": lambda _asked: b"pong",
            "transact": self._transact,
            "batch_find": lambda asked: done_out(self.warehouse.batch_find(_workspace(asked), str(asked["batch_id"]))),
            "drop": self._drop,
            "backup": self._backup,
        }

    def do_get(self, _context: fl.ServerCallContext, ticket: fl.Ticket) -> fl.FlightDataStream:
        """One SELECT, streamed."""
        with _told():
            asked = json.loads(ticket.ticket)
            reader = self.warehouse.stream(_workspace(asked), asked["sql"], asked["parameters"], batch_rows=asked["batch_rows"])
            return fl.GeneratorStream(reader.schema, _told_batches(reader))

    def do_put(
        self,
        _context: fl.ServerCallContext,
        descriptor: fl.FlightDescriptor,
        reader: fl.MetadataRecordBatchReader,
        _writer: fl.FlightMetadataWriter,
    ) -> None:
        """Rows for a later transaction, under the name that the client chose."""
        path = self._upload(descriptor.command.decode())
        with _told(), pa.OSFile(str(path), "wb") as file, pa.ipc.new_stream(file, reader.schema) as out:
            for chunk in reader:
                out.write_batch(chunk.data)

    def do_action(self, _context: fl.ServerCallContext, action: fl.Action) -> list[bytes]:
        """Everything that is not a stream of rows."""
        with _told():
            asked = json.loads(action.body.to_pybytes())
            return [self._actions[action.type](asked)]

    def forget_uploads(self, *, older_than_s: float = 3_600.0) -> None:
        """Delete rows whose client never came back for its transaction."""
        limit = time.time() - older_than_s
        for path in self._spool.iterdir():
            if path.stat().st_mtime < limit:
                path.unlink(missing_ok=True)

    def _transact(self, asked: dict[str, object]) -> bytes:
        told, note, batch_id = asked["steps"], asked["note"], asked["batch_id"]
        if not isinstance(told, list) or not isinstance(note, dict):
            raise Transient("warehouse_away")
        names = [str(step["upload"]) for step in told if "upload" in step]
        try:
            steps = steps_in(told, {name: _uploaded(self._upload(name)) for name in names})
            return done_out(self.warehouse.transact(_workspace(asked), None if batch_id is None else str(batch_id), steps, note))
        finally:
            for name in names:
                self._upload(name).unlink(missing_ok=True)

    def _drop(self, asked: dict[str, object]) -> bytes:
        self.warehouse.drop(_workspace(asked))
        return b""

    def _backup(self, asked: dict[str, object]) -> bytes:
        self.warehouse.backup(_workspace(asked), Path(str(asked["path"])))
        return b""

    def _upload(self, name: str) -> Path:
        return self._spool / f"{int(name, 16):032x}.arrow"


def serve(settings: Settings, port: int = 0) -> None:
    """Own the installation's warehouse until SIGTERM or SIGINT. Call it in the main thread of a process of its own.

    Writes the address file when it answers, removes it on a clean stop. Raises Conflict("warehouse_running").
    """
    path = run_path(settings)
    with only_daemon(path):
        stop = stop_on(signal.SIGTERM, signal.SIGINT)
        token = secrets.token_urlsafe(32)
        daemon = Daemon(settings.warehouse_dir, path.parent / "spool", token, port)
        address = Address(daemon.port, token, os.getpid())
        address_write(path, address)
        log.info("warehouse answers on port %s", daemon.port)
        while not stop.wait(IDLE_CHECK_S):
            daemon.warehouse.files.close_idle()
            daemon.forget_uploads()
        address_remove(path, address)
        daemon.shutdown()
        daemon.warehouse.close()


def _workspace(asked: dict[str, object]) -> int:
    return int(str(asked["workspace_id"]))


def _uploaded(path: Path) -> Rows:
    if not path.exists():
        raise Transient("warehouse_away")
    with pa.OSFile(str(path)) as file, pa.ipc.open_stream(file) as reader:
        return Rows(reader.schema, lambda: _spooled(path))


def _spooled(path: Path) -> Iterator[pa.RecordBatch]:
    with pa.OSFile(str(path)) as file, pa.ipc.open_stream(file) as reader:
        yield from reader


@contextmanager
def _told() -> Iterator[None]:
    """Our errors reach the client as themselves."""
    try:
        yield
    except LiukeError as error:
        raise fl.FlightServerError(error.code, extra_info=to_wire(error)) from error


def _told_batches(reader: pa.RecordBatchReader) -> Iterator[pa.RecordBatch]:
    with _told():
        yield from reader


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    serve(from_environment())
