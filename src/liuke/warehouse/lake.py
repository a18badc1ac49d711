"""The Parquet lake: what Spark reads. A copy of the stream by month, brought up to date by writing what changed.

Nothing tells the lake what changed: each export asks the warehouse for a print of every month (rows, and the xor of the rows'
hashes) and writes those anew whose print differs from the manifest's. So a correction, an erasure, a reading of texts or a
restored backup all reach it, and an export that was killed is simply done again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pyarrow as pa

from liuke.base.times import to_us
from liuke.warehouse.domain.lake import ACTIVITY, Cut, LakePart, Manifest, changed, renewed
from liuke.warehouse.domain.schema import ACTIVITY_IN
from liuke.warehouse.domain.steps import Warehouse
from liuke.warehouse.lake_files import LakeFolder

KEEP_S = 24 * 3_600.0
"""How long a replaced file stays for readers of the manifest before."""
PRINTS = """
    SELECT year(moment) AS of_year, month(moment) AS of_month, count(*) AS n,
        bit_xor(hash(key, content, known_us, attrs))::VARCHAR AS print
    FROM (SELECT make_timestamp(ts_us) AS moment, key, content, known_us, attrs FROM activity) GROUP BY of_year, of_month"""
ROWS = f"""
    SELECT {", ".join(ACTIVITY_IN.names)} FROM activity WHERE ts_us >= ? AND ts_us < ? ORDER BY customer_id, ts_us"""
"""By customer inside a month: the files are half as large, and a reader's sums per customer are done in one place."""
Told = Callable[[float, str], None]
"""The share done (0–1) and the month at hand; raises to stop."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What one export did. `rows` are those of the whole lake, `written` those that went into new files."""

    generation: int
    months: int
    months_written: int
    rows: int
    written: int
    size: int


def lake_export(
    *,
    warehouse: Warehouse,
    workspace_id: int,
    root: Path,
    now: datetime,
    tables: Mapping[str, pa.Table] | None = None,
    keep_s: float = KEEP_S,
    told: Told = lambda _share, _name: None,
) -> Exported:
    """Bring a workspace's folder below `root` up to the warehouse; `tables` besides the stream are each one partition.

    Safe to repeat and to kill at any moment. `keep_s=0` deletes what was replaced at once (an erasure).
    """
    folder = LakeFolder(root, workspace_id)
    with folder.writing():
        before = folder.manifest()
        cuts = _cuts(warehouse, workspace_id)
        due = changed(before, cuts)
        fresh = [_month(folder, warehouse, cut, told, nth / len(due)) for nth, cut in enumerate(due)]
        manifest = renewed(before, ACTIVITY, fresh, [cut.name for cut in cuts], to_us(now))
        written = sum(part.rows for part in fresh)
        for name, table in (tables or {}).items():
            part = _table(folder, manifest, name, table)
            if part is not None:
                written += part.rows
                manifest = renewed(manifest, name, [part], [part.name], to_us(now))
        if manifest != before:
            folder.swap(manifest)
        manifest = folder.sweep(now_us=to_us(now), keep_s=keep_s)
    return Exported(
        generation=manifest.generation,
        months=len(cuts),
        months_written=len(fresh),
        rows=manifest.rows(ACTIVITY),
        written=written,
        size=sum(file.size for part in manifest.parts for file in part.files),
    )


def _cuts(warehouse: Warehouse, workspace_id: int) -> list[Cut]:
    rows = warehouse.query(workspace_id, PRINTS).to_pylist()
    return [Cut(int(row["of_year"]), int(row["of_month"]), int(row["n"]), f"{row['n']}:{row['print']}") for row in rows]


def _month(folder: LakeFolder, warehouse: Warehouse, cut: Cut, told: Told, share: float) -> LakePart:
    told(share, cut.name)
    since, until = (_us(day) for day in cut.span)
    batches = warehouse.stream(folder.workspace_id, ROWS, [since, until])
    files = folder.write(f"{ACTIVITY}/{cut.name}", _drained(batches), ACTIVITY_IN)
    return LakePart(ACTIVITY, cut.name, cut.print, files)


def _drained(reader: pa.RecordBatchReader) -> Iterator[pa.RecordBatch]:
    yield from reader


def _table(folder: LakeFolder, manifest: Manifest, name: str, table: pa.Table) -> LakePart | None:
    """A table as one partition, or None where the lake has it already."""
    digest = _print(table.to_batches(), table.schema)
    known = manifest.of(name).get("all")
    if known is not None and known.print == digest:
        return None
    return LakePart(name, "all", digest, folder.write(name, table.to_batches(), table.schema))


def _print(batches: Sequence[pa.RecordBatch], schema: pa.Schema) -> str:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, schema) as out:
        for batch in batches:
            out.write_batch(batch)
    return sha256(sink.getvalue()).hexdigest()


def _us(day: date) -> int:
    return to_us(datetime(day.year, day.month, day.day, tzinfo=UTC))
