"""Session, workspaces, people, keys, audit."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from ninja import Schema

from liuke.show.api.schemas.common import LevelName, PersonRef

RoleName = Literal["admin", "it", "operations", "supervisor", "manager", "analyst"]


class BandsOut(Schema):
    """Cut-offs of the levels: [early, medium) 初级, [medium, high] 中级, (high, 100] 高危."""

    early: float
    medium: float
    high: float


class WorkspaceOut(Schema):
    """A workspace as its members see it. `now` is its clock."""

    slug: str
    name: str
    industry: str
    time_zone: str
    currency: str
    country: str
    locale: str
    counting_word: str
    money_basis: str
    is_sample: bool
    is_simulated: bool
    now: datetime
    clock_max: datetime | None
    """How far the time machine can go; null for a real clock."""
    bands: BandsOut
    churn_days: int
    churn_kinds: list[str]
    role: RoleName | None
    permissions: list[str]
    scope: Literal["all", "team", "own", "none"]
    membership_id: int | None


class MeOut(Schema):
    """The person who is logged in."""

    id: int
    email: str
    name: str
    phone: str
    language: Literal["zh-CN", "en"]
    mfa_enabled: bool


class SessionOut(Schema):
    """First call of the web app. `needs_setup` is true until the first admin exists."""

    needs_setup: bool
    version: str
    csp_nonce: str = ""
    me: MeOut | None
    workspaces: list[WorkspaceOut]


class SetupIn(Schema):
    """First run: the admin account."""

    name: str
    email: str
    password: str
    language: Literal["zh-CN", "en"] = "zh-CN"


class MeIn(Schema):
    """Change of the own profile; absent fields stay."""

    name: str | None = None
    phone: str | None = None
    language: Literal["zh-CN", "en"] | None = None
    current_password: str | None = None
    new_password: str | None = None


class TemplateWeightOut(Schema):
    """A signal and its points at full strength."""

    signal: str
    name: str
    points: float


class TemplateOut(Schema):
    """An industry template for a new workspace: when a customer counts as lost, the heaviest signals, rules and tags of its packs."""

    key: str
    name: str
    description: str
    currency: str
    country: str
    time_zone: str
    counting_word: str
    churn_days: int
    churn_kinds: list[str]
    weights: list[TemplateWeightOut]
    rules: list[str]
    tags: list[str]


class WorkspaceIn(Schema):
    """A new workspace. `template` = `sample` loads the sample (job in the answer)."""

    name: str
    template: str
    slug: str | None = None
    currency: str | None = None
    time_zone: str | None = None


class WorkspaceCreatedOut(Schema):
    """The new workspace; `job_id` where the sample is being loaded."""

    workspace: WorkspaceOut
    job_id: int | None


class WorkspacePatch(Schema):
    """Absent fields stay."""

    name: str | None = None
    time_zone: str | None = None
    currency: str | None = None
    country: str | None = None
    locale: str | None = None
    counting_word: Literal["家", "位"] | None = None
    money_basis: str | None = None
    churn_days: int | None = None
    churn_kinds: list[str] | None = None
    alert_policy: dict[str, Any] | None = None


class AlertPolicyOut(Schema):
    """ALT-12's manners, all editable."""

    pushes_per_owner_and_day: int
    stock_releases_per_owner_and_day: int
    close_margin_points: float
    close_after_days: int
    repeat_after_days: int
    sla_hours: dict[LevelName, int]
    baseline_notice: bool


class ClockIn(Schema):
    """时间机器: play the simulated workspace forward."""

    days: int


class PersonOut(Schema):
    """A member with their account."""

    id: int
    user_id: int
    name: str
    email: str
    phone: str
    role: RoleName
    team_id: int | None
    team: str | None
    is_active: bool
    invited: bool
    customers: int


class PersonIn(Schema):
    """Invite a person."""

    name: str
    email: str
    role: RoleName
    team_id: int | None = None


class PersonInvitedOut(Schema):
    """The invitation link is shown once; send it to the person."""

    person: PersonOut
    invite_url: str


class PersonPatch(Schema):
    """Absent fields stay. Deactivating lists the customers to hand over to `successor_id`."""

    role: RoleName | None = None
    team_id: int | None = None
    is_active: bool | None = None
    successor_id: int | None = None


class InvitationOut(Schema):
    """What the invited person sees before choosing a password."""

    email: str
    name: str
    workspace: str


class InvitationIn(Schema):
    """Accept: the password to set."""

    password: str


class TeamIn(Schema):
    """A team's name."""

    name: str


class TeamOut(Schema):
    """A team with its people."""

    id: int
    name: str
    members: list[PersonRef]


class ApiKeyIn(Schema):
    """A new key; `scopes` are permissions. `origins`: of a key of pages (scope `track` alone), the sites that may send with it."""

    name: str
    scopes: list[str]
    origins: list[str] = []  # noqa: RUF012 - pydantic copies defaults


class OriginsIn(Schema):
    """The sites whose pages may send with a key, e.g. https://www.example.com."""

    origins: list[str]


class ApiKeyOut(Schema):
    """A key without its secret."""

    id: int
    name: str
    prefix: str
    scopes: list[str]
    origins: list[str]
    created_by: str | None
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


class ApiKeyCreatedOut(Schema):
    """`secret` is shown this once."""

    key: ApiKeyOut
    secret: str


class AuditOut(Schema):
    """One line of the audit trail."""

    id: int
    at: datetime
    actor: str
    actor_name: str
    action: str
    action_text: str
    object_type: str
    object_text: str
    object_id: str
    detail: dict[str, Any]
