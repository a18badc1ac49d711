"""The shipped file: small, faithful, and made as its page says."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pytest

from liuke.connect.sources.sample import build
from liuke.connect.sources.sample.lines import sample_lines

FOLDER = Path(build.__file__).parent
NOON = datetime(2010, 12, 1, 12)  # noqa: DTZ001


def raw(**columns: list[object]) -> pa.Table:
    rows = len(next(iter(columns.values())))
    usual: dict[str, object] = {
        "invoice": "1", "stock_code": "22", "description": " A  LAMP", "quantity": 2, "invoice_ts": NOON,
        "price": 1.125, "customer_id": 12346, "country": "EIRE", "sheet": "2010-2011",
    }  # fmt: skip
    return pa.table({name: columns.get(name, [value] * rows) for name, value in usual.items()})


def test_lines_without_customer_and_the_overlap_of_the_sheets_are_left_out() -> None:
    table = build.compact(
        raw(
            invoice=["1", "2", "3", "4"],
            customer_id=[12346, None, 12346, 12346],
            sheet=["2010-2011", "2010-2011", "2009-2010", "2009-2010"],
            invoice_ts=[NOON, NOON, NOON, NOON.replace(month=11)],
        )
    )
    assert table["invoice"].to_pylist() == ["1", "4"]


def test_what_is_written_reads_back(tmp_path: Path) -> None:
    build.write(build.compact(raw(invoice=["1", "C2"], quantity=[2, -1])), tmp_path / "lines.parquet")
    first, second = sample_lines(tmp_path / "lines.parquet").to_pylist()
    assert first["price"] == 1.125
    assert (second["invoice"], second["quantity"], second["description"]) == ("C2", -1.0, "A LAMP")


def test_a_price_that_would_be_changed_is_refused() -> None:
    with pytest.raises(ValueError, match="three decimals"):
        build.compact(raw(price=[0.0001]))


def test_the_shipped_file_is_small_and_its_page_tells_licence_and_numbers() -> None:
    assert (FOLDER / "lines.parquet").stat().st_size < 4_500_000
    page = (FOLDER / "ATTRIBUTION.md").read_text("utf-8")
    for words in ("Daqing Chen", "10.24432/C5CG6D", "CC BY 4.0", f"{sample_lines().num_rows:,}"):
        assert words in page
