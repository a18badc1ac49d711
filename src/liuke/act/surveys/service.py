"""Answers to surveys: kept, told to the stream within seconds, and a bad one raises a ticket at once (FBK-01)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from liuke.accounts.domain.actor import Actor, system
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record, workspace_now
from liuke.accounts.store.models import Workspace
from liuke.act.plans.asked import AskedTicket, busy_with, ticket_ask, ticket_routes
from liuke.act.plans.domain_tickets import Topic
from liuke.act.plans.tickets import ticket_tell
from liuke.act.store.models import SurveyAnswer, Ticket
from liuke.act.surveys.domain import Answer, Scale, may_change
from liuke.act.surveys.links import Linked, link_key, link_new, survey_address
from liuke.base.errors import Conflict, Invalid, NotFound
from liuke.base.times import utc_now
from liuke.base.words import render
from liuke.connect.service import batch_ingest
from liuke.facts.domain.kinds import Kind
from liuke.facts.service import customer_get
from liuke.facts.store.models import Contact, Customer

SOURCE = "surveys"
"""The name of the source of our own surveys."""


def survey_link(*, actor: Actor, customer_id: int, scale: str, contact_id: int | None = None) -> str:
    """A link for a visible customer, to be sent by hand. Needs `handle`. Raises Invalid("survey_scale"), NotFound("contact_unknown")."""
    actor.require(Permission.HANDLE)
    customer = customer_get(actor=actor, customer_id=customer_id)
    if scale not in set(Scale):
        raise Invalid("survey_scale", got=scale, allowed=", ".join(Scale))
    if contact_id is not None and not Contact.objects.filter(pk=contact_id, customer=customer).exists():
        raise NotFound("contact_unknown", contact_id=contact_id)
    audit_record(actor=actor, action="survey_link", object_type="customer", object_id=customer.pk, detail={"scale": scale})
    return survey_address(link_new(workspace_id=actor.workspace_id, customer_id=customer.pk, what=scale, contact_id=contact_id))


def survey_customer(linked: Linked) -> Customer | None:
    """The customer of a link; None where they are gone (erased), or the link is of another workspace."""
    found = Customer.objects.select_related("workspace", "owner__user").filter(pk=linked.customer_id, workspace_id=linked.workspace_id)
    return found.first()


def answer_kept(linked: Linked) -> SurveyAnswer | None:
    """What was answered over the link."""
    return SurveyAnswer.objects.filter(key=link_key(linked)).first()


def survey_answer(*, linked: Linked, answer: Answer, now: datetime | None = None) -> SurveyAnswer:
    """Keep an answer, or its change within minutes; `now`: the real clock. All or nothing.

    Raises NotFound("survey_gone") where the customer is gone, Conflict("survey_answered") for a change that comes too late.
    """
    moment = now or utc_now()
    with transaction.atomic():
        customer = survey_customer(linked)
        if customer is None or linked.what != answer.scale:
            raise NotFound("survey_gone")
        kept = SurveyAnswer.objects.select_for_update().filter(key=link_key(linked)).first()
        if kept is not None and not may_change(kept.first_at, moment):
            raise Conflict("survey_answered")
        row = _write(customer, linked, answer, kept, moment)
        _tell_stream(row, customer, answer)
        if answer.is_bad and row.ticket_id is None:
            row.ticket = _ask(customer, row)
            row.save(update_fields=["ticket"])
    return row


def _write(customer: Customer, linked: Linked, answer: Answer, kept: SurveyAnswer | None, moment: datetime) -> SurveyAnswer:
    if kept is not None:
        kept.score, kept.text = answer.score, answer.text
        kept.save(update_fields=["score", "text"])
        return kept
    contact = Contact.objects.filter(pk=linked.contact_id or 0, customer=customer).first()
    return SurveyAnswer.objects.create(
        workspace_id=customer.workspace_id, customer=customer, contact=contact, scale=answer.scale.value, score=answer.score,
        text=answer.text, key=link_key(linked), answered_at=workspace_now(customer.workspace), first_at=moment,
    )  # fmt: skip


def _tell_stream(row: SurveyAnswer, customer: Customer, answer: Answer) -> None:
    """The same id however often it is changed: a change corrects."""
    attrs: dict[str, object] = {"survey": answer.scale.value, "text": answer.text, "satisfaction": answer.satisfaction, "answer": row.pk}
    activity = {
        "activity_id": f"survey:{row.pk}", "customer_key": customer.key, "ts": row.answered_at, "kind": Kind.SURVEY_ANSWERED.value,
        "value": float(answer.score), "channel": "survey", "attrs": attrs,
    }  # fmt: skip
    batch_ingest(actor=system(customer.workspace_id), source=SOURCE, rows=[activity])


def _ask(customer: Customer, row: SurveyAnswer) -> Ticket | None:
    """A call within 48 hours (PLY-06), unless one is asked for already."""
    workspace: Workspace = customer.workspace
    if (customer.pk, Topic.RECOVERY.value) in busy_with(workspace):
        return None
    scale = render(f"survey.scale.{row.scale}", {}, language=workspace.locale)
    title = render("tickets.asked.survey", {"customer": customer.name, "scale": scale, "score": row.score}, language=workspace.locale)
    asked = AskedTicket(customer.pk, Topic.RECOVERY, title, customer.owner, f"{workspace.pk}:survey:{row.pk}")
    ticket = ticket_ask(workspace, asked, ticket_routes(workspace.pk), at=row.answered_at)
    ticket_tell(ticket, by=None, name=render("tickets.system", {}, language=workspace.locale), at=row.answered_at)
    return ticket
