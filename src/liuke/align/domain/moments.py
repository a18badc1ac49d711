"""Local times and days to UTC microseconds, a column at a time."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

DAY_US = 86_400_000_000


def local_to_us(moments: pa.Array, zone: str) -> pa.Array:
    """UTC microseconds of naive local timestamps. An hour that occurs twice is its first; one that is skipped, its end."""
    aware = pc.assume_timezone(pc.cast(moments, pa.timestamp("us")), zone, ambiguous="earliest", nonexistent="latest")
    return pc.cast(pc.cast(aware, pa.timestamp("us", "UTC")), pa.int64())


def day_start_us(days: pa.Array, zone: str) -> pa.Array:
    """UTC microseconds of the first moment of local days (date32)."""
    return local_to_us(pc.cast(days, pa.timestamp("us")), zone)


def days_between(later: pa.Array, earlier: pa.Array) -> pa.Array:
    """Whole days (float64) from one date column to another; null where either is."""
    days = pc.subtract(pc.cast(pc.cast(later, pa.int32()), pa.int64()), pc.cast(pc.cast(earlier, pa.int32()), pa.int64()))
    return pc.cast(days, pa.float64())
