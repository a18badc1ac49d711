"""What align hands to facts: entities and activities in canonical form, still addressed by the customer's own number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa

ALIGNED_ACTIVITY_SCHEMA = pa.schema(
    [
        pa.field("source", pa.string(), nullable=False),
        pa.field("activity_id", pa.string(), nullable=False),
        pa.field("customer_key", pa.string(), nullable=False),
        pa.field("ts_us", pa.int64(), nullable=False),
        pa.field("known_us", pa.int64(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("value", pa.float64()),
        pa.field("channel", pa.string()),
        pa.field("actor", pa.string()),
        pa.field("attrs", pa.string()),
    ]
)
"""`facts.domain.activity.ACTIVITY_SCHEMA` with `customer_key` where that has `customer_id`."""


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A customer as a source describes it. Blank fields leave what is known unchanged."""

    key: str
    name: str = ""
    owner_email: str = ""
    registered_at: datetime | None = None
    attributes: Mapping[str, object] = field(default_factory=dict)
    sample_fields: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A person at a customer."""

    customer_key: str
    key: str
    name: str
    title: str = ""
    phone: str = ""
    email: str = ""
    is_key: bool = False
    is_sample: bool = False


@dataclass(frozen=True, slots=True)
class ContractRow:
    """An agreement with an end."""

    customer_key: str
    key: str
    name: str
    starts_on: date | None
    ends_on: date
    amount: Decimal
    currency: str
    is_sample: bool = False


@dataclass(frozen=True, slots=True)
class OpportunityRow:
    """A deal in progress."""

    customer_key: str
    key: str
    name: str
    stage: str
    amount: Decimal | None
    close_on: date | None
    updated_at: datetime
    is_sample: bool = False


@dataclass(frozen=True, slots=True)
class AlignedBatch:
    """One accepted batch, ready to be written in one go.

    `activities` are Parquet files (or tables) in ALIGNED_ACTIVITY_SCHEMA; a batch of two million rows stays on disk.
    """

    batch_id: str
    activities: Sequence[pa.Table | str] = ()
    customers: Sequence[CustomerRow] = ()
    contacts: Sequence[ContactRow] = ()
    contracts: Sequence[ContractRow] = ()
    opportunities: Sequence[OpportunityRow] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """How many rows were new, changed what was known, or said the same again."""

    new: int = 0
    changed: int = 0
    same: int = 0
    customers_new: int = 0
    moved_from: Sequence[int] = ()
    """Customers (our ids) from whom a correction took a row: it is another customer's now."""
