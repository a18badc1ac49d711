"""人工调整 of scores: given by a person, ended by a person or by its time. Nothing is ever deleted."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record
from liuke.accounts.store.models import Workspace
from liuke.base.errors import Conflict, Invalid, NotFound
from liuke.facts.store.models import Customer
from liuke.score.domain.faults import Fault, number
from liuke.score.domain.override import Override
from liuke.score.store.models import ScoreOverride

REASON_LENGTH = 200


def overrides_at(workspace: Workspace, as_of: datetime) -> dict[int, Override]:
    """Who is adjusted at a moment of the workspace clock, by customer. Works for the past as well."""
    rows = _holding(workspace, as_of).values_list("customer_id", "fixed", "value", "reason")
    return {customer: Override(fixed, value, reason) for customer, fixed, value, reason in rows}


def overrides_of(customer: Customer) -> Sequence[ScoreOverride]:
    """All of a customer, newest first, with their authors."""
    return list(ScoreOverride.objects.filter(customer=customer).select_related("created_by__user").order_by("-since", "-pk"))


def overrides_now(workspace: Workspace, now: datetime) -> QuerySet[ScoreOverride]:
    """Those that hold now, the one that ends next first."""
    return _holding(workspace, now).select_related("customer", "created_by__user").order_by("until", "pk")


def override_set(
    *, actor: Actor, workspace: Workspace, customer: Customer, fixed: bool, value: float, reason: str, until: datetime, now: datetime
) -> ScoreOverride:
    """Adjust a customer's score from `now` to `until` of the workspace clock, in place of an earlier adjustment.

    The caller scores the customer again. Raises Invalid("score_override") with every fault at once.
    """
    actor.require(Permission.PUBLISH)
    _check(fixed, value, reason, until, now)
    with transaction.atomic():
        _holding(workspace, now).filter(customer=customer).update(ended_at=now, ended_by_id=actor.membership_id)
        made = ScoreOverride.objects.create(
            workspace=workspace, customer=customer, fixed=fixed, value=value, reason=reason.strip(), since=now, until=until,
            created_by_id=actor.membership_id,
        )  # fmt: skip
        detail = {"fixed": fixed, "value": value, "until": until.isoformat()}
        audit_record(actor=actor, action="score_override_set", object_type="customer", object_id=customer.pk, detail=detail)
    return made


def override_end(*, actor: Actor, workspace: Workspace, override_id: int, now: datetime) -> ScoreOverride:
    """End an adjustment before its time. Raises NotFound, or Conflict("score_override_gone") where it has ended already."""
    actor.require(Permission.PUBLISH)
    with transaction.atomic():
        found = ScoreOverride.objects.filter(workspace=workspace, pk=override_id).first()
        if found is None:
            raise NotFound("not_found")
        ended = _holding(workspace, now).filter(pk=override_id).update(ended_at=now, ended_by_id=actor.membership_id)
        if not ended:
            raise Conflict("score_override_gone")
        audit_record(actor=actor, action="score_override_end", object_type="customer", object_id=found.customer_id)
    found.refresh_from_db()
    return found


def _holding(workspace: Workspace, at: datetime) -> QuerySet[ScoreOverride]:
    ended = Q(ended_at__isnull=True) | Q(ended_at__gt=at)
    return ScoreOverride.objects.filter(ended, workspace=workspace, since__lte=at, until__gt=at)


def _check(fixed: bool, value: float, reason: str, until: datetime, now: datetime) -> None:
    faults: list[Fault] = []
    number(value, "value", 0 if fixed else -100, 100, faults)
    if not fixed and value == 0 and math.isfinite(value):
        faults.append({"at": "value", "key": "faults.nothing"})
    if not 0 < len(reason.strip()) <= REASON_LENGTH:
        faults.append({"at": "reason", "key": "faults.reason", "most": REASON_LENGTH})
    if until <= now:
        faults.append({"at": "until", "key": "faults.expired", "after": now.date().isoformat()})
    if faults:
        raise Invalid("score_override", faults=faults)
