"""The lake holds what the warehouse holds, whatever happened in between, and a reader never sees half of it."""

from __future__ import annotations

import json
import multiprocessing
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liuke.base.errors import Conflict
from liuke.base.times import to_us
from liuke.warehouse import Annotate, Rows, Upsert, Warehouse
from liuke.warehouse import lake_files as files_of_lake
from liuke.warehouse.domain.schema import ACTIVITY_IN
from liuke.warehouse.lake import Exported, lake_export
from liuke.warehouse.lake_files import LakeFolder
from liuke.warehouse.local import LocalWarehouse
from tests.warehouse.rows import Row, activity, rows

NOW = datetime(2026, 5, 4, 3, tzinfo=UTC)
JAN, FEB, MAR = (to_us(datetime(2026, month, 10, tzinfo=UTC)) for month in (1, 2, 3))
SEEN = sorted(ACTIVITY_IN.names)


def write(warehouse: Warehouse, ws: int, *given: Row) -> None:
    warehouse.transact(ws, None, [Upsert(rows(given))])


def export(warehouse: Warehouse, ws: int, root: Path, *, at: datetime = NOW, keep_s: float = 3_600) -> Exported:
    return lake_export(warehouse=warehouse, workspace_id=ws, root=root, now=at, keep_s=keep_s)


def stored(warehouse: Warehouse, ws: int) -> list[Row]:
    found = warehouse.query(ws, f"SELECT {', '.join(SEEN)} FROM activity ORDER BY source, activity_id")
    return list(found.to_pylist())


def read(root: Path, ws: int) -> list[Row]:
    """What a reader who goes by the manifest sees."""
    folder = LakeFolder(root, ws)
    tables = [pq.read_table(folder.path / file.path) for file in folder.manifest().files("activity")]
    table = pa.concat_tables(tables) if tables else ACTIVITY_IN.empty_table()
    return sorted(({name: row[name] for name in SEEN} for row in table.to_pylist()), key=lambda row: (row["source"], row["activity_id"]))


def on_disk(root: Path, ws: int) -> set[str]:
    folder = LakeFolder(root, ws)
    return {path.relative_to(folder.path).as_posix() for path in folder.path.glob("**/*.parquet")}


def test_every_row_lies_in_the_month_in_which_it_happened(warehouse: Warehouse, ws: int, tmp_path: Path) -> None:
    write(warehouse, ws, activity("a", ts=JAN), activity("b", 2.5, ts=FEB, reason="迟到"), activity("c", ts=FEB, customer=7))
    done = export(warehouse, ws, tmp_path)
    assert (done.months, done.months_written, done.rows, done.written) == (2, 2, 3, 3)
    assert read(tmp_path, ws) == stored(warehouse, ws)
    parts = LakeFolder(tmp_path, ws).manifest().of("activity")
    assert {name: part.rows for name, part in parts.items()} == {"month=2026-01": 1, "month=2026-02": 2}
    assert all(file.path.startswith(f"activity/{name}/") for name, part in parts.items() for file in part.files)


def test_the_columns_are_those_of_the_stream_and_times_are_whole_microseconds(warehouse: Warehouse, ws: int, tmp_path: Path) -> None:
    write(warehouse, ws, activity("a", ts=JAN + 1))
    export(warehouse, ws, tmp_path)
    (file,) = LakeFolder(tmp_path, ws).manifest().files("activity")
    table = pq.read_table(LakeFolder(tmp_path, ws).path / file.path)
    assert table.schema.equals(ACTIVITY_IN)
    assert table["ts_us"].to_pylist() == [JAN + 1]


def test_an_export_without_changes_writes_nothing(warehouse: Warehouse, ws: int, tmp_path: Path) -> None:
    write(warehouse, ws, activity("a", ts=JAN))
    first, before = export(warehouse, ws, tmp_path), on_disk(tmp_path, ws)
    again = export(warehouse, ws, tmp_path, at=NOW + timedelta(hours=1))
    assert (again.generation, again.months_written, again.written) == (first.generation, 0, 0)
    assert on_disk(tmp_path, ws) == before


@pytest.mark.parametrize(
    ("change", "months"),
    [
        pytest.param(activity("new", ts=FEB), 1, id="a new row"),
        pytest.param(activity("a", 9.0, ts=JAN), 1, id="a correction of the value"),
        pytest.param(activity("a", 1.0, ts=JAN, quantity=3), 1, id="a correction of the attributes"),
        pytest.param(activity("a", 1.0, ts=FEB), 2, id="a correction that moves to another month"),
        pytest.param(activity("a", 1.0, ts=JAN, customer=9), 1, id="a correction of the customer"),
    ],
)
def test_only_months_that_changed_are_written_again(change: Row, months: int, warehouse: Warehouse, ws: int, tmp_path: Path) -> None:
    write(warehouse, ws, activity("a", 1.0, ts=JAN), activity("z", ts=JAN), activity("b", ts=FEB), activity("c", ts=MAR))
    export(warehouse, ws, tmp_path)
    untouched = {file.path for file in LakeFolder(tmp_path, ws).manifest().of("activity")["month=2026-03"].files}
    write(warehouse, ws, change)
    assert export(warehouse, ws, tmp_path).months_written == months
    assert read(tmp_path, ws) == stored(warehouse, ws)
    assert untouched <= LakeFolder(tmp_path, ws).manifest().paths()


def test_what_was_read_out_of_a_text_reaches_the_lake_though_the_source_said_nothing_new(
    warehouse: Warehouse, ws: int, tmp_path: Path
) -> None:
    write(warehouse, ws, activity("a", ts=JAN, text="糟糕"))
    export(warehouse, ws, tmp_path)
    told = pa.table({"source": ["s"], "activity_id": ["a"], "attrs": ['{"text":"糟糕","text_read":80}']})
    warehouse.transact(ws, None, [Annotate(Rows.of(told))])
    assert export(warehouse, ws, tmp_path).months_written == 1
    assert json.loads(str(read(tmp_path, ws)[0]["attrs"]))["text_read"] == 80


def test_a_month_that_is_empty_now_leaves_the_lake(warehouse: Warehouse, ws: int, tmp_path: Path) -> None:
    write(warehouse, ws, activity("a", ts=JAN), activity("b", ts=FEB))
    export(warehouse, ws, tmp_path)
    write(warehouse, ws, activity("a", ts=FEB))
    export(warehouse, ws, tmp_path)
    assert set(LakeFolder(tmp_path, ws).manifest().of("activity")) == {"month=2026-02"}


def test_replaced_files_stay_for_those_who_still_read_them_and_then_go(warehouse: Warehouse, ws: int, tmp_path: Path) -> None:
    write(warehouse, ws, activity("a", ts=JAN))
    export(warehouse, ws, tmp_path)
    (old,) = on_disk(tmp_path, ws)
    write(warehouse, ws, activity("a", 5.0, ts=JAN))
    export(warehouse, ws, tmp_path)
    assert old in on_disk(tmp_path, ws)
    export(warehouse, ws, tmp_path, at=NOW + timedelta(hours=2))
    assert on_disk(tmp_path, ws) == LakeFolder(tmp_path, ws).manifest().paths()
    assert old not in on_disk(tmp_path, ws)


def test_an_erasure_leaves_no_file_behind_that_names_the_person(warehouse: Warehouse, ws: int, tmp_path: Path) -> None:
    write(warehouse, ws, activity("secret-of-7", ts=JAN, customer=7), activity("b", ts=JAN))
    export(warehouse, ws, tmp_path)
    write(warehouse, ws, activity("secret-of-7", ts=FEB, customer=1))  # as if it were somebody else's now
    export(warehouse, ws, tmp_path, keep_s=0)
    left = [row for path in on_disk(tmp_path, ws) for row in pq.read_table(LakeFolder(tmp_path, ws).path / path).to_pylist()]
    assert 7 not in {row["customer_id"] for row in left}
    assert len(left) == 2


def test_the_manifest_has_rows_sizes_and_checksums_that_a_check_goes_by(warehouse: Warehouse, ws: int, tmp_path: Path) -> None:
    write(warehouse, ws, *(activity(str(one), float(one), ts=JAN + one) for one in range(40)), activity("x", ts=FEB))
    export(warehouse, ws, tmp_path)
    folder = LakeFolder(tmp_path, ws)
    assert folder.faults() == []
    first, second = folder.manifest().files("activity")
    data = bytearray((folder.path / first.path).read_bytes())
    data[len(data) // 2] ^= 0xFF
    (folder.path / first.path).write_bytes(data)
    (folder.path / second.path).unlink()
    assert folder.faults() == [(first.path, "sha256"), (second.path, "missing")]


def test_a_truncated_file_is_told_by_its_size(warehouse: Warehouse, ws: int, tmp_path: Path) -> None:
    write(warehouse, ws, activity("a", ts=JAN))
    export(warehouse, ws, tmp_path)
    (file,) = LakeFolder(tmp_path, ws).manifest().files("activity")
    path = LakeFolder(tmp_path, ws).path / file.path
    os.truncate(path, path.stat().st_size - 1)
    assert LakeFolder(tmp_path, ws).faults() == [(file.path, "size")]


def test_a_manifest_that_cannot_be_read_is_a_fault_and_never_an_empty_lake(tmp_path: Path) -> None:
    folder = LakeFolder(tmp_path, 3)
    folder.path.mkdir()
    for text in ("{", "[]", '{"format": 99}', '{"format": 1, "workspace_id": 3}'):
        (folder.path / "manifest.json").write_text(text)
        with pytest.raises(Conflict, match="lake_unreadable"):
            folder.manifest()


def test_a_big_month_becomes_several_files_in_the_order_of_customers(
    warehouse: Warehouse, ws: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files_of_lake, "ROW_GROUP", 10)
    monkeypatch.setattr(files_of_lake, "FILE_ROWS", 25)
    write(warehouse, ws, *(activity(str(one), ts=JAN + one, customer=one % 7) for one in range(100)))
    export(warehouse, ws, tmp_path)
    folder = LakeFolder(tmp_path, ws)
    files = folder.manifest().files("activity")
    assert sum(file.rows for file in files) == 100
    assert read(tmp_path, ws) == stored(warehouse, ws)
    together = pa.concat_tables([pq.read_table(folder.path / file.path) for file in files])
    assert len(together) == 100


def test_other_tables_are_one_partition_each_and_only_written_when_they_changed(ws: int, tmp_path: Path) -> None:
    warehouse = LocalWarehouse(tmp_path / "warehouse")
    table = pa.table({"customer_id": [1, 2], "name": ["industry", "industry"]})

    def told(given: pa.Table) -> Exported:
        return lake_export(warehouse=warehouse, workspace_id=ws, root=tmp_path / "lake", now=NOW, tables={"attribute": given})

    assert told(table).written == 2
    assert told(table).written == 0
    assert told(table.slice(0, 1)).written == 1
    (file,) = LakeFolder(tmp_path / "lake", ws).manifest().files("attribute")
    assert pq.read_table(LakeFolder(tmp_path / "lake", ws).path / file.path).num_rows == 1
    warehouse.close()


def test_two_workspaces_know_nothing_of_each_other(warehouse: Warehouse, ws: int, tmp_path: Path) -> None:
    other = ws + 10_000
    write(warehouse, ws, activity("a", ts=JAN))
    write(warehouse, other, activity("b", ts=JAN))
    export(warehouse, ws, tmp_path)
    export(warehouse, other, tmp_path)
    LakeFolder(tmp_path, ws).drop()
    assert on_disk(tmp_path, ws) == set()
    assert [row["activity_id"] for row in read(tmp_path, other)] == ["b"]


def killed_at(root: str, warehouse_dir: str, ws: int, step: str) -> None:
    """In a process of its own: an export that dies at a step."""
    target = {"half a file": "_digest", "before the manifest": "_kept_folder"}[step]

    def die(*_given: object) -> None:
        os._exit(9)

    setattr(files_of_lake, target, die)
    lake_export(warehouse=LocalWarehouse(Path(warehouse_dir)), workspace_id=ws, root=Path(root), now=NOW)


@pytest.mark.parametrize("step", ["half a file", "before the manifest"])
def test_an_export_that_is_killed_leaves_the_lake_as_it_was_and_the_next_one_ends_it(step: str, ws: int, tmp_path: Path) -> None:
    lake, place = tmp_path / "lake", tmp_path / "warehouse"
    warehouse = LocalWarehouse(place)
    write(warehouse, ws, activity("a", ts=JAN))
    export(warehouse, ws, lake)
    before = read(lake, ws)
    write(warehouse, ws, activity("b", ts=JAN), activity("c", ts=FEB))
    warehouse.close()
    child = multiprocessing.get_context("spawn").Process(target=killed_at, args=(str(lake), str(place), ws, step))
    child.start()
    child.join(60)
    assert child.exitcode == 9
    assert read(lake, ws) == before
    assert len(on_disk(lake, ws)) == 2  # what the killed one wrote aside
    export(warehouse, ws, lake, keep_s=0)
    assert read(lake, ws) == stored(warehouse, ws)
    assert on_disk(lake, ws) == LakeFolder(lake, ws).manifest().paths()
    warehouse.close()


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[LocalWarehouse, Path]]:
    folder = tmp_path_factory.mktemp("drawn")
    warehouse = LocalWarehouse(folder / "warehouse")
    yield warehouse, folder / "lake"
    warehouse.close()


_numbers = iter(range(500_000, 600_000))
_rows = st.builds(
    activity,
    st.sampled_from("abcd"),
    st.none() | st.floats(-1e6, 1e6, allow_nan=False),
    customer=st.integers(1, 3),
    ts=st.integers(JAN - 10**13, MAR + 10**13),
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(_rows, max_size=5), min_size=1, max_size=3))
def test_after_every_export_the_lake_equals_the_warehouse(drawn: tuple[LocalWarehouse, Path], batches: list[list[Row]]) -> None:
    warehouse, lake = drawn
    ws = next(_numbers)
    for batch in batches:
        if batch:
            write(warehouse, ws, *batch)
        done = export(warehouse, ws, lake, keep_s=0)
        assert read(lake, ws) == stored(warehouse, ws)
        assert done.rows == len(stored(warehouse, ws))
        assert LakeFolder(lake, ws).faults() == []
