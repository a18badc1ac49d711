"""Off the own baseline (SCR-08): whoever begins to lie more than the set share off is told once, in their owner's digest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from liuke.accounts.store.models import Workspace
from liuke.alert.domain.changes import ReviewKind
from liuke.alert.domain.policy import from_plain
from liuke.alert.store.models import OffBaseline
from liuke.facts.store.models import Customer

_CHUNK = 500


def baseline_follow(*, workspace: Workspace, as_of: datetime, kind: ReviewKind, seen: Collection[int], off: Collection[int]) -> None:
    """Keep who began and who ended to lie off, of the customers `seen`, in the caller's transaction. Safe to repeat.

    What the first scoring finds is no news: nobody is told. A replay keeps nothing.
    """
    if kind is ReviewKind.REPLAY:
        return
    those = {"customer_id__in": sorted(seen)} if kind is ReviewKind.LIVE else {}
    known = set(OffBaseline.objects.filter(workspace=workspace, until__isnull=True, **those).values_list("customer_id", flat=True))
    over = sorted((known & set(seen)) - set(off))
    for start in range(0, len(over), _CHUNK):
        ended = OffBaseline.objects.filter(customer_id__in=over[start : start + _CHUNK], until__isnull=True)
        ended.update(until=as_of)
    fresh = sorted(set(off) - known)
    among = {"pk__in": fresh} if kind is ReviewKind.LIVE else {}
    existing = set(Customer.objects.filter(workspace=workspace, **among).values_list("id", flat=True)) if fresh else set()
    told = as_of if kind is ReviewKind.FIRST else None
    rows = [OffBaseline(workspace=workspace, customer_id=key, since=as_of, told_at=told) for key in fresh if key in existing]
    OffBaseline.objects.bulk_create(rows, batch_size=_CHUNK, ignore_conflicts=True)


def baseline_news(workspace: Workspace, *, at: datetime, leave_out: Collection[int]) -> Mapping[int, list[str]]:
    """Names of customers newly off their baseline by owner, in order of name, and that they were told, in the caller's transaction.

    Nothing where the alert policy has it off: what happens meanwhile is no news later. Customers in `leave_out` were pushed.
    """
    fresh = OffBaseline.objects.filter(workspace=workspace, until__isnull=True, told_at__isnull=True)
    found: defaultdict[int, list[str]] = defaultdict(list)
    if from_plain(workspace.alert_policy).baseline_notice:
        rows = fresh.filter(customer__status=Customer.Status.ACTIVE, customer__owner__isnull=False).order_by("customer__name", "pk")
        for customer_id, owner_id, name in rows.values_list("customer_id", "customer__owner_id", "customer__name"):
            if owner_id is not None and customer_id not in leave_out:
                found[owner_id].append(name)
    fresh.update(told_at=at)
    return dict(found)
