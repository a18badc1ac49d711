"""老带新: who brought whom; the points come with the new customer's first order."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record, workspace_now
from liuke.accounts.store.models import Workspace
from liuke.act.store.models import Referral
from liuke.base.errors import Conflict, Invalid, NotFound
from liuke.facts.service import customer_get, customers_visible

_LONGEST = 50


def referral_add(*, actor: Actor, referrer_id: int, referred_id: int, note: str = "") -> Referral:
    """Raises Invalid("referral_self"), Conflict("referral_known") for one who was brought already, Conflict("referral_circle")."""
    actor.require(Permission.HANDLE)
    referrer, referred = customer_get(actor=actor, customer_id=referrer_id), customer_get(actor=actor, customer_id=referred_id)
    if referrer.pk == referred.pk:
        raise Invalid("referral_self")
    try:
        with transaction.atomic():
            Workspace.objects.select_for_update().get(pk=actor.workspace_id)
            if referred.pk in chain_of(referrer.pk):
                raise Conflict("referral_circle", customer=referred.name)
            row = Referral.objects.create(
                workspace_id=actor.workspace_id, referrer=referrer, referred=referred, note=note.strip()[:200],
                at=workspace_now(Workspace.objects.get(pk=actor.workspace_id)), by_id=actor.membership_id,
            )  # fmt: skip
            audit_record(actor=actor, action="referral_add", object_type="customer", object_id=referred.pk)
    except IntegrityError:
        raise Conflict("referral_known", customer=referred.name) from None
    return row


def referral_remove(*, actor: Actor, referral_id: int) -> None:
    """Take one back before it was rewarded. Raises NotFound, Conflict("referral_rewarded")."""
    actor.require(Permission.HANDLE)
    row = Referral.objects.filter(pk=referral_id, referred__in=customers_visible(actor)).first()
    if row is None:
        raise NotFound("referral_not_found", referral=referral_id)
    if row.rewarded_at is not None:
        raise Conflict("referral_rewarded")
    with transaction.atomic():
        audit_record(actor=actor, action="referral_remove", object_type="customer", object_id=row.referred_id)
        row.delete()


def chain_of(customer_id: int, longest: int = _LONGEST) -> list[int]:
    """Who brought the customer, who brought that one, and so on; nearest first."""
    chain: list[int] = []
    current: int | None = customer_id
    while current is not None and len(chain) < longest:
        current = Referral.objects.filter(referred_id=current).values_list("referrer_id", flat=True).first()
        if current is not None:
            chain.append(current)
    return chain
