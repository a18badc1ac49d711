"""The peer of `bench.features`: the same 67 features with Polars, streaming, two threads. Run as a process of its own.

    python -m bench.features_polars ACTIVITIES_FOLDER OUT.parquet AS_OF_US REACH_DAYS

Written in the form that was fastest for DuckDB too: grouped by customer and kind first, then by customer. The purchases' gaps come
from a shift over rows sorted by customer and time. The quintiles are made from the finished table. Prints wall, CPU and memory.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path

os.environ.setdefault("POLARS_MAX_THREADS", "2")
os.environ.setdefault("POLARS_FORCE_STREAMING", "1")

import polars as pl
from bench.features_67 import COUNTED, KINDS, NAMES, TREND

DAY = 86_400_000_000
BITS = {"web": 1, "ios": 2, "android": 4, "email": 8}


def per_kind(rows: pl.LazyFrame, as_of: int) -> pl.LazyFrame:
    """Partial results by customer and kind."""
    ts, value = pl.col("ts_us"), pl.col("value")

    def since(days: int) -> pl.Expr:
        return ts >= as_of - days * DAY

    week = pl.lit(5.5) - ((as_of - ts) // (7 * DAY))
    trend = ts > as_of - 84 * DAY
    channels = [((pl.col("channel") == name) & since(90)).any().alias(f"ch_{name}") for name in ("web", "ios", "android", "email", "phone")]
    return rows.group_by("customer_id", "kind").agg(
        pl.len().alias("n"), value.sum().alias("s"), ts.max().alias("last"), ts.min().alias("first"),
        *(since(days).sum().alias(f"c{days}") for days in (7, 30, 60, 90, 180)),
        *((value * since(days)).sum().alias(f"s{days}") for days in (7, 30, 90, 180)),
        (week * trend).sum().alias("sl"), (week * value * trend).sum().alias("sls"), *channels,
    )  # fmt: skip


def of(column: str, kind: str) -> pl.Expr:
    """A partial of one kind."""
    return pl.col(column).filter(pl.col("kind") == kind).sum()


def base(kinds: pl.LazyFrame) -> pl.LazyFrame:
    """What needs no gaps, by customer."""
    names = ("web", "ios", "android", "email", "phone")
    replies = of("c180", "support_reply")
    return kinds.group_by("customer_id").agg(
        *(of(f"c{days}", kind).alias(f"n_{kind}_{days}") for kind in COUNTED for days in (7, 30, 90, 180)),
        *(of(f"s{days}", "purchase").alias(f"spend_{days}") for days in (7, 30, 90, 180)),
        *(of(f"s{days}", "refund").alias(f"refund_{days}") for days in (90, 180)),
        *(of(f"c{days}", kind).alias(f"c{days}_{kind}") for kind in TREND for days in (60, 180)),
        pl.col("c30").sum().alias("n_all_30"), pl.col("c60").sum().alias("c60_all"),
        *(pl.col("last").filter(pl.col("kind") == kind).max().alias(f"last_{kind}") for kind in KINDS),
        pl.col("last").max().alias("last_any"), pl.col("first").min().alias("first_any"), pl.col("n").sum().alias("n_total"),
        of("s", "purchase").alias("spend_total"), of("n", "purchase").alias("n_purchase_total"),
        (pl.col("sl").sum() / 143).alias("slope_n"), (of("sls", "purchase") / 143).alias("slope_spend"),
        sum((pl.col(f"ch_{name}").any().cast(pl.Int64) for name in names), start=pl.lit(0)).alias("n_channels_90"),
        pl.when(replies > 0).then(of("s180", "support_reply") / replies).alias("resp_avg_180"),
    )  # fmt: skip


def gaps(rows: pl.LazyFrame) -> pl.LazyFrame:
    """The days between purchases, by customer."""
    bought = rows.filter(pl.col("kind") == "purchase").select("customer_id", "ts_us").sort("customer_id", "ts_us")
    same = pl.col("customer_id") == pl.col("customer_id").shift()
    gap = pl.when(same).then((pl.col("ts_us") - pl.col("ts_us").shift()) / DAY).alias("gap")
    by = bought.select("customer_id", gap).group_by("customer_id")
    return by.agg(gap_median=pl.col("gap").median(), gap_mean=pl.col("gap").mean(), gap_std=pl.col("gap").std())


def fifth(table: pl.DataFrame, key: str, name: str) -> pl.DataFrame:
    """Quintiles 1–5 with ties by customer, as SQL's ntile gives them."""
    size, rest = divmod(len(table), 5)
    place = pl.int_range(pl.len())
    long = rest * (size + 1)
    tile = pl.when(place < long).then(place // (size + 1)).otherwise(rest + (place - long) // max(1, size)) + 1
    return table.sort(key, "customer_id").with_columns(tile.alias(name))


def features(rows: pl.LazyFrame, as_of: int) -> pl.DataFrame:
    """All 67, a row per customer."""
    found = base(per_kind(rows, as_of)).join(gaps(rows), on="customer_id", how="left").collect(engine="streaming")
    day = [((as_of - pl.col(f"last_{kind}")) / DAY).alias(f"d_{kind}") for kind in (*KINDS, "any")]
    ratios = []
    for kind in TREND:
        month, quarter = pl.col(f"n_{kind}_30"), pl.col(f"n_{kind}_90")
        ratios.append((month / (pl.col(f"c60_{kind}") - month + 1.0)).alias(f"r30_{kind}"))
        ratios.append((quarter / (pl.col(f"c180_{kind}") - quarter + 1.0)).alias(f"r90_{kind}"))
    found = found.with_columns(
        *day, *ratios, ((as_of - pl.col("first_any")) / DAY).alias("tenure"),
        (pl.col("n_all_30") / (pl.col("c60_all") - pl.col("n_all_30") + 1.0)).alias("r30_all"),
        (pl.col("spend_90") / (pl.col("spend_180") - pl.col("spend_90") + 1.0)).alias("r90_spend"),
        pl.when(pl.col("gap_median") != 0).then((as_of - pl.col("last_purchase")) / DAY / pl.col("gap_median")).alias("last_gap_ratio"),
        pl.col("spend_total").round(2).alias("spend_key"),
    )  # fmt: skip
    for key, name in (("last_any", "rfm_r"), ("n_purchase_total", "rfm_f"), ("spend_key", "rfm_m")):
        found = fifth(found, key, name)
    return found.select("customer_id", *NAMES)


def main(folder: Path, out: Path, as_of: int, reach: int) -> None:
    """Compute, write, tell."""
    rows = pl.scan_parquet(folder / "*/*.parquet", hive_partitioning=False)
    inside = rows.filter((pl.col("ts_us") < as_of) & (pl.col("ts_us") >= as_of - reach * DAY))
    wall, cpu = time.perf_counter(), time.process_time()
    features(inside, as_of).write_parquet(out)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"wall_s": round(wall, 3), "cpu_s": round(cpu, 3), "peak_rss_mb": round(rss), "version": pl.__version__}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
