"""A person's work as a calendar address (ICS): secret, revocable, read by calendar programs without a log-in."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from liuke.accounts.domain.actor import Actor, person
from liuke.accounts.domain.roles import Role
from liuke.accounts.domain.tokens import digest
from liuke.accounts.service import audit_record, workspace_now
from liuke.accounts.store.models import Membership, Workspace
from liuke.act.domain.renewals import DECIDED
from liuke.act.plans.domain_ics import Entry, calendar_text
from liuke.act.renewals.reading import renewals_visible
from liuke.act.store.models import CalendarFeed, PlanStep, WorkItem
from liuke.act.tasks.items import OPEN
from liuke.act.tasks.reading import work_items_visible
from liuke.base.errors import Forbidden, NotFound
from liuke.base.times import local_day, utc_now
from liuke.base.words import render

BACK, AHEAD, MOST = timedelta(days=60), timedelta(days=400), 1000
"""What is long overdue or far away is left out, and so is what is more than this many of a kind."""


@dataclass(frozen=True, slots=True)
class NewFeed:
    """A fresh address. The token is shown once; only its digest is kept."""

    feed: CalendarFeed
    token: str


def feed_of(actor: Actor) -> CalendarFeed | None:
    """The actor's own live address, if there is one."""
    return CalendarFeed.objects.filter(membership_id=actor.membership_id or 0, revoked_at__isnull=True).first()


def feed_make(*, actor: Actor) -> NewFeed:
    """A new address for the actor's own work; an earlier one stops. Raises Forbidden("people_only") for a key."""
    if actor.membership_id is None:
        raise Forbidden("people_only")
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        fresh = {"token_digest": digest(token), "created_at": utc_now(), "revoked_at": None, "read_at": None}
        feed, _ = CalendarFeed.objects.update_or_create(membership_id=actor.membership_id, defaults=fresh)
        audit_record(actor=actor, action="calendar_feed_make", object_type="calendar_feed", object_id=feed.pk)
    return NewFeed(feed, token)


def feed_revoke(*, actor: Actor) -> None:
    """Stop the actor's address; stopping twice is once."""
    with transaction.atomic():
        if CalendarFeed.objects.filter(membership_id=actor.membership_id or 0, revoked_at__isnull=True).update(revoked_at=utc_now()):
            audit_record(actor=actor, action="calendar_feed_revoke", object_type="calendar_feed")


def feed_text(token: str) -> str:
    """The calendar behind an address. Raises NotFound("feed_not_found") for an unknown or stopped one, or a person who left."""
    feed = CalendarFeed.objects.filter(token_digest=digest(token), revoked_at__isnull=True).select_related("membership__user").first()
    if feed is None or not (feed.membership.is_active and feed.membership.user.is_active):
        raise NotFound("feed_not_found")
    member = feed.membership
    workspace = Workspace.objects.get(pk=member.workspace_id)
    now = workspace_now(workspace)
    CalendarFeed.objects.filter(pk=feed.pk).update(read_at=utc_now())
    entries = [entry for part in (_items, _steps, _renewals) for entry in part(member, workspace, now)]
    name = render("feeds.name", {"workspace": workspace.name}, language=member.user.language)
    return calendar_text(entries, name=name, stamp=utc_now())


def _items(member: Membership, workspace: Workspace, now: datetime) -> Iterator[Entry]:
    items = work_items_visible(_actor(member)).filter(owner=member, status__in=OPEN, due_at__gte=now - BACK, due_at__lt=now + AHEAD)
    for item in items.select_related("customer").order_by("due_at", "pk")[:MOST]:
        title = item.title or render(f"feeds.{item.kind}", {}, language=member.user.language)
        if item.due_at is not None:
            yield Entry(_uid("work", item.pk), item.due_at, f"{item.customer.name}：{title}", link=_link(workspace, f"/tasks/{item.pk}"))


def _steps(member: Membership, workspace: Workspace, now: datetime) -> Iterator[Entry]:
    mine = Q(owner=member) | Q(owner__isnull=True, work_item__owner=member)
    open_items = WorkItem.objects.filter(workspace=workspace, status__in=OPEN)
    steps = PlanStep.objects.filter(mine, work_item__in=open_items, done_at__isnull=True, removed_at__isnull=True)
    due = steps.filter(due_at__gte=now - BACK, due_at__lt=now + AHEAD).select_related("work_item__customer").order_by("due_at", "pk")
    for step in due[:MOST]:
        if step.due_at is not None:
            summary = f"{step.work_item.customer.name}：{step.text}"
            yield Entry(_uid("step", step.pk), step.due_at, summary, step.effect, _link(workspace, f"/tasks/{step.work_item_id}"))


def _renewals(member: Membership, workspace: Workspace, now: datetime) -> Iterator[Entry]:
    today = local_day(now, workspace.time_zone)
    ending = Q(contract__ends_on__gte=today - BACK, contract__ends_on__lt=today + AHEAD)
    rows = renewals_visible(_actor(member)).filter(ending, contract__customer__owner=member)
    for row in rows.exclude(status__in=DECIDED).select_related("contract__customer").order_by("contract__ends_on", "pk")[:MOST]:
        params = {"customer": row.contract.customer.name, "contract": row.contract.name}
        summary = render("feeds.renewal_ends", params, language=member.user.language)
        yield Entry(_uid("renewal", row.pk), row.contract.ends_on, summary, link=_link(workspace, "/renewals"))


def _uid(kind: str, number: int) -> str:
    return f"{kind}-{number}@{urlsplit(settings.LIUKE.public_url).hostname or 'liuke'}"


def _link(workspace: Workspace, path: str) -> str:
    return f"{settings.LIUKE.public_url}/w/{workspace.slug}{path}"


def _actor(member: Membership) -> Actor:
    return person(
        workspace_id=member.workspace_id, membership_id=member.pk, user_id=member.user_id, role=Role(member.role),
        team_id=member.team_id, language=member.user.language, name=member.user.name,
    )  # fmt: skip
