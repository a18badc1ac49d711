"""Clean rows of customers, contacts, contracts and opportunities to the records that facts keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pyarrow as pa

from liuke.align.domain.attributes import EXTRA
from liuke.align.domain.batch import ContactRow, ContractRow, CustomerRow, OpportunityRow

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ATTRIBUTES = ("industry", "country", "province", "city", "segment")
"""Fields of a customer that are kept as attributes, beside any column the user keeps."""


@dataclass(frozen=True, slots=True)
class RowFacts:
    """What rows do not say themselves: the currency where none is given, the workspace's clock, and whether all is made up."""

    currency: str
    now: datetime
    sample_fields: Sequence[str] = ()

    @property
    def is_sample(self) -> bool:
        """Whether the rows are generated."""
        return bool(self.sample_fields)


def customer_rows(rows: pa.Table, facts: RowFacts) -> list[CustomerRow]:
    """Customers; kept columns become attributes under their own headers."""
    customers = []
    for row in rows.to_pylist():
        attributes = {
            name.removeprefix(EXTRA): value for name, value in row.items() if value and (name in ATTRIBUTES or name.startswith(EXTRA))
        }
        customers.append(
            CustomerRow(
                key=row["customer_key"],
                name=row["name"] or "",
                owner_email=(row["owner_email"] or "").lower(),
                registered_at=_moment(row["registered_at"]),
                attributes=attributes,
                sample_fields=facts.sample_fields,
            )
        )
    return customers


def named_customers(rows: pa.Table) -> dict[str, str]:
    """The customers' names that rows of another entity carry along: key to name, the last one given wins."""
    pairs = zip(rows["customer_key"].to_pylist(), rows["customer_name"].to_pylist(), strict=True)
    return {key: name for key, name in pairs if name}


def contact_rows(rows: pa.Table, facts: RowFacts) -> list[ContactRow]:
    """Contacts; without a number of its own a person is known by e-mail address, phone or name."""
    return [
        ContactRow(
            customer_key=row["customer_key"],
            key=(row["contact_id"] or row["email"] or row["phone"] or row["name"])[:80],
            name=row["name"],
            title=row["title"] or "",
            phone=row["phone"] or "",
            email=row["email"] or "",
            is_key=bool(row["is_key"]),
            is_sample=facts.is_sample,
        )
        for row in rows.to_pylist()
    ]


def contract_rows(rows: pa.Table, facts: RowFacts) -> list[ContractRow]:
    """Contracts; a missing currency is the workspace's."""
    return [
        ContractRow(
            customer_key=row["customer_key"],
            key=row["contract_id"],
            name=row["name"] or row["contract_id"],
            starts_on=row["starts_on"],
            ends_on=row["ends_on"],
            amount=money(row["amount"]),
            currency=(row["currency"] or facts.currency).upper(),
            is_sample=facts.is_sample,
        )
        for row in rows.to_pylist()
    ]


def opportunity_rows(rows: pa.Table, facts: RowFacts) -> list[OpportunityRow]:
    """Opportunities; one without a time of change changed now."""
    return [
        OpportunityRow(
            customer_key=row["customer_key"],
            key=row["opportunity_id"],
            name=row["name"] or row["opportunity_id"],
            stage=row["stage"],
            amount=None if row["amount"] is None else money(row["amount"]),
            close_on=row["close_on"],
            updated_at=_moment(row["updated_at"]) or facts.now,
            is_sample=facts.is_sample,
        )
        for row in rows.to_pylist()
    ]


def money(amount: float) -> Decimal:
    """An amount with two decimals."""
    return Decimal(repr(amount)).quantize(Decimal("0.01"))


def _moment(us: int | None) -> datetime | None:
    return None if us is None else _EPOCH + timedelta(microseconds=us)
