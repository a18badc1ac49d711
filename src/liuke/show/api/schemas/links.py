"""Links given to contacts."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Schema

Info = Literal["quote", "notice", "course", "other"]


class ContactLinkIn(Schema):
    """An address for a customer or one of their contacts. `days`: it ends after so many; null = never."""

    info: Info
    title: str
    url: str
    contact_id: int | None = None
    days: int | None = 90


class ContactLinkOut(Schema):
    """A link and what became of it. `state`: waiting (nobody has looked), seen, over, revoked. `seconds`: of the longest look."""

    id: int
    info: Info
    title: str
    address: str
    leads_to: str
    file_name: str
    contact_id: int | None
    contact: str
    state: Literal["waiting", "seen", "over", "revoked"]
    created_by: str
    created_at: datetime
    expires_at: datetime | None
    first_at: datetime | None
    last_at: datetime | None
    views: int
    seconds: int
