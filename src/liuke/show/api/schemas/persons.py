"""Requests of persons about their own data (DAT-18): a copy, or the erasure."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from liuke.show.api.schemas.common import JobOut, at_most
from liuke.show.api.schemas.queries import PageQuery

PersonKind = Literal["export", "erase"]
Subject = Literal["customer", "contact"]


class SectionCount(Schema):
    """How many records there are under a heading, in the reader's words."""

    section: str
    label: str
    n: int


class StaysOut(Schema):
    """What an erasure leaves, and why it may."""

    code: str
    label: str


class PersonPreviewOut(Schema):
    """What would go and what stays; `confirm` has to be typed to go on."""

    customer_id: int
    contact_id: int | None
    confirm: str
    goes: list[SectionCount]
    stays: list[StaysOut]


class PersonAbout(Schema):
    """Of a customer, one contact; without it the customer as a whole."""

    contact_id: int | None = None


class PersonExportIn(PersonAbout):
    """A copy; the reason may be left blank."""

    reason: Annotated[str, at_most(400)] = ""


class PersonEraseIn(PersonAbout):
    """The second step: what the preview says has to be typed, and why."""

    confirm: Annotated[str, Field(max_length=200)]
    reason: Annotated[str, at_most(400)]


class LiftIn(Schema):
    """Why the person may be imported again."""

    reason: Annotated[str, at_most(400)]


class PersonRequestsQuery(PageQuery):
    """Which requests: of this kind, about this customer."""

    kind: PersonKind | None = None
    customer_id: int | None = None


class PersonRequestOut(Schema):
    """A request. `left`: places where something of the person was still found (empty = proven gone); `proof`: SHA-256 of the record.

    `file`: whether an export can be fetched, until `expires_at`.
    """

    id: int
    kind: PersonKind
    subject: Subject
    customer_id: int
    contact_id: int | None
    reason: str
    by: str
    created_at: datetime
    finished_at: datetime | None
    job: JobOut | None
    rows: list[SectionCount]
    left: list[str]
    searched: int
    proof: str
    file: bool
    expires_at: datetime | None
    lifted_at: datetime | None
    lifted_by: str
    lifted_reason: str
