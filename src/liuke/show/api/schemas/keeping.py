"""Backups and how long activities are kept (备份与保留)."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Schema

from liuke.show.api.schemas.common import JobOut

GroupName = Literal["usage", "talk", "trade"]
ReasonName = Literal["nightly", "manual", "upgrade"]


class BackupOut(Schema):
    """A whole backup on the server. It cannot be fetched through the browser."""

    name: str
    made_at: datetime
    reason: ReasonName
    bytes: int
    rows: int
    """Of the application database, all workspaces together."""
    activities: int
    has_secret: bool
    """The installation's secret is in it, behind a passphrase."""


class KeptOut(Schema):
    """A group of kinds. `months` null: kept for ever; `least` is the shortest time that may be chosen."""

    group: GroupName
    months: int | None
    least: int
    rows: int
    oldest: datetime | None


class KeepingOut(Schema):
    """Backups, newest first; `nightly` is how many nights are kept (0: none is made by itself)."""

    backups: list[BackupOut]
    nightly: int
    free_bytes: int
    """Where backups lie."""
    running: JobOut | None
    failed: JobOut | None
    """The last backup, where it failed."""
    retention: list[KeptOut]


class KeepMonthsIn(Schema):
    """Months by group; null or absent: for ever. `rows`: how many the preview said would go, so that nobody confirms blindly."""

    usage: int | None = None
    talk: int | None = None
    trade: int | None = None
    rows: int | None = None


class GoingOut(Schema):
    """What would go of a group: everything before `since`."""

    group: GroupName
    months: int
    since: datetime
    rows: int
    customers: int


class RetentionPreviewOut(Schema):
    """What would go tonight, and the metrics that look further back than what would stay."""

    rows: int
    going: list[GoingOut]
    metrics: list[str]
    """Names, at most twenty."""
    metrics_total: int
