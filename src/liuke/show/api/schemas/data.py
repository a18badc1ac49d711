"""Imports and sources."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from ninja import Schema

from liuke.show.api.schemas.common import ErrorOut

EntityName = Literal[
    "customers", "contacts", "orders", "activities", "tickets", "messages", "surveys", "payments", "contracts", "opportunities"
]


class FieldOut(Schema):
    """A canonical field of an entity."""

    name: str
    label: str
    help: str
    required: bool
    type: Literal["text", "key", "money", "number", "datetime", "date", "bool", "choice"]
    choices: list[str] = []  # noqa: RUF012 - pydantic copies defaults


class EntityOut(Schema):
    """What can be imported."""

    name: EntityName
    label: str
    help: str
    fields: list[FieldOut]


class ColumnOut(Schema):
    """A column of the file with a few of its values."""

    name: str
    samples: list[str]
    field: str | None
    """The canonical field it is mapped to; null = not imported, `attr` = kept as an extra attribute."""
    parse_rate: float | None
    """Share of sampled values that parse for that field."""


class MappingIn(Schema):
    """Which column fills which field: `{"订单号": "order_id"}`; plus how to read dates and money."""

    entity: EntityName
    columns: dict[str, str]
    date_order: Literal["auto", "ymd", "dmy", "mdy"] = "auto"
    sheet: str | None = None
    keep_rest: bool = True


class RejectOut(Schema):
    """A row that cannot be imported, and why."""

    line: int
    reason: str
    values: list[str]


class BatchOut(Schema):
    """An uploaded file on its way in."""

    id: int
    file_name: str
    source_id: int | None
    source: str | None
    entity: EntityName | None
    status: Literal["uploaded", "ready", "queued", "running", "done", "failed", "cancelled"]
    encoding: str
    delimiter: str
    sheets: list[str]
    columns: list[ColumnOut]
    match_rate: float | None
    missing_fields: list[str]
    mapping: MappingIn | None
    rows_total: int | None
    rows_new: int
    rows_changed: int
    rows_same: int
    rows_rejected: int
    seen_before_at: datetime | None
    progress: float
    stage: str
    job_id: int | None
    error: ErrorOut | None
    created_by: str | None
    created_at: datetime
    finished_at: datetime | None


class PreviewOut(Schema):
    """The first rows as they would arrive."""

    fields: list[str]
    rows: list[list[str]]
    rejects: list[RejectOut]
    checked: int
    match_rate: float
    own_kinds: list[str]


class SourceIn(Schema):
    """A source that reruns a saved mapping. folder: config {path, pattern}; sql: config {query, cursor_column}, secret = address.

    kingdee: config as docs/how-to/kingdee.md, secret = the application's or the password; entity is blank.
    """

    kind: Literal["folder", "sql", "kingdee"]
    name: str
    entity: EntityName | Literal[""] = ""
    config: dict[str, Any]
    secret: str | None = None
    mapping: MappingIn | None = None
    every_minutes: int | None = 60
    enabled: bool = True


class SourcePatch(Schema):
    """Absent fields stay."""

    name: str | None = None
    config: dict[str, Any] | None = None
    secret: str | None = None
    mapping: MappingIn | None = None
    every_minutes: int | None = None
    enabled: bool | None = None


class SourceStreamOut(Schema):
    """How far a kind of documents is read. `read_to`: last change seen, as the ERP writes it. `left_out`: words and numbers."""

    name: str
    label: str
    documents: int
    read_to: str
    complete: bool
    left_out: list[str]


class StreamTestOut(Schema):
    """What a try of one kind of documents found."""

    name: str
    label: str
    form: str
    ok: bool
    message: str
    columns: list[str]
    rows: list[list[str]]


class StreamPresetOut(Schema):
    """A kind of documents with the standard names of its fields: ours to the ERP's, blank = left out unless it is named."""

    name: str
    label: str
    form: str
    fields: dict[str, str]


class SourceOut(Schema):
    """A source with its health. `state`: ok, stale (no rows for longer than usual), failing, off, never."""

    id: int
    kind: Literal["upload", "folder", "sql", "api", "sample", "kingdee"]
    name: str
    entity: str
    config: dict[str, Any]
    mapping: MappingIn | None
    every_minutes: int | None
    enabled: bool
    state: Literal["ok", "stale", "failing", "off", "never"]
    cursor: str | None
    last_run_at: datetime | None
    last_success_at: datetime | None
    last_error: ErrorOut | None
    failures: int
    rows_total: int
    newest_row_at: datetime | None
    next_at: datetime | None
    streams: list[SourceStreamOut] = []  # noqa: RUF012 - pydantic copies defaults


class SourceTestOut(Schema):
    """What a test run of a source found; an ERP is tried kind by kind of its documents (`streams`)."""

    ok: bool
    message: str
    columns: list[ColumnOut]
    rows: list[list[str]]
    streams: list[StreamTestOut] = []  # noqa: RUF012 - pydantic copies defaults
