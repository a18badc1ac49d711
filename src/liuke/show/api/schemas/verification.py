"""待验证: what waits for a person's word."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema

from liuke.show.api.schemas.common import CustomerRef, LevelName, Moment, Page, PersonRef, at_most

CaseKindName = Literal["drop", "source", "feature", "contradiction", "zombie"]
CaseStatusName = Literal["open", "confirmed", "wrong", "seasonal", "gone"]
DecisionName = Literal["confirmed", "wrong", "seasonal", "later"]


class CaseOut(Schema):
    """One odd thing. `customer` is null for a source or a kind of activity."""

    id: int
    kind: CaseKindName
    status: CaseStatusName
    customer: CustomerRef | None
    owner: PersonRef | None
    score: float | None
    level: LevelName | None
    about: str
    text: str
    opened_at: datetime
    seen_at: datetime
    ended_at: datetime | None
    later_until: datetime | None
    note: str
    decided_by: PersonRef | None
    decided_at: datetime | None


class CasesOut(Page[CaseOut]):
    """A page of cases, the newest first. `counts`: how many wait now, by kind."""

    counts: dict[CaseKindName, int]


class DecideIn(Schema):
    """A word on some cases. `until`: for 稍后; a week when absent."""

    case_ids: Annotated[list[int], at_most(500)]
    decision: DecisionName
    note: Annotated[str, at_most(200)] = ""
    until: Moment | None = None


class ReopenIn(Schema):
    """Cases whose word is taken back."""

    case_ids: Annotated[list[int], at_most(500)]
