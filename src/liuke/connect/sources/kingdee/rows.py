"""Documents to rows in our own fields, as text: what stands, what is cancelled, and what no longer counts (反审核, deleted, lines removed).

A document counts while it is audited (FDocumentStatus C). One that counted before and is taken back, or that is gone, leaves rows whose
status is `withdrawn`: they take the place of its earlier rows, which then count for nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from liuke.connect.sources.kingdee.paging import Document, text
from liuke.connect.sources.kingdee.streams import Stream
from liuke.vendors.kingdee.answers import Cell

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "customers": ("customer_key", "name", "owner_email", "registered_at", "industry", "country", "province", "city", "segment"),
    "orders": (
        "order_id", "customer_key", "customer_name", "ordered_at", "line_id", "sku", "description", "quantity", "amount", "status",
        "in_stock", "promised_on", "delivered_on", "channel", "actor",
    ),
    "payments": (
        "payment_id", "customer_key", "customer_name", "amount", "due_on", "billed_on", "paid_at", "cleared_at", "standing",
    ),
}  # fmt: skip
"""Columns of the rows by entity; their names are the fields that they fill, so the mapping of such a file is given."""
AUDITED, VOID, TERMINATED, WRITTEN_OFF = "C", "B", "B", "C"
WITHDRAWN = "withdrawn"
CUSTOMER_PARTY = "BD_Customer"
Cells = dict[str, str]


class LeftOut(StrEnum):
    """Why a document brings nothing."""

    NOT_AUDITED = "not_audited"
    NO_CUSTOMER = "no_customer"
    CURRENCY = "currency"
    NOT_POSITIVE = "not_positive"
    OTHER_PARTY = "other_party"


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of a document that was brought in, enough to take it back: number, customer, day, ids of its lines."""

    number: str
    customer: str
    at: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Brought:
    """A document as rows, or why there are none. `open`: worth looking at again although nobody edits it."""

    rows: Sequence[Cells]
    known: Known | None
    left_out: LeftOut | None = None
    open: bool = False


def brought(stream: Stream, document: Document, currency: str, *, money_apart: bool = True) -> Brought:
    """The rows of one document. `currency`: number of the only one that counts, "" = any. `money_apart`: receipts are read too, so
    that a bill that is written off brings no payment of its own.

    A void order has both rows and a reason: it is a cancellation of what counted before, and nothing where nothing did.
    """
    head = document.rows[0]
    reason = _left_out(stream, head, currency)
    if reason is LeftOut.NOT_AUDITED and stream.entity == "orders" and text(head.get("cancel_status")) == VOID:
        return replace(_order(document), left_out=reason)
    if reason is not None:
        return Brought((), None, reason)
    if stream.entity == "orders":
        return _order(document)
    return _payment(document, money_apart=money_apart) if stream.entity == "payments" else _customer(head)


def withdrawn(stream: Stream, known: Known, lines: Sequence[str] | None = None) -> list[Cells]:
    """Rows that take a document back, or only some of its lines."""
    if stream.entity == "orders":
        given = {"order_id": known.number, "customer_key": known.customer, "ordered_at": known.at, "amount": "0", "status": WITHDRAWN}
        return [{**given, "line_id": line} for line in (known.lines if lines is None else lines)]
    if stream.entity == "payments":
        given = {"payment_id": known.number, "customer_key": known.customer, "amount": "0", "standing": WITHDRAWN}
        return [{**given, "due_on": known.at[:10], "paid_at": known.at}]
    return []


def digest_of(rows: Sequence[Cells]) -> str:
    """Tells whether a document says anything new."""
    return hashlib.sha256(json.dumps(rows, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:32]


def _left_out(stream: Stream, head: Mapping[str, Cell], currency: str) -> LeftOut | None:
    is_payment = stream.entity == "payments"
    tests = {
        LeftOut.NOT_AUDITED: text(head.get("document_status")) not in {"", AUDITED}
        or (is_payment and text(head.get("cancel_status")) == VOID),
        LeftOut.OTHER_PARTY: text(head.get("party")) not in {"", CUSTOMER_PARTY},
        LeftOut.NO_CUSTOMER: not text(head.get("customer_key")),
        LeftOut.CURRENCY: bool(currency) and text(head.get("currency")) not in {"", currency},
        LeftOut.NOT_POSITIVE: is_payment and _amount(head) <= 0,
    }
    return next((reason for reason, holds in tests.items() if holds), None)


def _amount(row: Mapping[str, Cell]) -> float:
    value = row.get("amount")
    try:
        return float(value) if value not in (None, "") else 0.0
    except ValueError:
        return 0.0


def _customer(head: Mapping[str, Cell]) -> Brought:
    row = _plain("customers", head)
    return Brought([row], Known(row["customer_key"], row["customer_key"], ""))


def _order(document: Document) -> Brought:
    """Lines; void orders and lines ended by hand are cancelled."""
    rows = []
    for line in document.rows:
        is_void = text(line.get("cancel_status")) == VOID or text(line.get("line_status")) == TERMINATED
        rows.append({**_plain("orders", line), "status": "cancelled" if is_void else "placed"})
    head = rows[0]
    known = Known(head["order_id"], head["customer_key"], head["ordered_at"], tuple(row["line_id"] for row in rows))
    is_open = any(row["status"] == "placed" and remaining(line) > 0 for row, line in zip(rows, document.rows, strict=True))
    return Brought(rows, known, open=is_open)


def _payment(document: Document, *, money_apart: bool) -> Brought:
    """A bill with its due day, cleared or paid when it is written off in full; or money that came in."""
    head = document.rows[0]
    row = _plain("payments", head)
    is_cleared = text(head.get("written_off")) == WRITTEN_OFF
    if is_cleared:
        row["cleared_at" if money_apart else "paid_at"] = document.changed
    row["standing"] = "stands"
    known = Known(row["payment_id"], row["customer_key"], row["paid_at"] or row["due_on"] or row["billed_on"])
    return Brought([row], known, open="written_off" in head and not is_cleared)


def remaining(line: Mapping[str, Cell]) -> float:
    """What of a line is not yet delivered; nothing where the site does not say."""
    value = line.get("remaining")
    return float(value) if isinstance(value, int | float) else 0.0


def _plain(entity: str, row: Mapping[str, Cell]) -> Cells:
    """The columns that the document fills by itself."""
    return {name: text(row.get(name)) for name in COLUMNS[entity]}
