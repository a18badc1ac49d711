"""触达规则: policy, refusals, 免打扰, suppressed addresses, consents."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from ninja import Query, Router

from liuke.accounts.domain.roles import Permission
from liuke.act.governor import consents, lists, policies, suppressions
from liuke.show.api.gate import reader_for
from liuke.show.api.schemas.common import OkOut, Page, UndoOut
from liuke.show.api.schemas.governor import (
    ConsentIn,
    ConsentsOut,
    CsvImportedOut,
    CsvIn,
    DoNotContactIn,
    DoNotContactOut,
    ReplayOut,
    SuppressionIn,
    SuppressionOut,
    TouchDecisionOut,
    TouchPolicyIn,
    TouchPolicyOut,
    TouchPolicyTryIn,
    TouchPolicyVersionOut,
)
from liuke.show.api.schemas.queries import PageQuery
from liuke.show.domain.csvfile import csv_lines
from liuke.show.queries import governor as queries

router = Router(tags=["governor"])


class DecisionQuery(PageQuery):
    """Filters of the refusals log; verdict, playbook and customer take comma-separated values."""

    rule: str = ""
    verdict: str = ""
    channel: str = ""
    playbook: str = ""
    customer: str = ""


class SuppressionQuery(PageQuery):
    """Filters of the suppressed addresses. state: open, lifted, all."""

    medium: str = ""
    state: str = "open"


@router.get("/w/{slug}/governor/policy", response=TouchPolicyOut)
def governor_policy_get(request: HttpRequest, slug: str) -> TouchPolicyOut:
    """The policy in force."""
    return queries.policy_out(reader=reader_for(request, slug))


@router.put("/w/{slug}/governor/policy", response=TouchPolicyOut)
def governor_policy_publish(request: HttpRequest, slug: str, data: TouchPolicyIn) -> TouchPolicyOut:
    """Publishes a policy, in force at once. 409 where somebody published in between; 422 with every fault."""
    reader = reader_for(request, slug)
    policies.policy_publish(actor=reader.actor, plain=data.policy, based_on=data.based_on, note=data.note)
    return queries.policy_out(reader=reader)


@router.post("/w/{slug}/governor/policy/preview", response=ReplayOut)
def governor_policy_preview(request: HttpRequest, slug: str, data: TouchPolicyTryIn) -> ReplayOut:
    """What this policy would have refused in the last 30 days. Writes nothing."""
    reader = reader_for(request, slug)
    reader.actor.require(Permission.PUBLISH)
    return queries.replay_out(reader=reader, plain=data.policy)


@router.get("/w/{slug}/governor/policy/versions", response=list[TouchPolicyVersionOut])
def governor_policy_versions(request: HttpRequest, slug: str) -> list[TouchPolicyVersionOut]:
    """All published versions."""
    return queries.policy_versions_out(reader=reader_for(request, slug))


@router.post("/w/{slug}/governor/policy/versions/{number}/restore", response=TouchPolicyOut)
def governor_policy_restore(request: HttpRequest, slug: str, number: int) -> TouchPolicyOut:
    """The contents of an older version as a new one; 0 = the defaults."""
    reader = reader_for(request, slug)
    policies.policy_restore(actor=reader.actor, number=number)
    return queries.policy_out(reader=reader)


@router.get("/w/{slug}/governor/decisions", response=Page[TouchDecisionOut])
def governor_decisions(request: HttpRequest, slug: str, wanted: Query[DecisionQuery]) -> Page[TouchDecisionOut]:
    """A page of refusals and deferrals, the newest first."""
    return queries.decision_page(reader=reader_for(request, slug), **wanted.model_dump())


@router.get("/w/{slug}/do-not-contact", response=Page[DoNotContactOut])
def do_not_contact_list(request: HttpRequest, slug: str, wanted: Query[PageQuery]) -> Page[DoNotContactOut]:
    """Customers whom nobody writes to."""
    return queries.do_not_contact_page(reader=reader_for(request, slug), cursor=wanted.cursor, limit=wanted.limit)


@router.post("/w/{slug}/do-not-contact", response=UndoOut)
def do_not_contact_add(request: HttpRequest, slug: str, data: DoNotContactIn) -> UndoOut:
    """Puts customers on the list."""
    reader = reader_for(request, slug)
    added = lists.do_not_contact_add(actor=reader.actor, customer_ids=data.customer_ids, reason=data.reason)
    return UndoOut(changed=added, undo_token=None)


@router.delete("/w/{slug}/do-not-contact/{customer_id}", response=OkOut)
def do_not_contact_end(request: HttpRequest, slug: str, customer_id: int) -> OkOut:
    """Takes a customer off the list."""
    reader = reader_for(request, slug)
    lists.do_not_contact_end(actor=reader.actor, customer_id=customer_id)
    return OkOut()


@router.get("/w/{slug}/suppressions", response=Page[SuppressionOut])
def suppression_list(request: HttpRequest, slug: str, wanted: Query[SuppressionQuery]) -> Page[SuppressionOut]:
    """Suppressed addresses, masked."""
    return queries.suppression_page(reader=reader_for(request, slug), **wanted.model_dump())


@router.post("/w/{slug}/suppressions", response=SuppressionOut)
def suppression_add(request: HttpRequest, slug: str, data: SuppressionIn) -> SuppressionOut:
    """Suppresses an address; only a new consent lifts it."""
    reader = reader_for(request, slug)
    row = suppressions.suppression_add(actor=reader.actor, medium=data.medium, address=data.address, scope=data.scope)
    return queries.suppression_out(row)


@router.post("/w/{slug}/suppressions/import", response=CsvImportedOut)
def suppression_import(request: HttpRequest, slug: str, data: CsvIn) -> CsvImportedOut:
    """Addresses from a CSV: medium, address, scope."""
    reader = reader_for(request, slug)
    return queries.imported_out(reader=reader, found=lists.suppressions_import(actor=reader.actor, text=data.text))


@router.get("/w/{slug}/suppressions/export.csv")
def suppression_export(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The list as CSV: hints, not addresses."""
    reader = reader_for(request, slug)
    reader.actor.require(Permission.PUBLISH)
    header = ("medium", "hint", "scope", "reason", "at", "lifted_at")
    return _csv("suppressions", csv_lines(header, lists.suppressions_export(actor=reader.actor)))


@router.get("/w/{slug}/customers/{customer_id}/consents", response=ConsentsOut)
def consent_list(request: HttpRequest, slug: str, customer_id: int) -> ConsentsOut:
    """How a customer and its contacts stand, and every word they gave."""
    return queries.consents_out(reader=reader_for(request, slug), customer_id=customer_id)


@router.post("/w/{slug}/customers/{customer_id}/consents", response=ConsentsOut)
def consent_set(request: HttpRequest, slug: str, customer_id: int, data: ConsentIn) -> ConsentsOut:
    """Writes down a consent or a withdrawal."""
    reader = reader_for(request, slug)
    consents.consent_set(actor=reader.actor, customer_id=customer_id, **data.model_dump())
    return queries.consents_out(reader=reader, customer_id=customer_id)


@router.get("/w/{slug}/consents/export.csv")
def consent_export(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Every consent as CSV; audited."""
    reader = reader_for(request, slug)
    reader.actor.require(Permission.EXPORT)
    return _csv("consents", csv_lines((*lists.CONSENT_COLUMNS, "at"), lists.consents_export(actor=reader.actor)))


@router.post("/w/{slug}/consents/import", response=CsvImportedOut)
def consent_import(request: HttpRequest, slug: str, data: CsvIn) -> CsvImportedOut:
    """Consents from a CSV: customer_key, contact_key, medium, purpose, state, source, wording."""
    reader = reader_for(request, slug)
    return queries.imported_out(reader=reader, found=lists.consents_import(actor=reader.actor, text=data.text))


def _csv(name: str, lines: Iterator[str]) -> HttpResponseBase:
    headers = {"Content-Disposition": f'attachment; filename="liuke-{name}.csv"'}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)
