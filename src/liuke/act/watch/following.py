"""Each night: who hangs on a thin thread, whose watch is over, and what a new owner is reminded of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from liuke.accounts.service.calendar import calendar_of
from liuke.accounts.store.models import Workspace
from liuke.act.domain.due import due_after
from liuke.act.store.models import FollowUp, Watch
from liuke.act.tasks.items import chunks
from liuke.act.tasks.playbook import item_for_playbook
from liuke.act.watch.domain import THREAD_LEAST, Reason, mark_due
from liuke.base.times import local_day
from liuke.base.words import render
from liuke.facts.store.models import Customer
from liuke.facts.store.threads import Thread

DUE_HOURS = 48
"""What a mark asks for is due two working days later."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a night knows. `worth`: customers whose thin thread matters (high and middle value)."""

    threads: Iterable[Thread] = ()
    worth: Collection[int] = frozenset()
    contact_gone: Collection[int] = frozenset()
    deleted_us: Collection[int] = frozenset()
    last_contact: Mapping[int, datetime] = field(default_factory=dict)


def watch_follow(*, workspace: Workspace, as_of: datetime, seen: Seen) -> dict[str, int]:
    """Bring the watches up to a night; how many stand open by reason. The same call again changes nothing."""
    one_colleague, one_contact = thin_threads(seen)
    found: dict[Reason, dict[int, dict[str, object]]] = {
        Reason.ONE_COLLEAGUE: one_colleague, Reason.ONE_CONTACT: one_contact,
        Reason.CONTACT_GONE: {key: {} for key in seen.contact_gone}, Reason.DELETED_US: {key: {} for key in seen.deleted_us},
        Reason.OWNER_LEFT: {key: {} for key in _left(workspace)},
    }  # fmt: skip
    with transaction.atomic():
        alive = set(Customer.objects.filter(workspace=workspace, status=Customer.Status.ACTIVE).values_list("pk", flat=True))
        for reason, customers in found.items():
            _sync(workspace, reason, {key: customers[key] for key in customers.keys() & alive}, as_of)
        _hand_overs(workspace, as_of, alive, seen.last_contact)
    return {reason.value: Watch.objects.filter(workspace=workspace, reason=reason, until=None).count() for reason in Reason}


def thin_threads(seen: Seen) -> tuple[dict[int, dict[str, object]], dict[int, dict[str, object]]]:
    """Customers who matter and are spoken with, but through one colleague alone; and through one contact of theirs alone."""
    one_colleague: dict[int, dict[str, object]] = {}
    one_contact: dict[int, dict[str, object]] = {}
    for thread in seen.threads:
        if thread.customer_id not in seen.worth or thread.n < THREAD_LEAST:
            continue
        if thread.colleagues == 1:
            one_colleague[thread.customer_id] = {"who": thread.colleague, "n": thread.n}
        if thread.contacts == 1:
            one_contact[thread.customer_id] = {"who": thread.contact, "n": thread.n}
    return one_colleague, one_contact


def _left(workspace: Workspace) -> Iterable[int]:
    return Customer.objects.filter(workspace=workspace, owner__is_active=False).values_list("pk", flat=True)


def _sync(workspace: Workspace, reason: Reason, customers: Mapping[int, Mapping[str, object]], as_of: datetime) -> None:
    """Open rows exactly for these customers; those that stay keep their beginning."""
    known = dict(Watch.objects.filter(workspace=workspace, reason=reason, until=None).values_list("customer_id", "detail"))
    for part in chunks(sorted(set(known) - set(customers))):
        Watch.objects.filter(customer_id__in=part, reason=reason, until=None).update(until=as_of)
    for key in sorted(set(known) & set(customers)):
        if known[key] != customers[key]:
            Watch.objects.filter(customer_id=key, reason=reason, until=None).update(detail=dict(customers[key]))
    fresh = [
        Watch(workspace=workspace, customer_id=key, reason=reason, since=as_of, detail=dict(detail))
        for key, detail in sorted(customers.items())
        if key not in known
    ]
    Watch.objects.bulk_create(fresh, batch_size=500)


def _hand_overs(workspace: Workspace, as_of: datetime, alive: Collection[int], spoken: Mapping[int, datetime]) -> None:
    """At day 0 the new owner gets a first task; at day 30, 60 and 90 one where nobody has spoken with the customer since the last mark."""
    today = local_day(as_of, workspace.time_zone)
    opened = list(Watch.objects.filter(workspace=workspace, reason=Reason.HANDED_OVER, until=None).select_related("customer"))
    written = _follow_ups([watch.customer_id for watch in opened])
    for watch in opened:
        mark = mark_due(local_day(watch.since, workspace.time_zone), today, watch.reminded)
        if mark is not None:
            moments = [moment for moment in (spoken.get(watch.customer_id), written.get(watch.customer_id)) if moment]
            silent = not any(moment >= watch.since for moment in moments)
            if watch.customer_id in alive and (mark == 0 or silent):
                _item(workspace, watch, mark, as_of)
            Watch.objects.filter(pk=watch.pk).update(reminded=mark)
    over = Q(ends_on__lt=today) | ~Q(customer__status=Customer.Status.ACTIVE)
    Watch.objects.filter(over, workspace=workspace, reason=Reason.HANDED_OVER, until=None).update(until=as_of)


def _follow_ups(customer_ids: list[int]) -> Mapping[int, datetime]:
    """The newest follow-up by customer."""
    found: dict[int, datetime] = {}
    for part in chunks(customer_ids):
        rows = FollowUp.objects.filter(work_item__customer_id__in=part).order_by("at").values_list("work_item__customer_id", "at")
        found |= dict(rows)
    return found


def _item(workspace: Workspace, watch: Watch, mark: int, as_of: datetime) -> None:
    year = local_day(as_of, workspace.time_zone).year
    title = render("watch.task_first" if mark == 0 else "watch.task", {"day": mark}, language=workspace.locale)
    item_for_playbook(
        workspace=workspace, customer_id=watch.customer_id, title=title, owner_id=None, plan_code=None, note="",
        due_at=due_after(as_of, DUE_HOURS, workspace.time_zone, calendar_of(workspace, year=year)),
        key=f"watch:{watch.pk}:{mark}", at=as_of,
    )  # fmt: skip
