"""Messages that must leave the database: written with their cause, delivered by lease."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from liuke.base.times import utc_now
from liuke.jobs.store.models import OutboxMessage


def outbox_add(
    *, key: str, topic: str, payload: Mapping[str, object], workspace_id: int | None, run_at: datetime | None = None
) -> OutboxMessage:
    """The message of that `key`, to be delivered once by the topic's handler. Call it in the transaction of its cause."""
    message, _ = OutboxMessage.objects.get_or_create(
        key=key, defaults={"topic": topic, "payload": dict(payload), "workspace_id": workspace_id, "run_at": run_at or utc_now()}
    )
    return message
