"""The customer list as a file."""

from __future__ import annotations

from collections.abc import Iterator

from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import EXPORTED, audit_record
from liuke.facts.store.models import Contact
from liuke.show.api.schemas.customers import CustomerRow
from liuke.show.domain.csvfile import csv_lines
from liuke.show.queries.customer_list import CustomerFilter, customer_walk
from liuke.show.queries.reader import Reader

MOST = 50_000
"""Rows per file; narrower filters give the rest."""
BATCH = 200
COLUMNS = (
    "key", "name", "owner", "team", "status", "tier", "segment", "level", "score", "delta_7d", "delta_30d", "top_reason",
    "annual_value", "expected_loss", "last_order_at", "last_activity_at", "contract_ends_on", "contact", "phone", "email",
)  # fmt: skip


def customers_csv(*, reader: Reader, wanted: CustomerFilter, sort: str) -> Iterator[str]:
    """The filtered list, at most 50,000 rows; contacts masked by role. Audited before the first byte. Raises Forbidden."""
    reader.actor.require(Permission.EXPORT)
    rows = customer_walk(reader=reader, wanted=wanted, sort=sort, most=MOST)
    first = next(rows, None)
    detail = {"scope": wanted.scope, "status": wanted.status, "personal": reader.sees_personal}
    audit_record(actor=reader.actor, action=EXPORTED, object_type="customers", detail=detail)
    header = [reader.text(f"show.column.{name}") for name in COLUMNS]
    return csv_lines(header, _lines(reader, first, rows))


def _lines(reader: Reader, first: CustomerRow | None, rest: Iterator[CustomerRow]) -> Iterator[list[object]]:
    batch: list[CustomerRow] = [] if first is None else [first]
    for row in rest:
        if len(batch) == BATCH:
            yield from _batch(reader, batch)
            batch = []
        batch.append(row)
    yield from _batch(reader, batch)


def _batch(reader: Reader, batch: list[CustomerRow]) -> Iterator[list[object]]:
    contacts: dict[int, tuple[str, str, str]] = {}
    found = Contact.objects.filter(customer_id__in=[row.id for row in batch]).order_by("is_key", "-pk")
    for customer_id, name, phone, email in found.values_list("customer_id", "name", "phone", "email"):
        contacts[customer_id] = (reader.person_name(name), reader.phone(phone), reader.email(email))
    for row in batch:
        yield [
            row.key,
            row.name,
            row.owner.name if row.owner else "",
            row.owner.team or "" if row.owner else "",
            reader.text(f"show.status.{row.status}"),
            reader.text(f"show.tier.{row.tier}"),
            row.segment,
            reader.text(f"show.level.{row.level}"),
            row.score,
            row.delta_7d,
            row.delta_30d,
            row.top_reason,
            row.annual_value,
            row.expected_loss,
            *(moment.astimezone(reader.zone).isoformat() if moment else "" for moment in (row.last_order_at, row.last_activity_at)),
            row.contract_ends_on,
            *contacts.get(row.id, ("", "", "")),
        ]
