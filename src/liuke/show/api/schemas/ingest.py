"""Rows by API: what is answered, and for the documentation what is sent (it is read by `liuke.connect.domain`, not by these)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from ninja import Schema

from liuke.show.api.schemas.common import ErrorOut


class RejectedOut(Schema):
    """A row that was not taken. `index`: its place in the body, from 0; `reason` is in the reader's language."""

    index: int
    field: str
    code: str
    reason: str


class IngestOut(Schema):
    """Accepted and durable; applied within seconds. `Idempotent-Replayed: true` where the same key had brought the rows before."""

    batch_id: int
    accepted: int
    rejected: list[RejectedOut]


class SentBatchOut(Schema):
    """What became of a request. `queued` and `running`: durable, not yet applied; `new`, `changed`, `same` count applied rows."""

    id: int
    entity: str
    source: str
    status: Literal["queued", "running", "applied", "failed", "cancelled"]
    accepted: int
    rejected: int
    new: int
    changed: int
    same: int
    received_at: datetime
    applied_at: datetime | None
    error: ErrorOut | None


class ActivityIn(Schema):
    """One activity. `customer_key` is the customer's number in your system; `ts` has an offset or Z."""

    activity_id: str
    customer_key: str
    ts: datetime
    kind: str
    value: float | None = None
    channel: str | None = None
    actor: str | None = None
    attrs: dict[str, Any] | None = None


class OutcomeRowIn(Schema):
    """What became of a customer (登记结果). `outcome_id`: your number of it; the same one again changes nothing."""

    outcome_id: str
    customer_key: str
    kind: Literal["renewed", "repurchased", "churned", "paused", "unsaveable"]
    occurred_on: str
    cause: str = ""
    competitor: str = ""
    note: str = ""
