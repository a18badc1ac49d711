"""Shapes of 运行状况."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Schema

from liuke.show.api.schemas.common import ErrorOut

StateName = Literal["ok", "warn", "fail", "off"]


class OperationsPart(Schema):
    """One part at a glance. `advice` is empty where nothing has to be done."""

    part: str
    name: str
    state: StateName
    text: str
    advice: str


class OperationsProcess(Schema):
    """One process. `busy`: jobs that a worker runs, open streams of a web process."""

    name: str
    kind: str
    state: StateName
    since: datetime | None
    seen: datetime
    memory_bytes: int
    cpu_seconds: float
    busy: int


class OperationsStore(Schema):
    """Something on disk: `database`, `warehouse` or `uploads`."""

    name: str
    bytes: int


class OperationsInstallation(Schema):
    """What all workspaces share; only for people who look after all of them."""

    version: str
    processes: list[OperationsProcess]
    stores: list[OperationsStore]
    disk_free: int
    disk_total: int
    backup_at: datetime | None


class OperationsQueue(Schema):
    """Jobs of one kind that are due and not begun, or run."""

    kind: str
    name: str
    waiting: int
    running: int
    oldest_seconds: float


class OperationsMinute(Schema):
    """One minute of the last hour; `rows_per_second` is null where the minute before is missing."""

    at: datetime
    waiting_rows: int
    lag_seconds: float
    rows_per_second: float | None
    jobs_waiting: int


class OperationsLive(Schema):
    """The live path: accepted and not yet applied, and how long rows took lately from accepted to applied."""

    batches: int
    rows: int
    oldest_seconds: float
    lag_p50: float | None
    lag_p95: float | None
    rows_per_second: float | None
    history: list[OperationsMinute]


class OperationsJob(Schema):
    """A job that gave up. `request_id` finds it in the log."""

    id: int
    kind: str
    name: str
    error: ErrorOut | None
    attempts: int
    failed_at: datetime | None
    request_id: str


class OperationsTopic(Schema):
    """Messages of one channel; failed and in doubt within a day."""

    topic: str
    waiting: int
    oldest_seconds: float
    failed: int
    unknown: int


class OperationsSource(Schema):
    """A source that brings rows by itself."""

    id: int
    name: str
    state: str
    last_success_at: datetime | None
    newest_row_at: datetime | None
    error: ErrorOut | None


class SourceAge(Schema):
    """Up to when one source has told; null where it never has."""

    name: str
    until: datetime | None
    state: str


class DataAgeOut(Schema):
    """How old the facts are that every page shows. `until`: the newest over all sources, never later than the workspace's present.

    `waiting_rows`: accepted and not yet counted in. `late`: some source is behind its plan or fails.
    """

    until: datetime | None
    waiting_rows: int
    late: bool
    sources: list[SourceAge]


class OperationsOut(Schema):
    """Is everything well? `taken_at` is the real clock, not the workspace's."""

    state: StateName
    sentence: str
    taken_at: datetime
    parts: list[OperationsPart]
    installation: OperationsInstallation | None
    queue: list[OperationsQueue]
    live: OperationsLive
    failed: list[OperationsJob]
    outbox: list[OperationsTopic]
    sources: list[OperationsSource]
