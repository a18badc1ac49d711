"""What customers say of us: surveys (FBK-01), exit interviews (FBK-02), pain points (FBK-03)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from liuke.show.api.schemas.common import CustomerRef, PersonRef, at_most
from liuke.show.api.schemas.queries import PageQuery

ScaleName = Literal["nps", "csat"]
CauseName = Literal["product", "competitor", "service", "price", "other"]


class FeedbackAnswer(Schema):
    """One answer or rating. `satisfaction` on one scale for all, 0–100; `bad`: at most 6 of 10, or 2 of 5."""

    at: datetime
    scale: str
    score: float
    satisfaction: float | None
    bad: bool
    text: str
    source: str


class FeedbackOut(Schema):
    """A customer's answers, newest first; `mean` of satisfaction and its `change` against the answers before, where there are any."""

    answers: list[FeedbackAnswer]
    mean: float | None
    change: float | None
    n: int


class FeedbackLinkIn(Schema):
    """For which page: a survey, or the exit interview."""

    what: Literal["nps", "csat", "exit"]
    contact_id: int | None = None


class FeedbackLinkOut(Schema):
    """The address to send."""

    url: str


class InterviewIn(Schema):
    """What a colleague heard; checked by `learn.domain.interview`. `request_key` makes it one interview however often it is sent."""

    cause: str
    reason: str
    competitor: Annotated[str, at_most(80)] = ""
    price: int | None = None
    kept_by: Annotated[list[str], Field(max_length=10, default_factory=list)]
    would_return: str = ""
    why: Annotated[str, at_most(2000)] = ""
    improve: Annotated[str, at_most(2000)] = ""
    request_key: Annotated[str, at_most(40)]


class InterviewOut(Schema):
    """An interview. `by` is null where the customer answered; `topics` are read in the open answers, in words."""

    id: int
    customer: CustomerRef
    at: datetime
    by: PersonRef | None
    cause: CauseName
    cause_text: str
    reason: str
    reason_text: str
    competitor: str
    price: int | None
    kept_by: list[str]
    would_return: str
    why: str
    improve: str
    topics: list[str]
    outcome_id: int | None


class InterviewsQuery(PageQuery):
    """Interviews of this cause, of this customer."""

    cause: CauseName | None = None
    customer_id: int | None = None


class CauseShare(Schema):
    """How many name a cause, and how many of those who answered would return: `low`–`high` is Wilson's 95 % interval."""

    cause: CauseName
    text: str
    n: int
    share: float
    returning: int
    asked: int
    rate: float | None
    low: float | None
    high: float | None
    money: float
    reasons: list[str]


class InterviewFigures(Schema):
    """What interviews say by cause; `lost`: registered losses in the time, of which `n` have an interview."""

    n: int
    lost: int
    causes: list[CauseShare]
    competitors: list[str]
    questions: dict[str, Any]


class PainQuery(Schema):
    """The last so many days."""

    days: Annotated[int, Field(ge=7, le=730)] = 90


class PainOut(Schema):
    """A topic that customers complain of: how many, what they are worth a year, how often, and whose it is."""

    topic: str
    label: str
    customers: int
    money: float
    times: int
    lost: int
    team: str
    top: list[CustomerRef]
    ticket_id: int | None


class PainsOut(Schema):
    """Pain points, most money first; `since`: the first day counted."""

    since: date
    items: list[PainOut]


class PainTicketIn(Schema):
    """Which topic is handed to which team."""

    topic: Annotated[str, at_most(40)]
    team_id: int
    days: Annotated[int, Field(ge=7, le=730)] = 90
    request_key: Annotated[str, at_most(20)]
