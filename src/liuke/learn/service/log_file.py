"""A log in a file: CSV in any encoding that an import takes, Excel, or Parquet; its columns by name or by what an import would guess."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from liuke.align.domain.suggest import suggest_mapping
from liuke.base.errors import Invalid, NotFound
from liuke.connect.domain.detected import Column
from liuke.connect.domain.limits import LIMITS, Limits
from liuke.connect.sources.files.rows import detect, read_chunks

PARQUET = b"PAR1"
NAMES = {"customer_id": "customer_key", "ts": "at", "kind": "kind", "value": "value"}
"""The columns of a log, and what an import calls them."""
_REQUIRED = ("customer_id", "ts")
_SAMPLES = 200


def read_any(path: Path, limits: Limits = LIMITS) -> tuple[pa.Table, int]:
    """The rows of a file and how many could not be laid out in columns. CSV and Excel give text.

    Raises NotFound("cli_file"), Invalid for what is no table, and what `connect.sources.files.rows.detect` raises.
    """
    if not path.is_file():
        raise NotFound("cli_file", path=str(path))
    with path.open("rb") as file:
        head = file.read(4)
    if head == PARQUET:
        try:
            return pq.read_table(path), 0
        except (pa.ArrowInvalid, OSError) as fault:
            raise Invalid("log_parquet", reason=str(fault)[:200]) from fault
    found = detect(path, limits=limits)
    chunks = list(read_chunks(path, found, limits=limits))
    names = _once(found.names)
    tables = [pa.table(dict(zip(names, chunk.columns, strict=True))) for chunk in chunks if len(chunk)]
    broken = sum(len(chunk.broken) for chunk in chunks)
    if not tables:
        raise Invalid("log_empty", rows=broken)
    return pa.concat_tables(tables), broken


def _once(names: Sequence[str]) -> list[str]:
    """Headers without repetitions: a second `value` is `value_2`."""
    made: list[str] = []
    for name in names:
        times = 1
        while (name if times == 1 else f"{name}_{times}") in made:
            times += 1
        made.append(name if times == 1 else f"{name}_{times}")
    return made


def log_columns(table: pa.Table) -> tuple[str, str, str, str]:
    """The names of the columns customer_id, ts, kind and value ("" where the log has none of the last two).

    Exact names first, else what an import of activities would guess. Raises Invalid("log_columns") naming what is missing.
    """
    plain = {name.strip().lower(): name for name in table.column_names}
    guessed = _guessed(table) if not all(name in plain for name in _REQUIRED) else {}
    found = {name: plain.get(name, guessed.get(field, "")) for name, field in NAMES.items()}
    missing = [name for name in _REQUIRED if not found[name]]
    if missing or not table.num_rows:
        raise Invalid("log_columns", missing=", ".join(missing) or "—", found=", ".join(table.column_names)[:300], rows=table.num_rows)
    return found["customer_id"], found["ts"], found["kind"], found["value"]


def _guessed(table: pa.Table) -> dict[str, str]:
    head = table.slice(0, _SAMPLES)
    columns = []
    for place, name in enumerate(table.column_names):
        values = head[name]
        texts = values.cast(pa.string()).to_pylist() if not pa.types.is_nested(values.type) else []
        columns.append(Column(name, place, tuple(text for text in texts if text)))
    return {field: name for name, field in suggest_mapping("activities", columns).mapping.columns.items()}
