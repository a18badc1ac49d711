"""Customers of somebody who leaves go to a successor."""

from __future__ import annotations

from liuke.accounts.domain.actor import Actor
from liuke.accounts.store.models import Workspace
from liuke.act.service import customers_assign
from liuke.facts.store.models import Customer
from liuke.show.service.cards import cards_refresh

CHUNK = 500


def customers_hand_over(*, actor: Actor, workspace: Workspace, owner_id: int, successor_id: int | None) -> int:
    """Give all customers of a member to another, open alerts and work included; answers how many. Nothing without a successor."""
    if successor_id is None:
        return 0
    ids = list(Customer.objects.filter(workspace=workspace, owner_id=owner_id).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        customers_assign(actor=actor, customer_ids=chunk, owner_id=successor_id)
        cards_refresh(workspace=workspace, customer_ids=chunk)
    return len(ids)
