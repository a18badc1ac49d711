"""Use cases of 离开访谈 (FBK-02): fill one after a registered loss, by a colleague or by the customer over a link; list them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record, workspace_now
from liuke.accounts.store.models import Workspace
from liuke.act.surveys.links import Linked, interview_address, link_key, link_new
from liuke.base.errors import Conflict, NotFound
from liuke.facts.service import customer_get, customers_visible
from liuke.facts.service.readings import row_reader
from liuke.facts.store.models import Customer
from liuke.learn.domain.interview import Answers
from liuke.learn.domain.outcomes import FINAL_CAUSES, OutcomeKind
from liuke.learn.store.models import ExitInterview, Outcome

EXIT = "exit"
"""What a link to an interview is for."""
LEFT = (OutcomeKind.CHURNED.value, OutcomeKind.PAUSED.value)


def interview_fill(*, actor: Actor, customer_id: int, answers: Answers, key: str) -> ExitInterview:
    """What a colleague heard from a visible customer. Needs `handle`. The same `key` again is the same interview."""
    actor.require(Permission.HANDLE)
    customer = customer_get(actor=actor, customer_id=customer_id)
    full_key = f"{actor.label}:{customer.pk}:{key}"[:64]
    with transaction.atomic():
        made = _write(customer, answers, key=full_key, by=actor.membership_id)
        audit_record(actor=actor, action="exit_interview", object_type="customer", object_id=customer.pk, detail={"cause": made.cause})
    return made


def interview_answer(*, linked: Linked, answers: Answers) -> ExitInterview:
    """What the customer says over the link, once. Raises NotFound("survey_gone"), Conflict("survey_answered")."""
    customer = Customer.objects.select_related("workspace").filter(pk=linked.customer_id, workspace_id=linked.workspace_id).first()
    if customer is None or linked.what != EXIT:
        raise NotFound("survey_gone")
    if ExitInterview.objects.filter(key=link_key(linked)).exists():
        raise Conflict("survey_answered")
    with transaction.atomic():
        return _write(customer, answers, key=link_key(linked), by=None)


def interview_link(*, actor: Actor, customer_id: int) -> str:
    """A link on which a visible customer says why they left. Needs `handle`."""
    actor.require(Permission.HANDLE)
    customer = customer_get(actor=actor, customer_id=customer_id)
    audit_record(actor=actor, action="exit_interview_link", object_type="customer", object_id=customer.pk)
    return interview_address(link_new(workspace_id=actor.workspace_id, customer_id=customer.pk, what=EXIT))


def interview_done(linked: Linked) -> bool:
    """Whether it was answered."""
    return ExitInterview.objects.filter(key=link_key(linked)).exists()


def interviews_visible(actor: Actor) -> QuerySet[ExitInterview]:
    """Interviews of visible customers, newest first. A QuerySet: costs nothing yet."""
    visible = customers_visible(actor).values("id")
    rows = ExitInterview.objects.filter(workspace_id=actor.workspace_id, customer_id__in=visible)
    return rows.select_related("customer", "outcome", "by__user").order_by("-at", "-pk")


def _write(customer: Customer, answers: Answers, *, key: str, by: int | None) -> ExitInterview:
    known = ExitInterview.objects.filter(key=key).first()
    if known is not None:
        return known
    workspace: Workspace = customer.workspace
    outcome = Outcome.objects.filter(customer=customer, kind__in=LEFT, reverted_at__isnull=True).order_by("-at", "-pk").first()
    reading = read_words(workspace.pk, answers.words)
    now: datetime = workspace_now(workspace)
    made = ExitInterview.objects.create(
        workspace=workspace, customer=customer, outcome=outcome, answers=answers.to_plain(), cause=answers.cause.value,
        reason=answers.reason, would_return=answers.would_return, reading=reading, by_id=by, key=key, at=now,
    )  # fmt: skip
    if outcome is not None:
        _attribute(outcome, answers, reading)
    return made


def read_words(workspace_id: int, words: str) -> dict[str, object]:
    """Topics, competitor and negative emotion of the open answers; empty without any."""
    if not words:
        return {}
    reading = row_reader(workspace_id).texts.read([words])[0]
    return {
        "topics": [topic.code for topic in reading.topics],
        "competitor": reading.competitors[0].name if reading.competitors else "",
        "negative": round(reading.emotion, 1),
    }


def _attribute(outcome: Outcome, answers: Answers, reading: Mapping[str, object]) -> None:
    """The cause of the registered loss is what the customer says (ATT-01); one that allows no other (注销 …) stands."""
    if outcome.cause in FINAL_CAUSES:
        return
    competitor = answers.competitor or outcome.competitor or str(reading.get("competitor", ""))
    Outcome.objects.filter(pk=outcome.pk).update(cause=answers.cause.value, competitor=competitor[:80])
