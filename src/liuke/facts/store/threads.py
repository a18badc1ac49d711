"""Through whom contact with a customer goes: one colleague, one person of theirs, and when it was last (BEY-15)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from liuke.base.times import from_us, to_us
from liuke.facts.domain.kinds import Kind
from liuke.warehouse import Warehouse

CONTACT = (
    Kind.MESSAGE_IN, Kind.MESSAGE_OUT, Kind.GROUP_MESSAGE, Kind.CALL_MADE, Kind.VISIT_MADE, Kind.TICKET_OPENED, Kind.TRAINING_ASKED,
    Kind.QBR_HELD, Kind.RENEWAL_CONTACTED,
)  # fmt: skip
"""Kinds in which people speak with people."""


@dataclass(frozen=True, slots=True)
class Thread:
    """Contact of a time with one customer: how many colleagues and contacts are named, and one of each."""

    customer_id: int
    n: int
    colleagues: int
    colleague: str
    contacts: int
    contact: str
    last_at: datetime


def threads(warehouse: Warehouse, workspace_id: int, *, since: datetime, until: datetime) -> list[Thread]:
    """Every customer with contact in `[since, until)`, counted in the warehouse."""
    kinds = ", ".join(f"'{kind.value}'" for kind in CONTACT)
    sql = f"""
        SELECT customer_id, count(*) AS n,
               count(DISTINCT nullif(actor, '')) AS colleagues, coalesce(max(actor), '') AS colleague,
               count(DISTINCT nullif(json_extract_string(attrs, '$.contact'), '')) AS contacts,
               coalesce(max(json_extract_string(attrs, '$.contact')), '') AS contact, max(ts_us) AS last_us
        FROM activity
        WHERE kind IN ({kinds}) AND ts_us >= $since AND ts_us < $until AND known_us < $until
        GROUP BY customer_id ORDER BY customer_id
    """
    rows = warehouse.query(workspace_id, sql, {"since": to_us(since), "until": to_us(until)}).to_pylist()
    return [
        Thread(
            int(row["customer_id"]),
            int(row["n"]),
            int(row["colleagues"]),
            str(row["colleague"]),
            int(row["contacts"]),
            str(row["contact"]),
            from_us(int(row["last_us"])),
        )
        for row in rows
    ]
