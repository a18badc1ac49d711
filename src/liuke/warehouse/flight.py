"""The warehouse through the process that owns it; it may be restarted at any moment, on another port."""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import pyarrow as pa
import pyarrow.flight as fl

from liuke.base.errors import LiukeError, Transient
from liuke.warehouse.domain.faults import WarehouseError, from_wire
from liuke.warehouse.domain.steps import WITHOUT_ROWS, Done, Parameters, Rows, Step
from liuke.warehouse.domain.wire import HEADER, bearer, done_in, request, steps_out
from liuke.warehouse.runfile import Address, address_read

Answer = TypeVar("Answer")
FIRST_PAUSE_S = 0.02
LONGEST_PAUSE_S = 0.2


class FlightWarehouse:
    """`Warehouse` over loopback; see `domain.steps.Warehouse` for what each method promises.

    A call that meets no daemon is tried again for `patience_s` seconds, reading the address anew, and then raises
    Transient("warehouse_away"). Repeating is safe: queries read, transactions have their batch id.
    """

    def __init__(self, run_file: Path, *, patience_s: float = 8.0) -> None:
        self._run_file = run_file
        self._patience_s = patience_s
        self._lock = threading.Lock()
        self._address: Address | None = None
        self._client: fl.FlightClient | None = None

    def query(self, workspace_id: int, sql: str, parameters: Parameters = ()) -> pa.Table:
        """The answer of one SELECT."""
        ticket = _ticket(workspace_id, sql, parameters, 65_536)

        def ask(client: fl.FlightClient, options: fl.FlightCallOptions) -> pa.Table:
            return client.do_get(ticket, options).read_all()

        return self._call(ask)

    def stream(self, workspace_id: int, sql: str, parameters: Parameters = (), *, batch_rows: int = 65_536) -> pa.RecordBatchReader:
        """The answer of one SELECT in batches. A daemon that dies half way ends the stream with Transient: it is not resumed."""
        ticket = _ticket(workspace_id, sql, parameters, batch_rows)

        def ask(client: fl.FlightClient, options: fl.FlightCallOptions) -> pa.RecordBatchReader:
            return client.do_get(ticket, options).to_reader()

        reader = self._call(ask)
        return pa.RecordBatchReader.from_batches(reader.schema, _told_batches(reader))

    def transact(self, workspace_id: int, batch_id: str | None, steps: Sequence[Step], note: Mapping[str, int] | None = None) -> Done:
        """All steps or none, once per batch id. Rows are sent first, as often as the daemon is restarted."""

        def ask(client: fl.FlightClient, options: fl.FlightCallOptions) -> Done | None:
            uploads = [_upload(client, options, step.rows) for step in steps if not isinstance(step, WITHOUT_ROWS)]
            told = request(workspace_id=workspace_id, batch_id=batch_id, steps=steps_out(steps, uploads), note=dict(note or {}))
            return done_in(_act(client, options, "transact", told))

        done = (self.batch_find(workspace_id, batch_id) if batch_id is not None else None) or self._call(ask)
        if done is None:
            raise WarehouseError("warehouse_failed", detail="the daemon gave no outcome")
        return done

    def batch_find(self, workspace_id: int, batch_id: str) -> Done | None:
        """The outcome of a batch, if it was done."""
        return done_in(self._action("batch_find", workspace_id=workspace_id, batch_id=batch_id))

    def drop(self, workspace_id: int) -> None:
        """Delete the workspace's file."""
        self._action("drop", workspace_id=workspace_id)

    def backup(self, workspace_id: int, path: Path) -> None:
        """Write a copy to `path` on the daemon's machine."""
        self._action("backup", workspace_id=workspace_id, path=str(path.resolve()))

    def rewrite(self, workspace_id: int) -> None:
        """Make the workspace's file anew; once more where the daemon dies meanwhile, which is harmless."""
        self._action("rewrite", workspace_id=workspace_id)

    def answers(self) -> bool:
        """Whether a daemon answers at this moment; asks once."""
        try:
            with self._lock:
                client, options = self._connected()
            return _act(client, options, "ping", b"{}") == b"pong"
        except (fl.FlightError, pa.ArrowException, OSError, Transient):
            return False

    def vitals(self) -> dict[str, object]:
        """How the daemon's process fares, as `base.vitals` tells it."""
        told: dict[str, object] = json.loads(self._action("vitals"))
        return told

    def close(self) -> None:
        """Let go of the connection."""
        with self._lock:
            self._forget()

    def _action(self, name: str, **fields: object) -> bytes:
        body = request(**fields)

        def ask(client: fl.FlightClient, options: fl.FlightCallOptions) -> bytes:
            return _act(client, options, name, body)

        return self._call(ask)

    def _call(self, ask: Callable[[fl.FlightClient, fl.FlightCallOptions], Answer]) -> Answer:
        until = time.monotonic() + self._patience_s
        pause = FIRST_PAUSE_S
        while True:
            client: fl.FlightClient | None = None
            try:
                with self._lock:
                    client, options = self._connected()
                return ask(client, options)
            except (fl.FlightError, pa.ArrowException, OSError, Transient) as error:
                fault = _fault(error)
                if not isinstance(fault, Transient) or time.monotonic() + pause > until:
                    raise fault from error
                self._forget_if(client)
            time.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_S)

    def _connected(self) -> tuple[fl.FlightClient, fl.FlightCallOptions]:
        if self._client is None or self._address is None:
            self._address = address_read(self._run_file)
            if self._address is None:
                raise Transient("warehouse_away")
            self._client = fl.FlightClient(f"grpc://127.0.0.1:{self._address.port}")
        return self._client, fl.FlightCallOptions(headers=[(HEADER.encode(), bearer(self._address.token).encode())])

    def _forget_if(self, client: fl.FlightClient | None) -> None:
        """Drop a connection that failed, unless another thread has already made a new one."""
        with self._lock:
            if client is not None and client is self._client:
                self._forget()

    def _forget(self) -> None:
        # not closed: another thread may be in the middle of a call on it; it goes with its last user
        self._client = self._address = None


def _ticket(workspace_id: int, sql: str, parameters: Parameters, batch_rows: int) -> fl.Ticket:
    told = dict(parameters) if isinstance(parameters, Mapping) else list(parameters)
    return fl.Ticket(request(workspace_id=workspace_id, sql=sql, parameters=told, batch_rows=batch_rows))


def _act(client: fl.FlightClient, options: fl.FlightCallOptions, name: str, body: bytes) -> bytes:
    return b"".join(result.body.to_pybytes() for result in client.do_action(fl.Action(name, body), options))


def _upload(client: fl.FlightClient, options: fl.FlightCallOptions, rows: Rows) -> str:
    name = secrets.token_hex(16)
    writer, _ = client.do_put(fl.FlightDescriptor.for_command(name.encode()), rows.schema, options)
    with writer:
        for batch in rows.batches():
            writer.write_batch(batch)
    return name


def _fault(error: Exception) -> LiukeError:
    """Our error: the daemon's own, or that it is away. Anything else that Flight reports is a fault of ours."""
    told = from_wire(getattr(error, "extra_info", b"") or b"")
    if told is not None:
        return told
    if isinstance(error, LiukeError):
        return error
    away = (fl.FlightUnavailableError, fl.FlightUnauthenticatedError, fl.FlightInternalError, fl.FlightCancelledError, OSError)
    if isinstance(error, away):
        return Transient("warehouse_away")
    return WarehouseError("warehouse_failed", detail=str(error).splitlines()[0] if str(error) else type(error).__name__)


def _told_batches(reader: pa.RecordBatchReader) -> Iterator[pa.RecordBatch]:
    try:
        yield from reader
    except (fl.FlightError, pa.ArrowException, OSError) as error:
        raise _fault(error) from error
