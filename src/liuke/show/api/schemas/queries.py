"""Filters, sort and cursor of the lists, as their URLs have them."""

from __future__ import annotations

from ninja import Schema
from pydantic import Field


class PageQuery(Schema):
    """Which page: the cursor of an answer before, and how many rows (1–200)."""

    cursor: str = ""
    limit: int = 50


class ScopeQuery(PageQuery):
    """A page of customers of one's own, the team's or all that one sees."""

    scope: str = "all"


class MemberQuery(ScopeQuery):
    """A page of a tag's members."""

    sort: str = "-score"


class BenefitQuery(PageQuery):
    """A page of the loyalty programme's members; `level` takes names, comma-separated."""

    level: str = ""
    sort: str = "-balance"


class QuoteQuery(Schema):
    """The amount of an order to come, in the workspace's currency."""

    amount: float = Field(ge=0, le=1e12)


class CaseQuery(PageQuery):
    """A page of 待验证."""

    kind: str = ""
    status: str = "open"


class CustomerQuery(Schema):
    """Filters of 客户; several take comma-separated values."""

    q: str = ""
    scope: str = "mine"
    status: str = "active"
    level: str = ""
    tier: str = ""
    segment: str = ""
    family: str = ""
    owner: str = ""
    tag: str = ""
    due_within: int | None = None


class CustomerExportQuery(CustomerQuery):
    """The same list as a file."""

    sort: str = "-score"


class CustomerPageQuery(CustomerExportQuery, PageQuery):
    """A page of 客户."""


class AlertQuery(Schema):
    """Filters of 预警中心."""

    scope: str = "mine"
    status: str = "open"
    level: str = ""
    tier: str = ""
    family: str = ""
    segment: str = ""
    owner: str = ""
    origin: str = ""
    overdue: bool = False
    escalated: bool = False
    q: str = ""


class AlertPageQuery(AlertQuery, PageQuery):
    """A page of 预警中心."""

    sort: str = "-expected_loss"


class WorkQuery(PageQuery):
    """A page of 我的任务."""

    scope: str = "mine"
    due: str = ""
    status: str = "open"
    owner: str = ""
    kind: str = ""
    customer_id: int | None = None


class RenewalQuery(PageQuery):
    """A page of 续约台账."""

    scope: str = "mine"
    window: str = "90"
    status: str = ""
    sort: str = "ends_on"


class TimelineQuery(PageQuery):
    """A page of a customer's timeline; `groups` is comma-separated."""

    groups: str = ""


class AuditQuery(PageQuery):
    """A page of the audit trail; `actor` is `user:7` or `key:3`."""

    action: str = ""
    actor: str = ""
