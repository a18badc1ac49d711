"""Who sees which renewals, and the totals of the windows."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.accounts.store.models import Workspace
from liuke.act.domain.renewals import DECIDED, OVERDUE_SHOWN_DAYS, WINDOWS, Bucket, Due, buckets
from liuke.act.store.models import Renewal
from liuke.base.errors import Invalid, NotFound
from liuke.facts.service import customers_visible


def renewals_visible(actor: Actor) -> QuerySet[Renewal]:
    """Ledger rows of contracts of visible customers. A QuerySet: costs nothing yet."""
    return Renewal.objects.filter(contract__customer_id__in=customers_visible(actor).values("id"))


def renewal_get(*, actor: Actor, renewal_id: int) -> Renewal:
    """One visible row with contract and customer loaded. Raises NotFound, also for a stranger's."""
    row = renewals_visible(actor).select_related("contract__customer__owner__user").filter(pk=renewal_id).first()
    if row is None:
        raise NotFound("renewal_not_found", renewal=renewal_id)
    return row


def window_filter(window: str, today: date) -> Q:
    """The condition of a window (`overdue`, `15`, `30`, `60`, `90`) on Renewal. Raises Invalid("renewal_window")."""
    if window == "overdue":
        oldest = today - timedelta(days=OVERDUE_SHOWN_DAYS)
        return Q(contract__ends_on__lt=today, contract__ends_on__gte=oldest) & ~Q(status__in=DECIDED)
    if window not in {str(days) for days in WINDOWS}:
        raise Invalid("renewal_window", got=window, allowed=", ".join(("overdue", *map(str, WINDOWS))))
    return Q(contract__ends_on__gte=today, contract__ends_on__lte=today + timedelta(days=int(window)))


def renewal_totals(*, actor: Actor, today: date) -> list[Bucket]:
    """Count, amount, weighted forecast and counts per status of every window, over what the actor sees.

    Only contracts in the workspace's currency are summed; there is no exchange rate here.
    """
    currency = Workspace.objects.get(pk=actor.workspace_id).currency
    rows = (
        renewals_visible(actor)
        .filter(window_filter("overdue", today) | window_filter(str(WINDOWS[-1]), today), contract__currency=currency)
        .values_list("contract__ends_on", "contract__amount", "status", "forecast")
    )
    return buckets((Due(*row) for row in rows), today)
