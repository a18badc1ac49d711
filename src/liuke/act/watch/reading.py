"""Who sees which watched customers."""

from __future__ import annotations

from django.db.models import QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.act.store.models import Watch
from liuke.facts.service import customers_visible


def watches_visible(actor: Actor) -> QuerySet[Watch]:
    """Open watches over customers that the actor may see. A QuerySet: costs nothing yet."""
    return Watch.objects.filter(workspace_id=actor.workspace_id, until__isnull=True, customer_id__in=customers_visible(actor).values("id"))
