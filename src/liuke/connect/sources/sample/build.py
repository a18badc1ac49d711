"""Developer tool: makes the shipped `lines.parquet` from the full research copy of Online Retail II.

    python -m liuke.connect.sources.sample.build ../shared/data/online_retail_ii/lines.parquet

The order of the rows is the original's, so that occurrence numbers of identical lines stay what they are.
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

OVERLAP_FROM = datetime(2010, 12, 1)  # noqa: DTZ001  (the file has local times)
"""From here on (local time) the sheets overlap: the sheet 2009-2010 repeats rows of the sheet 2010-2011."""
PRICE_UNIT = 1000
"""Prices are kept as whole thousandths of a pound; the original has at most three decimals."""


def compact(raw: pa.Table) -> pa.Table:
    """The rows with a customer id, overlap dropped, in the compact shape. Raises ValueError if a price would be changed."""
    repeated = pc.and_(pc.equal(raw["sheet"], "2009-2010"), pc.greater_equal(raw["invoice_ts"], pa.scalar(OVERLAP_FROM)))
    kept = raw.filter(pc.and_(pc.is_valid(raw["customer_id"]), pc.invert(repeated)))
    price = pc.round(pc.multiply(kept["price"], PRICE_UNIT))
    if pc.max(pc.abs(pc.subtract(pc.divide(price, PRICE_UNIT), kept["price"]))).as_py() > 1e-9:
        raise ValueError("a price has more than three decimals")
    sku, description = (pc.cast(kept[name], pa.string()) for name in ("stock_code", "description"))
    minutes = pc.divide(pc.cast(kept["invoice_ts"].cast(pa.timestamp("s")), pa.int64()), 60)
    return pa.table(
        {
            "invoice": pc.cast(kept["invoice"], pa.string()),
            "minute": pc.cast(minutes, pa.int32()),
            "customer": pc.cast(kept["customer_id"], pa.int32()),
            "country": pc.cast(kept["country"], pa.string()),
            "item": pc.binary_join_element_wise(sku, pc.fill_null(description, ""), "\t"),
            "quantity": pc.cast(kept["quantity"], pa.int32()),
            "price": pc.cast(price, pa.int32()),
        }
    )


def write(table: pa.Table, path: Path) -> None:
    """One row group, dictionaries, zstd at level 19: about 3.2 MB for the whole sample."""
    pq.write_table(
        table,
        path,
        compression="zstd",
        compression_level=19,
        row_group_size=table.num_rows or 1,
        data_page_size=1 << 22,
        dictionary_pagesize_limit=1 << 22,
    )


def main(source: str) -> None:
    """Reads the full copy at `source` and replaces the shipped file beside this module."""
    target = Path(__file__).with_name("lines.parquet")
    table = compact(pq.read_table(source))
    write(table, target)
    print(f"{table.num_rows} lines, {target.stat().st_size} bytes")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1])
