"""Addresses that get nothing more. Whoever asked to be left alone is left alone at once; only a new consent lifts it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record
from liuke.accounts.store.models import Workspace
from liuke.act.governor.addresses import digest_of, hint_of
from liuke.act.governor.domain_policy import MEDIA
from liuke.act.store.models import Consent, CustomerMessage, Suppression
from liuke.base.faults import Faults
from liuke.base.times import utc_now

SOFT_BOUNCES, SOFT_DAYS = 3, 14
"""So many passing failures within so many days end the sending to an address."""


def suppress(
    *,
    workspace_id: int,
    medium: str,
    digest: str,
    reason: str,
    at: datetime,
    hint: str = "",
    scope: str = Suppression.Scope.MARKETING,
    message: CustomerMessage | None = None,
) -> Suppression:
    """The suppression of an address, made now or before."""
    row, _ = Suppression.objects.get_or_create(
        workspace_id=workspace_id, medium=medium, digest=digest, scope=scope, lifted_at=None,
        defaults={"reason": reason, "at": at, "hint": hint, "message": message},
    )  # fmt: skip
    return row


def suppressions_lift(*, consent: Consent, digest: str, at: datetime) -> int:
    """A new consent opens the address again, also one that did not exist: a person has just given it. How many rows it lifted."""
    closed = Suppression.objects.filter(workspace_id=consent.workspace_id, medium=consent.medium, digest=digest, lifted_at=None)
    return closed.update(lifted_at=at, lifted_by=consent)


def suppressions_visible(actor: Actor) -> QuerySet[Suppression]:
    """The workspace's list, the newest first. Raises Forbidden without `publish`."""
    actor.require(Permission.PUBLISH)
    return Suppression.objects.filter(workspace_id=actor.workspace_id).order_by("-pk")


def suppression_add(
    *, actor: Actor, medium: str, address: str, reason: str = "manual", scope: str = Suppression.Scope.MARKETING
) -> Suppression:
    """An address put on the list by hand or from a file. Raises Invalid("suppression_faults") with every fault."""
    actor.require(Permission.PUBLISH)
    digest = digest_of(actor.workspace_id, medium, address) if medium in MEDIA else ""
    faults = Faults()
    faults.choice("medium", medium, MEDIA)
    if medium in MEDIA and (not digest or len(address) > 160):
        faults.add("address", hint_of(medium, address), "13800138000 | name@example.com")
    faults.choice("scope", scope, Suppression.Scope.values)
    faults.raise_if_any("suppression_faults")
    row = suppress(
        workspace_id=actor.workspace_id, medium=medium, digest=digest, reason=reason, at=workspace_at(actor.workspace_id),
        hint=hint_of(medium, address), scope=scope,
    )  # fmt: skip
    audit_record(actor=actor, action="suppression_add", object_type="suppression", object_id=row.pk, detail={"medium": medium})
    return row


def workspace_at(workspace_id: int) -> datetime:
    """The present of a workspace by its id."""
    as_of = Workspace.objects.filter(pk=workspace_id).values_list("simulated_as_of", flat=True).first()
    return as_of or utc_now()
