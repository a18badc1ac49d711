"""分派与升级, 请假与代办, 交接, 断线守护."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema

from liuke.show.api.schemas.common import CustomerRef, LevelName, PersonRef, TierName, at_most

PaceName = Literal["now", "digest"]
HoursName = Literal["working", "always"]


class RouteOut(Schema):
    """One row; an empty list of conditions asks for nothing. `sla_hours` null = what the alert policy says."""

    name: str
    tiers: list[TierName]
    levels: list[LevelName]
    families: list[str]
    signals: list[str]
    teams: list[int]
    tell: list[str]
    """`owner`, `supervisors`, `team:3`, `person:7`, `role:admin`."""
    channels: list[str]
    """`all`, `kind:email`, `id:3`; empty = only inside the product."""
    sla_hours: int | None
    pace: PaceName
    hours: HoursName


class WorkHoursOut(Schema):
    """`[starts, ends)` of every working day, `09:00`."""

    starts: str
    ends: str


class LadderStepOut(Schema):
    """`hours` after the deadline or the step before; hours of days off do not count."""

    hours: int
    tell: list[str]


class LadderOut(Schema):
    """The escalation ladder."""

    enabled: bool
    levels: list[LevelName]
    steps: list[LadderStepOut]


class RoutingPlanOut(Schema):
    """All that is published together."""

    routes: list[RouteOut]
    hours: WorkHoursOut
    ladder: LadderOut
    team_digest: bool


class OptionOut(Schema):
    """A value that a row may name, with its words."""

    value: str
    label: str


class RoutingOptionsOut(Schema):
    """What rows may name."""

    tell: list[OptionOut]
    channels: list[OptionOut]
    teams: list[OptionOut]
    families: list[OptionOut]
    signals: list[OptionOut]


class RoutingOut(Schema):
    """The plan in force. `number` 0 = the default, nobody has published yet."""

    number: int
    plan: RoutingPlanOut
    published_by: PersonRef | None
    published_at: datetime | None
    note: str
    options: RoutingOptionsOut


class RoutingIn(Schema):
    """A plan as it is being edited; faults come back all at once."""

    plan: dict[str, Any]


class RoutingPublishIn(RoutingIn):
    """`based_on`: the number that the editor began from."""

    based_on: int
    note: Annotated[str, at_most(200)] = ""


class RoutingVersionOut(Schema):
    """A published plan."""

    number: int
    plan: RoutingPlanOut
    published_by: PersonRef | None
    published_at: datetime
    note: str


class RoutedAlertOut(Schema):
    """Where an open alert of today would go."""

    alert_id: int
    customer: CustomerRef
    level: LevelName
    tier: str
    expected_loss: float
    told: list[PersonRef]
    """The first is the one whose task it is."""


class RoutedRowOut(Schema):
    """What one row would catch."""

    row: int
    alerts: int
    nobody: int
    """Of them, those that would reach nobody: no owner, or nobody in that team or role."""
    channels: list[str]
    """Names of the configured channels that would carry it."""
    sample: list[RoutedAlertOut]


class RoutingPreviewOut(Schema):
    """Today's open alerts through the plan."""

    total: int
    rows: list[RoutedRowOut]


class EscalationOut(Schema):
    """A step that an alert has taken."""

    step: int
    level: LevelName
    at: datetime
    due_at: datetime
    told: list[PersonRef]


class PushOut(Schema):
    """Who was told at once, and when."""

    person: PersonRef
    kind: Literal["own", "copy", "escalation"]
    at: datetime


class AlertTrailOut(Schema):
    """Whom an alert went to."""

    pushes: list[PushOut]
    escalations: list[EscalationOut]


class AbsenceOut(Schema):
    """Local days away, both included."""

    id: int
    member: PersonRef
    deputy: PersonRef
    starts_on: date
    ends_on: date
    is_now: bool


class AbsencesOut(Schema):
    """Present and coming ones, and who can be a deputy."""

    items: list[AbsenceOut]
    deputies: list[PersonRef]


class AbsenceIn(Schema):
    """`member_id` null = oneself."""

    member_id: int | None = None
    deputy_id: int
    starts_on: date
    ends_on: date


class HandOverIn(Schema):
    """Which customers of the member (all filters empty = all), and to whom: one person, or evenly over a team."""

    tiers: list[TierName] = []  # noqa: RUF012 - pydantic copies defaults
    segments: list[str] = []  # noqa: RUF012 - pydantic copies defaults
    q: Annotated[str, at_most(80)] = ""
    owner_id: int | None = None
    team_id: int | None = None


class HandOverShareOut(Schema):
    """What one successor gets."""

    person: PersonRef
    customers: int
    annual_value: float


class HandOverMoveOut(Schema):
    """One customer and who gets it."""

    customer: CustomerRef
    tier: TierName
    annual_value: float
    successor: PersonRef


class HandOverPreviewOut(Schema):
    """What would happen; `moves` are the first hundred by value."""

    customers: int
    alerts: int
    items: int
    left: int
    """Customers that would stay."""
    shares: list[HandOverShareOut]
    moves: list[HandOverMoveOut]
    segments: list[str]


class HandOverOut(Schema):
    """A hand-over that was made."""

    id: int
    member: PersonRef
    at: datetime
    customers: int
    successors: list[PersonRef]


class WatchRow(Schema):
    """A watched customer and why."""

    id: int
    customer: CustomerRef
    reason: str
    reason_text: str
    since: datetime
    days_left: int | None
    owner: PersonRef | None
    tier: TierName
    level: LevelName
    score: float
    annual_value: float
    last_contact_at: datetime | None


class WatchCounts(Schema):
    """Chips of 断线守护."""

    all: int
    handed_over: int
    owner_left: int
    contact_gone: int
    deleted_us: int
    one_colleague: int
    one_contact: int
