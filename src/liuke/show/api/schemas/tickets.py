"""协同工单: tickets to other teams."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema

from liuke.show.api.schemas.common import CustomerRef, Moment, PersonRef, at_most
from liuke.show.api.schemas.queries import PageQuery

TopicName = Literal["quality", "parts", "product", "delivery", "billing", "regional", "recovery", "other"]
TicketStatus = Literal["open", "working", "solved", "returned"]
MoveName = Literal["accept", "solve", "return", "resubmit", "reopen"]


class TicketQuery(PageQuery):
    """scope: received, raised, all; status: open, working, solved, returned, unfinished; comma-separated topics."""

    scope: str = "received"
    status: str = "unfinished"
    topic: str = ""
    customer_id: int | None = None
    work_item_id: int | None = None
    alert_id: int | None = None


class TeamRef(Schema):
    """A team."""

    id: int
    name: str


class TicketRow(Schema):
    """A ticket. `customer_is_visible`: the asker may open the customer's page."""

    id: int
    topic: TopicName
    title: str
    status: TicketStatus
    customer: CustomerRef
    customer_is_visible: bool
    team: TeamRef | None
    owner: PersonRef | None
    due_at: datetime | None
    is_overdue: bool
    raised_by: PersonRef | None
    raised_at: datetime
    changed_at: datetime
    work_item_id: int | None
    alert_id: int | None
    moves: list[MoveName]


class TicketStep(Schema):
    """One step in its life."""

    at: datetime
    by: PersonRef | None
    status: TicketStatus
    note: str


class TicketOut(TicketRow):
    """A ticket with what was said."""

    text: str
    history: list[TicketStep]


class TicketCounts(Schema):
    """Chips of 协同工单: unfinished ones received and raised by the asker, and overdue ones among the received."""

    received: int
    raised: int
    overdue: int


class TicketIn(Schema):
    """What is asked of which team; one of work_item_id, alert_id, customer_id says for whom."""

    topic: TopicName
    title: str
    team_id: int
    text: Annotated[str, at_most(4000)] = ""
    work_item_id: int | None = None
    alert_id: int | None = None
    customer_id: int | None = None
    owner_id: int | None = None
    due_at: Moment | None = None
    request_key: str


class TicketMoveIn(Schema):
    """A return needs a note."""

    move: MoveName
    note: Annotated[str, at_most(4000)] = ""


class TicketRoute(Schema):
    """The team that receives a topic; null = none of its own."""

    topic: TopicName
    team_id: int | None


class TicketRoutes(Schema):
    """Where topics go, and the teams there are."""

    routes: list[TicketRoute]
    teams: list[TeamRef]
    people: list[PersonRef]
    """Who can be given a ticket, with their team's name."""


class TicketRoutesIn(Schema):
    """Topics that are not named stay."""

    routes: list[TicketRoute]
