"""我的任务 and 今日: what is to be done, by when, and whom to call first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q, QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.act.service import work_items_visible
from liuke.act.store.models import WorkItem
from liuke.base.errors import Invalid, NotFound
from liuke.base.times import day_start
from liuke.show.api.schemas.alerts import FollowUpOut, TodayItem, TodayOut, WorkCounts, WorkItemOut
from liuke.show.api.schemas.common import Page
from liuke.show.queries.advice import advice
from liuke.show.queries.alert_list import UNFINISHED, customer_ref, escalation_steps
from liuke.show.queries.alert_page import key_phones
from liuke.show.queries.customer_list import SCOPES, owner_filter
from liuke.show.queries.follow_ups import follow_ups_of
from liuke.show.queries.paging import Cursor, Slice, Sort, chosen, cursor_read, cursor_write, limit_of, narrowed, numbers, page
from liuke.show.queries.reader import Reader, word
from liuke.show.store.repository import card_of

BY_DATE, DONE_FIRST = Sort("due_at", "due_at", descending=False), Sort("finished_at", "finished_at", descending=True)
BY_LOSS = Sort("expected_loss", "alert__expected_loss", descending=True)
ABOVE_ALL_LOSSES = 99_999_999_999_999.0
"""Where the undated items begin."""
TODAY_MOST = 5
CANDIDATES = 50
KINDS = ("winback", "renewal", "manual", "playbook")


@dataclass(frozen=True, slots=True)
class WorkFilter:
    """The list's filters as the URL has them."""

    scope: str = "mine"
    due: str = ""
    status: str = "open"
    owner: str = ""
    customer_id: int | None = None
    kind: str = ""


def in_scope(actor: Actor, scope: str) -> QuerySet[WorkItem]:
    """`mine`, `team` or `all` of the items that the actor may see; a key owns nothing, so its `mine` is all."""
    chosen("scope", scope, SCOPES)
    items = work_items_visible(actor)
    if actor.is_key or scope == "all":
        return items
    if scope == "team":
        return items.filter(owner__team_id=actor.team_id) if actor.team_id is not None else items
    return items.filter(owner_id__in=actor.owners)


def day_end(reader: Reader, days: int = 1) -> datetime:
    """The end of the workspace's local day, or of the day `days - 1` later."""
    return day_start(reader.today + timedelta(days=days), reader.workspace.time_zone)


def due_filter(reader: Reader, due: str) -> Q:
    """`today`: from now to the end of the day; `week`: the next seven days; `overdue`: before now."""
    ends = {"today": day_end(reader), "week": day_end(reader, 7)}
    if due == "overdue":
        return Q(due_at__lt=reader.now)
    return Q(due_at__gte=reader.now, due_at__lt=ends[due]) if due in ends else Q()


def work_item_page(*, reader: Reader, wanted: WorkFilter, cursor: str, limit: int) -> Page[WorkItemOut]:
    """A page of items: open ones by due date, then the undated by expected loss; finished ones newest first."""
    reader.require_customers()
    status = next(iter(chosen("status", wanted.status, ("open", "todo", "doing", "done"))), "open")
    is_open = status != WorkItem.Status.DONE
    size = limit_of(limit)
    order = _phase(cursor) if is_open else DONE_FIRST
    before = cursor_read(cursor, order.text)
    items = in_scope(reader.actor, wanted.scope)
    items = items.filter(status__in=UNFINISHED if status == "open" else (status,))
    kinds = chosen("kind", wanted.kind, KINDS)
    if kinds:
        items = items.filter(kind__in=kinds)
    if wanted.owner:
        items = items.filter(owner_filter(wanted.owner))
    if wanted.customer_id is not None:
        items = items.filter(customer_id__in=numbers("customer_id", str(wanted.customer_id)))
    for due in chosen("due", wanted.due, ("today", "week", "overdue")):
        items = items.filter(due_filter(reader, due))
    items, total = narrowed(items, before)
    pages = _open_page if is_open else _done_page
    found = pages(loaded(items), order, before, size, total)
    return Page(items=work_item_rows(reader, found.rows), next_cursor=found.next_cursor, total=total[0], total_is_capped=total[1])


def _phase(cursor: str) -> Sort:
    """Whether the page before ended among the dated items (or there was none), or among the undated ones."""
    try:
        cursor_read(cursor, BY_LOSS.text)
    except Invalid:
        return BY_DATE
    return BY_LOSS if cursor else BY_DATE


def _open_page(items: QuerySet[WorkItem], order: Sort, before: Cursor | None, size: int, total: tuple[int, bool]) -> Slice[WorkItem]:
    undated = items.filter(due_at__isnull=True)
    if order is BY_LOSS:
        return page([undated], BY_LOSS, before, size, total=total)
    dated = page([items.filter(due_at__isnull=False)], BY_DATE, before, size, total=total)
    room = size - len(dated.rows)
    if dated.next_cursor:
        return dated
    if not room:
        start = cursor_write(Cursor(BY_LOSS.text, ABOVE_ALL_LOSSES, 0, *total))
        return Slice(dated.rows, start if undated.exists() else None)
    more = page([undated], BY_LOSS, None, room, total=total)
    return Slice([*dated.rows, *more.rows], more.next_cursor)


def _done_page(items: QuerySet[WorkItem], order: Sort, before: Cursor | None, size: int, total: tuple[int, bool]) -> Slice[WorkItem]:
    return page([items], order, before, size, total=total)


def loaded(items: QuerySet[WorkItem]) -> QuerySet[WorkItem]:
    """With all that a row shows, in one query."""
    return items.select_related("customer__customercard", "alert")


def work_item_rows(reader: Reader, items: Sequence[WorkItem]) -> list[WorkItemOut]:
    """Items (from `loaded`) as the API shows them; two more queries, for follow-ups and escalations."""
    followed = follow_ups_of(reader, [item.pk for item in items])
    steps = escalation_steps([item.alert_id for item in items if item.alert_id is not None])
    return [_row(reader, item, followed.get(item.pk, []), steps.get(item.alert_id or 0, 0)) for item in items]


def work_item_out(*, reader: Reader, item_id: int) -> WorkItemOut:
    """One visible item. Raises NotFound, also for a stranger's."""
    reader.require_customers()
    items = list(loaded(work_items_visible(reader.actor)).filter(pk=item_id))
    if not items:
        raise NotFound("work_item_not_found", item=item_id)
    return work_item_rows(reader, items)[0]


def _row(reader: Reader, item: WorkItem, followed: list[FollowUpOut], step: int = 0) -> WorkItemOut:
    card, reasons = card_of(item.customer), reasons_of(item)
    customer, reason = item.customer, reader.top_reason(reasons)
    return WorkItemOut(
        id=item.pk,
        kind=word(item.kind),
        title=item.title or reason or reader.text(f"show.work.{item.kind}"),
        customer=customer_ref(customer.pk, customer.key, customer.name, customer.sample_fields),
        level=word(item.alert.level if item.alert else card.level),
        score=item.alert.score if item.alert else card.score,
        annual_value=float(item.alert.annual_value) if item.alert else card.annual_value,
        reason=reason,
        owner=reader.person(item.owner_id),
        status=word(item.status),
        seq=item.seq,
        due_at=item.due_at,
        is_overdue=bool(item.due_at and item.due_at < reader.now and item.status in UNFINISHED),
        note=reader.written(item.note),
        alert_id=item.alert_id,
        renewal_id=item.renewal_id,
        created_at=item.created_at,
        finished_at=item.finished_at,
        follow_ups=followed,
        escalation_step=step,
        stands_in=item.owner_id in reader.actor.stands_in,
    )


def reasons_of(item: WorkItem) -> Sequence[dict[str, object]]:
    """The alert's reasons, else those of the customer's card."""
    found: Sequence[dict[str, object]] = item.alert.reasons if item.alert else card_of(item.customer).reasons
    return found


def work_counts(*, reader: Reader, scope: str) -> WorkCounts:
    """Numbers on the chips, in one query; `done` counts the last seven days."""
    reader.require_customers()
    is_open = Q(status__in=UNFINISHED)
    counts = in_scope(reader.actor, scope).aggregate(
        today=Count("pk", filter=is_open & due_filter(reader, "today")),
        week=Count("pk", filter=is_open & due_filter(reader, "week")),
        overdue=Count("pk", filter=is_open & due_filter(reader, "overdue")),
        done=Count("pk", filter=Q(status="done", finished_at__gte=reader.now - timedelta(days=7))),
        open=Count("pk", filter=is_open),
    )
    return WorkCounts(**counts)


def today_out(*, reader: Reader) -> TodayOut:
    """At most five customers of the asker: first what is due today or overdue, then by expected loss."""
    reader.require_customers()
    mine = in_scope(reader.actor, "mine")
    is_open = loaded(mine.filter(status__in=UNFINISHED))
    due = is_open.filter(due_at__lt=day_end(reader)).order_by(F("alert__expected_loss").desc(nulls_last=True), "due_at", "pk")[:CANDIDATES]
    rest = is_open.filter(alert__isnull=False).order_by("-alert__expected_loss", "pk")[:CANDIDATES]
    chosen_items: dict[int, WorkItem] = {}
    for item in sorted(due, key=_loss) + list(rest):
        if len(chosen_items) < TODAY_MOST:
            chosen_items.setdefault(item.customer_id, item)
    phones = key_phones(reader, list(chosen_items))
    counts = work_counts(reader=reader, scope="mine")
    began = day_start(reader.today, reader.workspace.time_zone)
    return TodayOut(
        items=[_today(reader, item, phones.get(item.customer_id)) for item in chosen_items.values()],
        done_today=mine.filter(status=WorkItem.Status.DONE, finished_at__gte=began).count(),
        open_total=counts.open,
        overdue=counts.overdue,
    )


def _loss(item: WorkItem) -> float:
    return -float(item.alert.expected_loss) if item.alert else -card_of(item.customer).expected_loss


def _today(reader: Reader, item: WorkItem, phone: str | None) -> TodayItem:
    row, customer = _row(reader, item, []), item.customer
    return TodayItem(
        customer=row.customer,
        work_item_id=item.pk,
        alert_id=item.alert_id,
        level=row.level,
        score=row.score,
        why=row.reason or row.title,
        annual_value=row.annual_value,
        say=advice(reader, reasons_of(item), customer.name) or reader.text(f"advice.work.{item.kind}", {"name": customer.name}),
        phone=phone,
        due_at=item.due_at,
    )
