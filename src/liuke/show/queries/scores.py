"""A customer's score with all its lines, and how it went."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from liuke.base.times import DAY_US, from_us, to_us
from liuke.score.domain.confidence import confidence_why
from liuke.score.store.models import ScoreVersion
from liuke.score.store.overrides import overrides_now
from liuke.show.api.schemas.customers import ConfigMark, ScoreHistoryOut, ScoreOut, ScorePoint
from liuke.show.queries.overrides import override_out
from liuke.show.queries.reader import Reader
from liuke.show.queries.stamps import kinds_of, stamps
from liuke.show.queries.warehouse import rows, warehouse
from liuke.signals.service import signal_computable, signals_all
from liuke.warehouse.frames import frame_schema
from liuke.warehouse.scores import score_history

HISTORY_DAYS = 400
TRUSTED, DOUBTFUL = 0.8, 0.5
"""Confidence from which a score counts as well founded, and below which as hardly founded."""


def last_score(reader: Reader, customer_id: int) -> Mapping[str, Any] | None:
    """The customer's newest score up to the workspace's present, as the warehouse keeps it (`reasons` decoded)."""
    sql = "SELECT * FROM score WHERE customer_id = $customer AND as_of_us <= $now ORDER BY as_of_us DESC LIMIT 1"
    found = rows(reader.workspace, sql, {"customer": customer_id, "now": to_us(reader.now)}).to_pylist()
    return found[0] | {"reasons": json.loads(found[0]["reasons"])} if found else None


def score_out(reader: Reader, score: Mapping[str, Any]) -> ScoreOut:
    """Base + Σ points of the lines = score, exactly."""
    held = overrides_now(reader.workspace, reader.now).filter(customer_id=score["customer_id"])
    return ScoreOut(
        score=score["score"],
        level=score["level"],
        base=score["base"],
        reasons=[reader.reason_out(reason) for reason in score["reasons"]],
        confidence=score["confidence"],
        confidence_text=reader.text(confidence_key(score["confidence"])),
        confidence_why=confidence_out(reader, int(score["customer_id"])),
        override=next((override_out(reader, row) for row in held), None),
        as_of=from_us(score["as_of_us"]),
        version=score["version"],
        not_computable=not_computable(reader),
    )


def confidence_key(confidence: float) -> str:
    """The message that says how well founded a score is."""
    if confidence >= TRUSTED:
        return "show.confidence.high"
    return "show.confidence.medium" if confidence >= DOUBTFUL else "show.confidence.low"


def confidence_out(reader: Reader, customer_id: int) -> list[str]:
    """Sentences: what lowers the confidence of a customer's score (BEY-06)."""
    sql = """SELECT coalesce(count(DISTINCT (ts_us // $day)) FILTER (WHERE kind = 'order.placed'), 0) AS orders,
            ($now - min(ts_us)) / $day AS known
        FROM activity WHERE customer_id = $customer AND ts_us < $now AND known_us <= $now"""
    now = to_us(reader.now)
    row = rows(reader.workspace, sql, {"customer": customer_id, "now": now, "day": DAY_US}).to_pylist()[0]
    newest = [stamp.newest_at for stamp in stamps(reader.workspace, reader.now) if stamp.newest_at]
    told = confidence_why(
        age_days=(reader.now - max(newest)).total_seconds() / 86_400 if newest else 0.0,
        order_days=float(row["orders"]),
        days_known=float(row["known"] or 0.0),
        unknown=_unknown(reader, customer_id),
    )
    return [reader.text(why.key, why.params) for why in told]


def _unknown(reader: Reader, customer_id: int) -> int:
    """Signals that the workspace could compute and this customer's data do not tell, as of the last scoring."""
    kinds, known = kinds_of(reader.workspace, reader.now), frame_schema(warehouse(), reader.workspace.pk)
    names = [f"signal.{signal.code}" for signal in signals_all() if signal_computable(signal, kinds)]
    columns = [f'("{name}" IS NULL)::INTEGER' for name in names if name in known]
    if not columns:
        return 0
    sql = f"SELECT {' + '.join(columns)} AS n FROM frame WHERE customer_id = $customer"
    found = rows(reader.workspace, sql, {"customer": customer_id}).to_pylist()
    return int(found[0]["n"]) if found else 0


def not_computable(reader: Reader) -> list[str]:
    """Sentences: which signals the workspace's data cannot tell, and why; silence is told apart from missing sources."""
    kinds = kinds_of(reader.workspace, reader.now)
    return [
        reader.text("show.not_computable", {"signal": reader.text(f"signals.{signal.code}.name"), "why": reader.text(signal.missing)})
        for signal in signals_all()
        if not signal_computable(signal, kinds)
    ]


def history_out(reader: Reader, customer_id: int) -> ScoreHistoryOut:
    """The scores of the last 400 days, oldest first, with the configurations that went live meanwhile."""
    since = reader.now - timedelta(days=HISTORY_DAYS)
    found = score_history(warehouse(), reader.workspace.pk, customer_id=customer_id, as_of=reader.now, since=since)
    points = [
        ScorePoint(at=from_us(row["as_of_us"]), score=row["score"], level=row["level"], version=row["version"])
        for row in found.select(["as_of_us", "score", "level", "version"]).to_pylist()
    ]
    versions = ScoreVersion.objects.filter(workspace=reader.workspace, published_as_of__gte=since, published_as_of__lte=reader.now)
    marks = [
        ConfigMark(at=row.published_as_of, version=row.version, note=row.note)
        for row in versions.order_by("published_as_of")
        if row.published_as_of
    ]
    return ScoreHistoryOut(points=points, marks=marks)
