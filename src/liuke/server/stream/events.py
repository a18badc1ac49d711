"""What is told, and how it looks on the wire (text/event-stream)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

PING = b": ping\n\n"
HELLO = b"retry: 3000\n\n"


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A new in-app notification; `id` is the event id that a reconnecting browser sends back."""

    id: int
    recipient_id: int
    key: str
    params: Mapping[str, object]
    link: str


@dataclass(frozen=True, slots=True)
class AlertRow:
    """A new alert, with whom it concerns: its owner, the customer's owner, and their teams (ids)."""

    id: int
    workspace_id: int
    customer_id: int
    level: str
    owner_id: int | None
    owner_team_id: int | None
    customer_owner_id: int | None
    customer_team_id: int | None


@dataclass(frozen=True, slots=True)
class News:
    """What came since the last look, oldest first."""

    notices: Sequence[NoticeRow] = ()
    jobs: Sequence[JobRow] = ()
    alerts: Sequence[AlertRow] = ()


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job that changed. `created_by_id` is a membership."""

    id: int
    workspace_id: int | None
    created_by_id: int | None
    kind: str
    status: str
    progress: float
    stage: Mapping[str, object] = field(hash=False)
    changed_at: datetime

    @property
    def is_over(self) -> bool:
        """Whether it will change no more."""
        return self.status in {"done", "failed", "cancelled"}


def encode(name: str, data: Mapping[str, object], event_id: int | None = None) -> bytes:
    """One event. JSON holds no raw line break, so one `data:` line is enough."""
    head = "" if event_id is None else f"id: {event_id}\n"
    return f"{head}event: {name}\ndata: {json.dumps(data, ensure_ascii=False, separators=(',', ':'))}\n\n".encode()
