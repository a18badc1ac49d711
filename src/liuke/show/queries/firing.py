"""For whom a signal fires: read from the frame of the last scoring, or from the reasons of scores where there is no frame yet."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from liuke.base.times import to_us
from liuke.score.store.models import ScoreRun
from liuke.show.queries.kept import kept
from liuke.show.queries.reader import Reader
from liuke.show.queries.warehouse import rows, warehouse
from liuke.signals.service import signals_all
from liuke.warehouse.frames import frame_moment, frame_schema


@dataclass(frozen=True, slots=True)
class Firing:
    """The last scoring: its moment, customers, how many each signal fires for, and why it could not be computed for others."""

    as_of: datetime | None
    customers: int
    fires: Mapping[str, int]
    missing: Mapping[str, Mapping[str, int]]


def firing_now(reader: Reader) -> Firing:
    """Of the newest finished scoring up to the workspace's present; kept for a minute."""
    runs = ScoreRun.objects.filter(workspace=reader.workspace, as_of__lte=reader.now, finished_at__isnull=False)
    run = runs.order_by("-as_of").first()
    if run is None:
        return Firing(None, 0, {}, {})
    fires = kept(("firing", reader.workspace.pk, run.as_of, run.finished_at), lambda: _counts(reader, run.as_of))
    return Firing(run.as_of, run.customers, fires, run.summary.get("missing", {}))


def _counts(reader: Reader, as_of: datetime) -> Mapping[str, int]:
    place, codes = _place(reader, as_of), [signal.code for signal in signals_all()]
    counts = ", ".join(f"count(*) FILTER (WHERE {place.condition(code)})" for code in codes)
    row = rows(reader.workspace, f"SELECT {counts} FROM {place.relation}", place.given)
    return {code: int(row.column(at)[0].as_py()) for at, code in enumerate(codes)}


def firing_among(reader: Reader, as_of: datetime, code: str, customers: Collection[int]) -> set[int]:
    """Those of the customers for whom the signal fires."""
    if not customers:
        return set()
    place = _place(reader, as_of)
    sql = f"SELECT customer_id FROM {place.relation} WHERE ({place.condition(code)}) AND customer_id = ANY($among)"
    return set(rows(reader.workspace, sql, {**place.given, "among": sorted(customers)})["customer_id"].to_pylist())


def firing_ids(reader: Reader, as_of: datetime, code: str, most: int) -> list[int]:
    """At most so many customers for whom the signal fires, in no order that matters."""
    place = _place(reader, as_of)
    sql = f"SELECT customer_id FROM {place.relation} WHERE {place.condition(code)} LIMIT {int(most)}"
    return [int(pk) for pk in rows(reader.workspace, sql, place.given)["customer_id"].to_pylist()]


def reasons_of(reader: Reader, as_of: datetime, code: str, customers: Sequence[int]) -> Mapping[int, Mapping[str, Any]]:
    """The line of the signal in the score of each of the customers; without those whose score has none."""
    sql = "SELECT customer_id, reasons FROM score WHERE as_of_us = $at AND customer_id = ANY($among)"
    found = rows(reader.workspace, sql, {"at": to_us(as_of), "among": list(customers)}).to_pylist()
    lines = {int(row["customer_id"]): json.loads(row["reasons"]) for row in found}
    return {pk: line for pk, reasons in lines.items() for line in reasons if line["signal"] == code}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where firing is read: the frame's columns, none where there is no frame of the workspace's present."""

    columns: Collection[str]
    given: Mapping[str, int]

    @property
    def relation(self) -> str:
        return "frame" if self.columns else "(SELECT * FROM score WHERE as_of_us = $at)"

    def condition(self, code: str) -> str:
        """SQL, made of our own codes only."""
        if not self.columns:
            return f"""reasons LIKE '%"signal":"{code}"%' OR reasons LIKE '%"signal": "{code}"%'"""
        return f'"signal.{code}"' if f"signal.{code}" in self.columns else "false"


def _place(reader: Reader, as_of: datetime) -> _Place:
    moment = frame_moment(warehouse(), reader.workspace.pk)
    if moment is None or moment > reader.now:
        return _Place((), {"at": to_us(as_of)})
    return _Place(frame_schema(warehouse(), reader.workspace.pk), {})
