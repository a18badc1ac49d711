"""Bulk writes of the read models."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from liuke.facts.store.models import Customer
from liuke.score.domain.levels import Level
from liuke.segments.domain.tiers import Tier
from liuke.show.domain.card import Card
from liuke.show.store.models import CustomerCard

_COLUMNS = Card.__slots__
_MOMENTS = {"last_order_at", "last_activity_at"}
_JSON = {"reasons", "history"}
_MANY = 500
"""Fewer rows than these are not worth a table of their own: the live path writes a few cards at a time."""
_encode = json.JSONEncoder(ensure_ascii=False).encode


def digests(workspace_id: int, only: Sequence[int] | None) -> Mapping[int, str]:
    """Fingerprint of each card, by customer id; all of the workspace where `only` is None."""
    cards = CustomerCard.objects.filter(workspace_id=workspace_id)
    if only is not None:
        cards = cards.filter(customer_id__in=only)
    return dict(cards.values_list("customer_id", "digest"))


def card_of(customer: Customer) -> CustomerCard:
    """The customer's card; a blank one where the customer was never scored. Load it along: `select_related("…customercard")`."""
    found: CustomerCard | None = getattr(customer, "customercard", None)
    return found or CustomerCard(level=Level.NORMAL.value, tier=Tier.LOW.value)


def _plain(card: Card) -> list[Any]:
    values: list[Any] = []
    for name in _COLUMNS:
        value = getattr(card, name)
        if name in _MOMENTS and value is not None:
            value = connection.ops.adapt_datetimefield_value(value)
        elif name in _JSON:
            value = _encode(value)
        elif name == "contract_ends_on" and value is not None:
            value = connection.ops.adapt_datefield_value(value)
        values.append(value)
    return values


def upsert(workspace_id: int, cards: Sequence[tuple[Card, str]], scored_at: datetime) -> None:
    """Insert or replace cards with their fingerprints. `bulk_create` takes three times as long (25 columns a row).

    PostgreSQL gets many by COPY through a table of the transaction's own (2.5 times as fast as rows in a pipeline); must run in one.
    """
    table, names = CustomerCard._meta.db_table, (*_COLUMNS, "digest", "workspace_id", "scored_at")
    columns = ", ".join(names)
    updates = ", ".join(f"{name} = excluded.{name}" for name in names[1:])
    replaced = f"ON CONFLICT (customer_id) DO UPDATE SET {updates}"
    at = connection.ops.adapt_datetimefield_value(scored_at)
    rows = [(*_plain(card), digest, workspace_id, at) for card, digest in cards]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite" or len(rows) < _MANY:
            marks = ", ".join(["%s"] * len(names))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks}) {replaced}", rows)
            return
        cursor.execute(f"CREATE TEMP TABLE arriving ON COMMIT DROP AS SELECT {columns} FROM {table} WITH NO DATA")
        with connection.wrap_database_errors, cursor.copy(f"COPY arriving ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM arriving {replaced}")
        cursor.execute("DROP TABLE arriving")


def analyze() -> None:
    """Refresh the planner's statistics of the cards: without them SQLite picks the wrong index for a rare filter."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {CustomerCard._meta.db_table}")
