"""The raw rows behind a reason, and how far the sources reach that they come from."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from liuke.base.errors import NotFound
from liuke.base.times import DAY_US, from_us, to_us
from liuke.facts.service import activity_counts_read, customer_get, evidence_read, order_lines_read
from liuke.show.api.schemas.customers import EvidenceOut, OrderLineOut
from liuke.show.queries.config import config_of
from liuke.show.queries.reader import Reader, has_rows
from liuke.show.queries.rule_rows import rule_evidence_out
from liuke.show.queries.scores import last_score
from liuke.show.queries.stamps import stamps
from liuke.show.queries.timeline import activity_item
from liuke.show.queries.warehouse import rows, warehouse
from liuke.signals.domain.effects import rule_of_signal
from liuke.signals.domain.reason import Family
from liuke.signals.service import evidence, signal_get

ROWS = 100
WEEKS = 26


def evidence_out(*, reader: Reader, customer_id: int, signal: str) -> EvidenceOut:
    """The activities that a reason of the customer's last score rests on, newest first, up to the moment of that scoring.

    Raises NotFound("no_such_reason") where the signal is no reason of the score.
    """
    reader.require_customers()
    customer_get(actor=reader.actor, customer_id=customer_id)
    rule_id = rule_of_signal(signal)
    if rule_id is not None:
        return rule_evidence_out(reader, customer_id, rule_id)
    score = last_score(reader, customer_id)
    reasons = score["reasons"] if score else ()
    reason = next((line for line in reasons if line["signal"] == signal), None)
    if score is None or reason is None or not has_rows(signal):
        raise NotFound("no_such_reason", signal=signal)
    return _signal_evidence(reader, customer_id, reason, from_us(score["as_of_us"]))


def _signal_evidence(reader: Reader, customer_id: int, reason: Mapping[str, Any], as_of: datetime) -> EvidenceOut:
    """The rows behind a signal that is a line of the score of that moment."""
    signal = str(reason["signal"])
    setting = config_of(reader.workspace).signals.get(signal)
    window = evidence(signal=signal, params=setting.params if setting else None, as_of=as_of, zone=reader.workspace.time_zone)
    kinds = _kinds(reader, customer_id, window.kinds, window.but)
    found = evidence_read(
        actor=reader.actor,
        customer_id=customer_id,
        warehouse=warehouse(),
        kinds=kinds,
        from_us=window.since_us,
        until_us=window.until_us,
        limit=min(window.newest or ROWS, ROWS),
        texts=window.texts,
    )
    return EvidenceOut(
        reason=reader.reason_out(reason),
        explanation=reader.text(f"signals.{signal}.description"),
        start=from_us(window.since_us),
        end=from_us(window.until_us),
        rows=[activity_item(reader, row) for row in found.activities],
        total=found.total,
        sources=stamps(reader.workspace, reader.now, {row.source for row in found.activities}),
        weekly=_weekly(reader, customer_id, kinds, window.until_us, money=signal_get(signal).family is Family.CONSUMPTION),
    )


def _kinds(reader: Reader, customer_id: int, kinds: Collection[str], but: Collection[str]) -> list[str]:
    """The signal's kinds; where it takes all but some, those of them that the customer has."""
    if kinds:
        return list(kinds)
    return [kind for kind in activity_counts_read(actor=reader.actor, customer_id=customer_id, warehouse=warehouse()) if kind not in but]


def _weekly(reader: Reader, customer_id: int, kinds: Collection[str], until_us: int, *, money: bool) -> list[float]:
    """26 weekly sums of money, or counts, oldest first; empty where nothing happened."""
    measure = "sum(CASE WHEN kind LIKE '%cancelled' THEN -value ELSE value END)" if money else "count(*)"
    sql = f"""SELECT ($end - 1 - ts_us) // {7 * DAY_US} AS week, {measure} AS amount FROM activity
        WHERE customer_id = $customer AND kind = ANY($kinds) AND known_us <= $now
            AND ts_us < $end AND ts_us >= $end - {7 * WEEKS * DAY_US} GROUP BY week"""
    given: dict[str, Any] = {"customer": customer_id, "kinds": sorted(kinds), "end": until_us, "now": to_us(reader.now)}
    found = {int(row["week"]): float(row["amount"] or 0) for row in rows(reader.workspace, sql, given).to_pylist()}
    return [round(found.get(week, 0.0), 2) for week in reversed(range(WEEKS))] if found else []


def order_out(*, reader: Reader, customer_id: int, order_id: str) -> list[OrderLineOut]:
    """The lines of one order. Raises NotFound where the customer has no such order."""
    reader.require_customers()
    lines = order_lines_read(actor=reader.actor, customer_id=customer_id, warehouse=warehouse(), order_id=order_id)
    if not lines:
        raise NotFound("order_unknown", order=order_id)
    return [
        OrderLineOut(
            sku=str(line.attrs.get("sku", "")),
            description=str(line.attrs.get("description", "")),
            quantity=_number(line.attrs.get("quantity")) or 0.0,
            price=_number(line.attrs.get("price")),
            amount=line.value or 0.0,
        )
        for line in lines
    ]


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
