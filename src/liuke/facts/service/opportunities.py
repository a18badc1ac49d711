"""Deals in progress: seen with their customer, their stage moved by hand (MOB-02)."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Count, QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service.audit import audit_record
from liuke.accounts.service.clock import workspace_now
from liuke.accounts.store.models import Workspace
from liuke.base.errors import Invalid, NotFound
from liuke.facts.service.customers import customer_get, customers_visible
from liuke.facts.store.models import Opportunity

LONGEST_STAGE, MOST_STAGES = 40, 30


def opportunities_of(*, actor: Actor, customer_id: int) -> QuerySet[Opportunity]:
    """The deals of a visible customer, the newest first. Raises NotFound for a stranger's customer."""
    customer = customer_get(actor=actor, customer_id=customer_id)
    return Opportunity.objects.filter(customer=customer).order_by("-updated_at", "pk")


def stages_known(actor: Actor) -> list[str]:
    """The stages in use in the workspace, most used first."""
    rows = Opportunity.objects.filter(customer__workspace_id=actor.workspace_id).values("stage").annotate(n=Count("pk"))
    return [row["stage"] for row in rows.order_by("-n", "stage")[:MOST_STAGES]]


def opportunity_stage_set(*, actor: Actor, opportunity_id: int, stage: str) -> Opportunity:
    """Move a deal of a visible customer to another stage. Needs `handle`.

    It holds until its source says another stage than it said before; a file that is read again turns nothing back.
    """
    actor.require(Permission.HANDLE)
    named = stage.strip()
    if not 0 < len(named) <= LONGEST_STAGE:
        raise Invalid("opportunity_stage", longest=LONGEST_STAGE)
    rows = Opportunity.objects.filter(pk=opportunity_id, customer_id__in=customers_visible(actor).values("id"))
    with transaction.atomic():
        before = rows.first()
        if before is None:
            raise NotFound("opportunity_not_found", opportunity=opportunity_id)
        if before.stage != named:
            now = workspace_now(Workspace.objects.get(pk=actor.workspace_id))
            told = before.stage_told or before.stage
            by_hand = {"stage_told": "", "stage_set_at": None} if named == told else {"stage_told": told, "stage_set_at": now}
            rows.update(stage=named, updated_at=now, **by_hand)
            audit_record(
                actor=actor, action="opportunity_stage", object_type="opportunity", object_id=before.pk,
                detail={"from": before.stage, "to": named},
            )  # fmt: skip
    return Opportunity.objects.get(pk=opportunity_id)
