"""Use cases of learning: register what became of a customer, take it back, list it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record, workspace_now
from liuke.accounts.store.models import Workspace
from liuke.act.service import customer_renewed, items_close
from liuke.alert.service import close_rows
from liuke.alert.store.models import Alert
from liuke.base.errors import Conflict, NotFound
from liuke.base.times import local_day
from liuke.facts.service import customer_get, customers_visible
from liuke.facts.store.models import Customer
from liuke.learn.domain.outcomes import STANDING, OutcomeKind, check
from liuke.learn.store.models import Outcome


@dataclass(frozen=True, slots=True)
class Registered:
    """An outcome and what it ended: the alert closed and the renewal marked 已续, if any."""

    outcome: Outcome
    closed_alert_id: int | None
    renewal_id: int | None


@dataclass(frozen=True, slots=True)
class Reverted:
    """A reverted outcome: the status given back, and what stays as it is and must be reopened by hand if wanted."""

    outcome: Outcome
    status: str
    alert_stays_closed: int | None
    renewal_stays_renewed: int | None


def outcome_register(
    *,
    actor: Actor,
    customer_id: int,
    kind: str,
    occurred_on: date,
    cause: str = "",
    competitor: str = "",
    note: str = "",
    external_id: str | None = None,
) -> Registered:
    """登记结果: sets the customer's status, closes the open alert with its item; 已续约 also marks the renewal that ends first.

    `external_id`: source and number of one that came by API.
    Raises NotFound for a customer that the actor does not see; see `domain.outcomes.check` for what is refused.
    """
    actor.require(Permission.HANDLE)
    with transaction.atomic():
        customer = customer_get(actor=actor, customer_id=customer_id)
        workspace = Workspace.objects.get(pk=actor.workspace_id)
        now = workspace_now(workspace)
        outcome_kind = check(kind=kind, occurred_on=occurred_on, cause=cause, today=local_day(now, workspace.time_zone))
        alert_id = _close_alert(customer, now)
        renewal_id = None
        if outcome_kind is OutcomeKind.RENEWED:
            renewal = customer_renewed(customer, at=now, zone=workspace.time_zone, by=actor.membership_id)
            renewal_id = renewal.pk if renewal else None
        outcome = Outcome.objects.create(
            workspace=workspace,
            customer=customer,
            kind=outcome_kind.value,
            occurred_on=occurred_on,
            cause=cause,
            competitor=competitor[:80],
            note=note[:400],
            external_id=external_id,
            previous_status=customer.status,
            closed_alert_id=alert_id,
            renewal_id=renewal_id,
            by_id=actor.membership_id,
            at=now,
        )
        Customer.objects.filter(pk=customer.pk).update(status=STANDING[outcome_kind])
        detail = {"outcome": outcome.pk, "kind": kind, "cause": cause, "from": customer.status, "to": STANDING[outcome_kind]}
        audit_record(actor=actor, action="outcome_register", object_type="customer", object_id=customer.pk, detail=detail)
    return Registered(outcome, alert_id, renewal_id)


def outcome_revert(*, actor: Actor, outcome_id: int) -> Reverted:
    """Take the customer's newest outcome back: the earlier status returns; alert and renewal stay and are named in the answer.

    The next review raises a new alert if the score still asks for one. Raises NotFound, Conflict("outcome_reverted") where
    it was taken back before, Conflict("outcome_superseded") where a newer outcome or somebody changed the status since.
    """
    actor.require(Permission.HANDLE)
    with transaction.atomic():
        outcome = outcomes_visible(actor).filter(pk=outcome_id).select_for_update(of=("self",)).first()
        if outcome is None:
            raise NotFound("outcome_not_found", outcome=outcome_id)
        if outcome.reverted_at is not None:
            raise Conflict("outcome_reverted", outcome=outcome_id)
        newer = Outcome.objects.filter(customer_id=outcome.customer_id, reverted_at__isnull=True, pk__gt=outcome.pk)
        given = STANDING[OutcomeKind(outcome.kind)]
        if newer.exists() or not _give_back(outcome, given):
            raise Conflict("outcome_superseded", outcome=outcome_id)
        outcome.reverted_at = workspace_now(Workspace.objects.get(pk=actor.workspace_id))
        outcome.reverted_by_id = actor.membership_id
        outcome.save(update_fields=["reverted_at", "reverted_by"])
        detail = {"outcome": outcome.pk, "from": given, "to": outcome.previous_status}
        audit_record(actor=actor, action="outcome_revert", object_type="customer", object_id=outcome.customer_id, detail=detail)
    return Reverted(outcome, outcome.previous_status, outcome.closed_alert_id, outcome.renewal_id)


def outcomes_visible(actor: Actor) -> QuerySet[Outcome]:
    """Outcomes of visible customers, newest first, reverted ones included. A QuerySet: costs nothing yet."""
    visible = customers_visible(actor).values("id")
    return Outcome.objects.filter(workspace_id=actor.workspace_id, customer_id__in=visible).order_by("-at", "-id")


def _close_alert(customer: Customer, now: datetime) -> int | None:
    opened = Alert.objects.filter(customer=customer).exclude(status=Alert.Status.CLOSED).first()
    if opened is None:
        return None
    close_rows([opened], reason="outcome", at=now)
    items_close([opened.pk], at=now)
    return opened.pk


def _give_back(outcome: Outcome, given: str) -> bool:
    return bool(Customer.objects.filter(pk=outcome.customer_id, status=given).update(status=outcome.previous_status))
