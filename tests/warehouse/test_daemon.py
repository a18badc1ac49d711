"""The daemon's life: address and token, restarts, kill -9, and the lock on its files."""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyarrow.flight as fl
import pytest

from liuke.base.errors import Transient
from liuke.warehouse.domain.steps import Run, Upsert
from liuke.warehouse.flight import FlightWarehouse
from liuke.warehouse.local import LocalWarehouse
from liuke.warehouse.runfile import address_read, run_path
from liuke.warehouse.service import open_warehouse
from tests.warehouse.processes import DaemonProcess
from tests.warehouse.rows import activity, rows

COUNT = "SELECT count(*) AS n FROM activity"


@pytest.fixture
def own(tmp_path: Path) -> Iterator[DaemonProcess]:
    """A daemon that the test may stop and kill."""
    process = DaemonProcess(tmp_path)
    yield process
    process.process.kill()
    process.process.wait()


def test_the_address_file_is_private_and_goes_with_a_clean_stop(own: DaemonProcess) -> None:
    client = own.client()
    client.query(1, COUNT)
    path = run_path(own.settings)
    address = address_read(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert address is not None
    assert address.pid == own.process.pid
    assert own.stop() == 0
    assert not path.exists()
    with pytest.raises(Transient, match="warehouse_away"):
        FlightWarehouse(path, patience_s=0).query(1, COUNT)


def test_a_call_without_the_token_is_refused(own: DaemonProcess) -> None:
    own.client().query(1, COUNT)
    address = address_read(run_path(own.settings))
    assert address is not None
    stranger = fl.FlightClient(f"grpc://127.0.0.1:{address.port}")
    for options in (fl.FlightCallOptions(), fl.FlightCallOptions(headers=[(b"authorization", b"Bearer guess")])):
        with pytest.raises(fl.FlightUnauthenticatedError):
            list(stranger.do_action(fl.Action("ping", b"{}"), options))


def test_a_client_finds_a_restarted_daemon_on_its_new_port(own: DaemonProcess) -> None:
    client = own.client()
    client.transact(1, "b", [Upsert(rows([activity("a")]))])
    before = address_read(run_path(own.settings))
    own.kill()
    assert client.query(1, COUNT)["n"].to_pylist() == [1]
    assert address_read(run_path(own.settings)) != before


def test_a_second_daemon_of_the_same_data_gives_up(own: DaemonProcess) -> None:
    client = own.client()
    client.query(1, COUNT)
    second = DaemonProcess(own.data)
    assert second.process.wait(timeout=20) == 1
    assert client.query(1, COUNT)["n"].to_pylist() == [0]


def test_the_daemon_is_taken_where_it_answers_else_this_process(own: DaemonProcess) -> None:
    own.client().query(1, COUNT)
    assert isinstance(open_warehouse(own.settings), FlightWarehouse)
    own.stop()
    assert isinstance(open_warehouse(own.settings), LocalWarehouse)
    assert isinstance(open_warehouse(own.settings, daemon=True), FlightWarehouse)


def test_a_dead_daemons_address_does_not_keep_the_command_line_waiting(own: DaemonProcess) -> None:
    own.client().query(1, COUNT)
    own.process.kill()
    own.process.wait()
    assert isinstance(open_warehouse(own.settings), LocalWarehouse)


def test_a_file_held_by_another_process_is_said_so_and_free_when_idle(own: DaemonProcess) -> None:
    local = LocalWarehouse(own.settings.warehouse_dir)
    assert local.query(1, COUNT)["n"].to_pylist() == [0]
    with pytest.raises(Transient, match="warehouse_locked"):
        own.client(patience_s=2.0).query(1, COUNT)
    local.close()
    assert own.client().query(1, COUNT)["n"].to_pylist() == [0]


@pytest.mark.slow
def test_twenty_kills_over_hundreds_of_batches_lose_nothing_and_double_nothing(own: DaemonProcess) -> None:
    """Architecture decision 3: every batch answered is stored once, wherever in its transaction the daemon died."""
    chance = random.Random(7)
    client = own.client()
    batches, per_batch, kills = 240, 25, 0
    client.query(1, COUNT)
    answered: Counter[str] = Counter()
    for number in range(batches):
        killer: threading.Timer | None = None
        if number % 11 == 7:
            killer = threading.Timer(chance.uniform(0.0, 0.012), own.kill)
            killer.start()
            kills += 1
        given = [activity(f"{number}-{place}", 1.0, kind="order.line", order_id=f"o{number // 2}") for place in range(per_batch)]
        done = client.transact(1, f"b{number}", [Upsert(rows(given)), Run("order_totals")])
        answered.update(done.counts[0])
        if killer is not None:
            killer.join()
    assert kills >= 20
    found = client.query(
        1, "SELECT kind, count(*) AS n, count(DISTINCT activity_id) AS ids, sum(value) AS value FROM activity GROUP BY kind"
    )
    assert {row["kind"]: (row["n"], row["ids"], row["value"]) for row in found.to_pylist()} == {
        "order.line": (batches * per_batch, batches * per_batch, batches * per_batch),
        "order.placed": (batches // 2, batches // 2, batches * per_batch),
    }
    assert client.query(1, "SELECT count(*) AS n FROM batch_done")["n"].to_pylist() == [batches]
    assert answered == {"new": batches * per_batch, "changed": 0, "same": 0}
