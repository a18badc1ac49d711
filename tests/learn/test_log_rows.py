"""A log from anywhere: what can be read is read, what cannot is counted."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from liuke.base.errors import Invalid, NotFound
from liuke.base.times import to_us
from liuke.learn.domain.log_rows import LogWarning, clean_log, moments
from liuke.learn.service.log_file import log_columns, read_any

NOW = to_us(datetime(2024, 1, 1, tzinfo=UTC))
NAMES = ("customer_id", "ts", "kind", "value")
DAY = datetime(2023, 5, 10)  # noqa: DTZ001
TENTH = to_us(datetime(2023, 5, 10, tzinfo=UTC))


def _log(*times: str, **other: list[str]) -> pa.Table:
    size = len(times)
    return pa.table({"customer_id": ["a"] * size, "ts": list(times), "kind": ["order"] * size, "value": ["1"] * size, **other})


def test_naive_and_aware_times_and_several_formats_may_be_mixed() -> None:
    found = moments(
        pa.array(["2023-05-10", "2023-05-10T08:00:00+08:00", "2023/5/10 00:00", "2023年5月10日", "2023-05-10T00:00:00Z"]), "UTC"
    )
    assert found.to_pylist() == [TENTH] * 5


def test_naive_times_belong_to_the_zone_that_is_named() -> None:
    assert moments(pa.array(["2023-05-10 08:00"]), "Asia/Shanghai").to_pylist() == [TENTH]


@pytest.mark.parametrize(
    "column",
    [
        pa.array([date(2023, 5, 10)]),
        pa.array([DAY], pa.timestamp("ns")),
        pa.array([DAY], pa.timestamp("s", "UTC")),
        pa.array([TENTH // 1_000_000]),
        pa.array([TENTH // 1_000]),
    ],
)
def test_typed_columns_of_parquet_mean_the_same_moment(column: pa.Array) -> None:
    assert moments(column, "UTC").to_pylist() == [TENTH]


def test_what_cannot_be_used_is_dropped_and_counted() -> None:
    rows = clean_log(_log("2023-05-10", "soon", "2031-01-01", "", value=["1", "2", "3", "4"]), NAMES, now_us=NOW)
    assert rows.table["ts_us"].to_pylist() == [TENTH]
    assert {(one.code, one.rows) for one in rows.warnings} == {("no_time", 2), ("future", 1)}


def test_repeated_rows_count_once_where_times_are_finer_than_days() -> None:
    exact = clean_log(_log("2023-05-10 10:00", "2023-05-10 10:00"), NAMES, now_us=NOW)
    assert exact.table.num_rows == 1
    assert exact.warnings == (LogWarning("repeated", 1),)
    assert clean_log(_log("2023-05-10", "2023-05-10"), NAMES, now_us=NOW).table.num_rows == 2


def test_a_mistyped_year_does_not_move_the_end_of_the_data() -> None:
    days = [f"2021-0{month}-{day:02}" for month in range(1, 7) for day in range(1, 28)] * 7
    rows = clean_log(_log(*days, "2023-10-01"), NAMES, now_us=NOW)
    assert max(rows.table["ts_us"].to_pylist()) == to_us(datetime(2021, 6, 27, tzinfo=UTC))
    assert LogWarning("lonely", 1) in rows.warnings


def test_values_are_read_as_people_write_them_and_blank_ones_are_no_fault() -> None:
    rows = clean_log(_log(*["2023-05-10"] * 4, value=["¥1,234.50", "", "abc", "1.2万"]), NAMES, now_us=NOW)
    assert rows.table["value"].to_pylist() == [1234.5, None, None, 12000.0]
    assert LogWarning("value_unread", 1) in rows.warnings


def test_a_log_without_kinds_and_values_is_one_kind_of_activity() -> None:
    rows = clean_log(pa.table({"customer_id": [13085.0], "ts": ["2023-05-10"]}), ("customer_id", "ts", "", ""), now_us=NOW)
    assert rows.table.select(["customer", "kind", "value"]).to_pylist() == [{"customer": "13085", "kind": "activity", "value": None}]


def test_columns_are_found_by_exact_names_else_by_what_an_import_would_guess(tmp_path: Path) -> None:
    assert log_columns(pa.table({"TS": ["1"], "Customer_ID": ["a"], "extra": ["x"]})) == ("Customer_ID", "TS", "", "")
    path = tmp_path / "log.csv"
    path.write_text("会员号,行为时间,事件名称\na,2023-05-10,下单\n", encoding="gb18030")
    assert log_columns(read_any(path)[0])[:3] == ("会员号", "行为时间", "事件名称")


def test_a_file_without_customers_is_refused_with_what_is_missing() -> None:
    with pytest.raises(Invalid) as fault:
        log_columns(pa.table({"ts": ["2023-05-10"], "price": ["1"]}))
    assert fault.value.params["missing"] == "customer_id"


def test_files_that_are_none_are_told(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read_any(tmp_path / "no.csv")
    broken = tmp_path / "x.parquet"
    broken.write_bytes(b"PAR1 and nothing")
    with pytest.raises(Invalid, match="log_parquet"):
        read_any(broken)
    empty = tmp_path / "empty.csv"
    empty.write_text("customer_id,ts\n")
    with pytest.raises(Invalid):
        read_any(empty)


def test_parquet_keeps_its_types(tmp_path: Path) -> None:
    path = tmp_path / "log.parquet"
    pq.write_table(pa.table({"customer_id": [1], "ts": pa.array([DAY])}), path)
    table, broken = read_any(path)
    assert (table.num_rows, broken) == (1, 0)
    assert pa.types.is_timestamp(table["ts"].type)
