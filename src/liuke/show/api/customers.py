"""Customers and everything on their page."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from ninja import Query, Router

from liuke.act import service as act
from liuke.facts import service as facts
from liuke.learn import service as learn
from liuke.show.api.gate import reader_for
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
from liuke.show.api.schemas.queries import CustomerExportQuery, CustomerPageQuery, CustomerQuery, TimelineQuery
from liuke.show.queries.customer_list import CustomerFilter, customer_page
from liuke.show.queries.customer_page import customer_out
from liuke.show.queries.evidence import evidence_out, order_out
from liuke.show.queries.export import customers_csv
from liuke.show.queries.outcomes import outcome_out, outcomes_of
from liuke.show.queries.scores import history_out
from liuke.show.queries.timeline import timeline_out
from liuke.show.service.cards import cards_refresh

router = Router(tags=["customers"])


def filters_of(wanted: CustomerQuery) -> CustomerFilter:
    """The filters among the query's fields."""
    return CustomerFilter(**wanted.model_dump(include=set(CustomerQuery.model_fields)))


@router.get("/w/{slug}/customers", response=Page[CustomerRow])
def customer_list(request: HttpRequest, slug: str, wanted: Query[CustomerPageQuery]) -> Page[CustomerRow]:
    """A page of customers. Filters take comma-separated values; status also `all`.

    scope: mine, team, all; sort: score, delta_7d, annual_value, expected_loss, name, last_order_at, last_activity_at,
    contract_ends_on with `-` for descending.
    """
    reader = reader_for(request, slug)
    return customer_page(reader=reader, wanted=filters_of(wanted), sort=wanted.sort, cursor=wanted.cursor, limit=wanted.limit)


@router.get("/w/{slug}/customers/export.csv")
def customer_export(request: HttpRequest, slug: str, wanted: Query[CustomerExportQuery]) -> HttpResponseBase:
    """The filtered list as CSV (UTF-8 with BOM); audited."""
    reader = reader_for(request, slug)
    lines = customers_csv(reader=reader, wanted=filters_of(wanted), sort=wanted.sort)
    name = f"liuke-{reader.workspace.slug}-{reader.today.isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


@router.post("/w/{slug}/customers", response=CustomerOut)
def customer_create(request: HttpRequest, slug: str, data: CustomerIn) -> CustomerOut:
    """A customer by hand."""
    reader = reader_for(request, slug)
    with transaction.atomic():
        customer = facts.customer_create(actor=reader.actor, key=data.key, name=data.name, attributes=data.attributes)
        if data.owner_id is not None and data.owner_id != customer.owner_id:
            facts.customers_assign(actor=reader.actor, customer_ids=[customer.pk], owner_id=data.owner_id)
        cards_refresh(workspace=reader.workspace, customer_ids=[customer.pk])
    return customer_out(reader=reader, customer_id=customer.pk)


@router.post("/w/{slug}/customers/assign", response=UndoOut)
def customer_assign(request: HttpRequest, slug: str, data: AssignIn) -> UndoOut:
    """Gives customers to a person."""
    reader = reader_for(request, slug)
    with transaction.atomic():
        moved = act.customers_assign(actor=reader.actor, customer_ids=data.customer_ids, owner_id=data.owner_id)
        cards_refresh(workspace=reader.workspace, customer_ids=moved)
    return UndoOut(changed=len(moved), undo_token=None)


@router.get("/w/{slug}/customers/{customer_id}", response=CustomerOut)
def customer_get(request: HttpRequest, slug: str, customer_id: int) -> CustomerOut:
    """Head, score with all reasons, profile. Logged as seen where personal data is shown."""
    return customer_out(reader=reader_for(request, slug), customer_id=customer_id)


@router.patch("/w/{slug}/customers/{customer_id}", response=CustomerOut)
def customer_update(request: HttpRequest, slug: str, customer_id: int, data: CustomerPatch) -> CustomerOut:
    """Name, owner or attributes."""
    reader = reader_for(request, slug)
    with transaction.atomic():
        if data.name is not None or data.attributes is not None:
            facts.customer_update(actor=reader.actor, customer_id=customer_id, name=data.name, attributes=data.attributes)
        if "owner_id" in data.model_fields_set:
            act.customers_assign(actor=reader.actor, customer_ids=[customer_id], owner_id=data.owner_id)
        facts.customer_get(actor=reader.actor, customer_id=customer_id)
        cards_refresh(workspace=reader.workspace, customer_ids=[customer_id])
    return customer_out(reader=reader, customer_id=customer_id)


@router.get("/w/{slug}/customers/{customer_id}/timeline", response=TimelineOut)
def customer_timeline(request: HttpRequest, slug: str, customer_id: int, wanted: Query[TimelineQuery]) -> TimelineOut:
    """Everything that happened, newest first, up to the workspace clock."""
    reader = reader_for(request, slug)
    return timeline_out(reader=reader, customer_id=customer_id, groups=wanted.groups, cursor=wanted.cursor, limit=wanted.limit)


@router.get("/w/{slug}/customers/{customer_id}/score-history", response=ScoreHistoryOut)
def customer_score_history(request: HttpRequest, slug: str, customer_id: int) -> ScoreHistoryOut:
    """Past scores with the marks of configuration changes."""
    reader = reader_for(request, slug)
    reader.require_customers()
    facts.customer_get(actor=reader.actor, customer_id=customer_id)
    return history_out(reader, customer_id)


@router.get("/w/{slug}/customers/{customer_id}/evidence/{signal}", response=EvidenceOut)
def customer_evidence(request: HttpRequest, slug: str, customer_id: int, signal: str) -> EvidenceOut:
    """The raw rows behind a reason and the source's 截至 time."""
    return evidence_out(reader=reader_for(request, slug), customer_id=customer_id, signal=signal)


@router.get("/w/{slug}/customers/{customer_id}/orders/{order_id}", response=list[OrderLineOut])
def customer_order(request: HttpRequest, slug: str, customer_id: int, order_id: str) -> list[OrderLineOut]:
    """The lines of one order."""
    return order_out(reader=reader_for(request, slug), customer_id=customer_id, order_id=order_id)


@router.get("/w/{slug}/customers/{customer_id}/outcomes", response=list[OutcomeOut])
def outcome_list(request: HttpRequest, slug: str, customer_id: int) -> list[OutcomeOut]:
    """Registered outcomes, newest first."""
    return outcomes_of(reader=reader_for(request, slug), customer_id=customer_id)


@router.post("/w/{slug}/customers/{customer_id}/outcomes", response=OutcomeOut)
def outcome_register(request: HttpRequest, slug: str, customer_id: int, data: OutcomeIn) -> OutcomeOut:
    """登记结果: closes the alert, sets the status, supplies the label."""
    reader = reader_for(request, slug)
    with transaction.atomic():
        registered = learn.outcome_register(
            actor=reader.actor,
            customer_id=customer_id,
            kind=data.kind,
            occurred_on=data.occurred_on,
            cause=data.cause,
            competitor=data.competitor,
            note=data.note,
        )
        cards_refresh(workspace=reader.workspace, customer_ids=[customer_id])
    return outcome_out(reader, registered.outcome)


@router.post("/w/{slug}/outcomes/{outcome_id}/revert", response=OutcomeOut)
def outcome_revert(request: HttpRequest, slug: str, outcome_id: int) -> OutcomeOut:
    """Takes an outcome back; the status before returns."""
    reader = reader_for(request, slug)
    with transaction.atomic():
        outcome = learn.outcome_revert(actor=reader.actor, outcome_id=outcome_id).outcome
        cards_refresh(workspace=reader.workspace, customer_ids=[outcome.customer_id])
    return outcome_out(reader, outcome)
