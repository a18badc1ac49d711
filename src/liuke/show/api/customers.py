"""Customers and everything on their page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from liuke.show.api.schemas.common import Page, UndoOut
from liuke.show.api.schemas.customers import (
    AssignIn,
    CustomerIn,
    CustomerOut,
    CustomerPatch,
    CustomerRow,
    EvidenceOut,
    OrderLineOut,
    OutcomeIn,
    OutcomeOut,
    ScoreHistoryOut,
    TimelineOut,
)

router = Router(tags=["customers"])


@router.get("/w/{slug}/customers", response=Page[CustomerRow])
def customer_list(
    request: HttpRequest,
    slug: str,
    q: str = "",
    scope: str = "mine",
    status: str = "active",
    level: str = "",
    tier: str = "",
    segment: str = "",
    family: str = "",
    owner: str = "",
    due_within: int | None = None,
    sort: str = "-score",
    cursor: str = "",
    limit: int = 50,
) -> Page[CustomerRow]:
    """A page of customers. Filters take comma-separated values; scope: mine, team, all; sort: score, delta_7d, annual_value, expected_loss, name, last_order_at, last_activity_at, contract_ends_on with `-` for descending."""
    raise NotImplementedError


@router.get("/w/{slug}/customers/export.csv")
def customer_export(
    request: HttpRequest,
    slug: str,
    q: str = "",
    scope: str = "mine",
    status: str = "active",
    level: str = "",
    tier: str = "",
    segment: str = "",
    family: str = "",
    owner: str = "",
    due_within: int | None = None,
    sort: str = "-score",
) -> HttpResponse:
    """The filtered list as CSV (UTF-8 with BOM); audited."""
    raise NotImplementedError


@router.post("/w/{slug}/customers", response=CustomerOut)
def customer_create(request: HttpRequest, slug: str, data: CustomerIn) -> CustomerOut:
    """A customer by hand."""
    raise NotImplementedError


@router.post("/w/{slug}/customers/assign", response=UndoOut)
def customer_assign(request: HttpRequest, slug: str, data: AssignIn) -> UndoOut:
    """Gives customers to a person."""
    raise NotImplementedError


@router.get("/w/{slug}/customers/{customer_id}", response=CustomerOut)
def customer_get(request: HttpRequest, slug: str, customer_id: int) -> CustomerOut:
    """Head, score with all reasons, profile. Logged as seen where personal data is shown."""
    raise NotImplementedError


@router.patch("/w/{slug}/customers/{customer_id}", response=CustomerOut)
def customer_update(request: HttpRequest, slug: str, customer_id: int, data: CustomerPatch) -> CustomerOut:
    """Name, owner or attributes."""
    raise NotImplementedError


@router.get("/w/{slug}/customers/{customer_id}/timeline", response=TimelineOut)
def customer_timeline(
    request: HttpRequest, slug: str, customer_id: int, groups: str = "", cursor: str = "", limit: int = 50
) -> TimelineOut:
    """Everything that happened, newest first, up to the workspace clock."""
    raise NotImplementedError


@router.get("/w/{slug}/customers/{customer_id}/score-history", response=ScoreHistoryOut)
def customer_score_history(request: HttpRequest, slug: str, customer_id: int) -> ScoreHistoryOut:
    """Past scores with the marks of configuration changes."""
    raise NotImplementedError


@router.get("/w/{slug}/customers/{customer_id}/evidence/{signal}", response=EvidenceOut)
def customer_evidence(request: HttpRequest, slug: str, customer_id: int, signal: str) -> EvidenceOut:
    """The raw rows behind a reason and the source's 截至 time."""
    raise NotImplementedError


@router.get("/w/{slug}/customers/{customer_id}/orders/{order_id}", response=list[OrderLineOut])
def customer_order(request: HttpRequest, slug: str, customer_id: int, order_id: str) -> list[OrderLineOut]:
    """The lines of one order."""
    raise NotImplementedError


@router.get("/w/{slug}/customers/{customer_id}/outcomes", response=list[OutcomeOut])
def outcome_list(request: HttpRequest, slug: str, customer_id: int) -> list[OutcomeOut]:
    """Registered outcomes, newest first."""
    raise NotImplementedError


@router.post("/w/{slug}/customers/{customer_id}/outcomes", response=OutcomeOut)
def outcome_register(request: HttpRequest, slug: str, customer_id: int, data: OutcomeIn) -> OutcomeOut:
    """登记结果: closes the alert, sets the status, supplies the label."""
    raise NotImplementedError


@router.post("/w/{slug}/outcomes/{outcome_id}/revert", response=OutcomeOut)
def outcome_revert(request: HttpRequest, slug: str, outcome_id: int) -> OutcomeOut:
    """Takes an outcome back; the status before returns."""
    raise NotImplementedError
