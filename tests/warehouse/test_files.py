"""Files open when asked, close when idle, and refuse what a newer release wrote."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import pytest

from liuke.base.errors import Conflict, Transient
from liuke.base.settings import from_environment
from liuke.warehouse.daemon import Daemon
from liuke.warehouse.domain.faults import WarehouseError, from_wire, to_wire
from liuke.warehouse.domain.steps import Upsert
from liuke.warehouse.files import Files
from liuke.warehouse.local import LocalWarehouse
from liuke.warehouse.runfile import Address, address_read, address_remove, address_write
from liuke.warehouse.service import open_warehouse
from tests.warehouse.rows import activity, rows


def test_one_process_has_one_warehouse_per_directory(tmp_path: Path) -> None:
    settings = from_environment({"LIUKE_DATA_DIR": str(tmp_path)})
    assert open_warehouse(settings) is open_warehouse(settings)


def test_idle_files_are_closed_and_opened_again(tmp_path: Path) -> None:
    warehouse = LocalWarehouse(tmp_path, idle_s=0)
    warehouse.transact(1, "b", [Upsert(rows([activity("a")]))])
    warehouse.query(2, "SELECT 1")
    with duckdb.connect(tmp_path / "1.duckdb", read_only=True) as other:
        assert other.execute("SELECT activity_id FROM activity").fetchall() == [("a",)]
    assert warehouse.query(1, "SELECT activity_id FROM activity").num_rows == 1


def test_a_file_in_use_is_not_removed(tmp_path: Path) -> None:
    files = Files(tmp_path)
    with files.cursor(1), pytest.raises(Transient, match="warehouse_busy"):
        files.remove(1, wait_s=0)
    files.remove(1)
    assert not files.path(1).exists()


def test_an_unfinished_stream_keeps_the_file_open_until_it_is_closed(tmp_path: Path) -> None:
    warehouse = LocalWarehouse(tmp_path)
    reader = warehouse.stream(1, "SELECT range AS n FROM range(500000)", batch_rows=2_048)
    reader.read_next_batch()
    with pytest.raises(Transient):
        warehouse.files.remove(1, wait_s=0)
    reader.read_all()
    warehouse.files.remove(1, wait_s=0)


def test_a_file_of_a_newer_release_is_refused_untouched(tmp_path: Path) -> None:
    LocalWarehouse(tmp_path, idle_s=0).query(1, "SELECT 1")
    path = tmp_path / "1.duckdb"
    with duckdb.connect(path) as newer:
        newer.execute("INSERT INTO schema_version VALUES (99, 0)")
    with pytest.raises(Conflict, match="warehouse_newer"):
        LocalWarehouse(tmp_path).query(1, "SELECT 1")


def test_no_extension_is_fetched_and_no_setting_can_be_undone(tmp_path: Path) -> None:
    files = Files(tmp_path)
    asked = ("autoinstall_known_extensions", "autoload_known_extensions", "allow_community_extensions", "enable_external_access")
    with files.cursor(1) as cursor:
        assert [cursor.execute(f"SELECT current_setting('{name}')").fetchone() for name in asked] == [(False,)] * 4
    with pytest.raises(WarehouseError), files.cursor(1) as cursor:
        cursor.execute("SET enable_external_access = true")


def test_the_address_file_survives_only_as_long_as_its_daemon(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.json"
    first, second = Address(1, "t1", 10), Address(2, "t2", 11)
    assert address_read(path) is None
    address_write(path, first)
    address_write(path, second)
    address_remove(path, first)
    assert address_read(path) == second
    address_remove(path, second)
    assert not path.exists()
    path.write_text("half a {", "utf-8")
    assert address_read(path) is None


def test_errors_travel_as_themselves() -> None:
    for error in (
        Transient("warehouse_busy", detail="x"),
        WarehouseError("warehouse_failed", detail="y"),
        Conflict("warehouse_newer", found=2),
    ):
        told = from_wire(to_wire(error))
        assert told is not None
        assert (type(told), told.code, told.params) == (type(error), error.code, error.params)
    assert from_wire(b"something else") is None


def test_rows_whose_client_never_came_back_are_forgotten(tmp_path: Path) -> None:
    daemon = Daemon(tmp_path / "warehouse", tmp_path / "spool", "token")
    left, fresh = tmp_path / "spool" / "left.arrow", tmp_path / "spool" / "fresh.arrow"
    left.touch()
    os.utime(left, (0, 0))
    fresh.touch()
    daemon.forget_uploads()
    daemon.shutdown()
    assert (left.exists(), fresh.exists()) == (False, True)
