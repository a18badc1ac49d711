"""Reads the shipped real invoice lines."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from liuke.connect.sources.sample.build import PRICE_UNIT

SAMPLE_ZONE = "Europe/London"
SAMPLE_CURRENCY = "GBP"
_LINES = Path(__file__).with_name("lines.parquet")
_MINUTE_US = 60_000_000


def sample_lines(path: Path = _LINES) -> pa.Table:
    """All lines, oldest sheet first: invoice, ts_us (UTC), customer (the real number as text), country, sku, description,
    quantity (negative on cancellation invoices `C…`), price (GBP per piece)."""
    packed = pq.read_table(path, read_dictionary=["invoice", "country", "item"])
    sku, description = _split_items(packed["item"].combine_chunks())
    return pa.table(
        {
            "invoice": pc.cast(packed["invoice"], pa.string()),
            "ts_us": _to_utc_us(packed["minute"].combine_chunks()),
            "customer": pc.cast(packed["customer"], pa.string()),
            "country": pc.cast(packed["country"], pa.string()),
            "sku": sku,
            "description": description,
            "quantity": pc.cast(packed["quantity"], pa.float64()),
            "price": pc.divide(pc.cast(packed["price"], pa.float64()), float(PRICE_UNIT)),
        }
    ).combine_chunks()


def _to_utc_us(minutes: pa.Array) -> pa.Array:
    """UTC microseconds of local minutes since 1970; each distinct minute is converted once."""
    coded = minutes.dictionary_encode()
    local = pc.cast(pc.multiply(pc.cast(coded.dictionary, pa.int64()), _MINUTE_US), pa.timestamp("us"))
    moments = pc.assume_timezone(local, SAMPLE_ZONE, ambiguous="earliest", nonexistent="earliest")
    return pc.take(pc.cast(pc.cast(moments, pa.timestamp("us", "UTC")), pa.int64()), coded.indices)


def _split_items(items: pa.DictionaryArray) -> tuple[pa.Array, pa.Array]:
    """Article number and trimmed description, split on the few thousand distinct items only."""
    parts = [text.split("\t", 1) for text in items.dictionary.to_pylist()]
    skus = pa.array([part[0] for part in parts], pa.string())
    names = pa.array([" ".join(part[1].split()) for part in parts], pa.string())
    return pc.take(skus, items.indices), pc.take(names, items.indices)
