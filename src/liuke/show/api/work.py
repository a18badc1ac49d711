"""我的任务, 今日, notices, saved views."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest
from ninja import Query, Router

from liuke.accounts.domain.actor import Actor
from liuke.act import service as act
from liuke.act.service import Changed
from liuke.act.tasks import bulk
from liuke.base.errors import Invalid
from liuke.show.api.gate import member_for, reader_for
from liuke.show.api.schemas.alerts import (
    FollowUpIn,
    NoticesOut,
    SavedViewIn,
    SavedViewOut,
    TodayOut,
    WorkCounts,
    WorkItemIn,
    WorkItemOut,
    WorkItemPatch,
)
from liuke.show.api.schemas.common import OkOut, Page, UndoOut
from liuke.show.api.schemas.plans import BulkItemsIn
from liuke.show.api.schemas.queries import WorkQuery
from liuke.show.queries import notices, work_list
from liuke.show.queries.work_list import WorkFilter
from liuke.show.service.views import view_create, view_delete

router = Router(tags=["work"])


@router.get("/w/{slug}/work-items", response=Page[WorkItemOut])
def work_item_list(request: HttpRequest, slug: str, wanted: Query[WorkQuery]) -> Page[WorkItemOut]:
    """A page of work items by due date. due: today, week, overdue; status: open, todo, doing, done."""
    filters = WorkFilter(wanted.scope, wanted.due, wanted.status, wanted.owner, wanted.customer_id, wanted.kind)
    return work_list.work_item_page(reader=reader_for(request, slug), wanted=filters, cursor=wanted.cursor, limit=wanted.limit)


@router.get("/w/{slug}/work-items/counts", response=WorkCounts)
def work_item_counts(request: HttpRequest, slug: str, scope: str = "mine") -> WorkCounts:
    """Numbers on the chips."""
    return work_list.work_counts(reader=reader_for(request, slug), scope=scope)


@router.post("/w/{slug}/work-items", response=WorkItemOut)
def work_item_create(request: HttpRequest, slug: str, data: WorkItemIn) -> WorkItemOut:
    """A manual work item."""
    reader = reader_for(request, slug)
    item = act.work_item_create(
        actor=reader.actor, customer_id=data.customer_id, title=data.title, due_at=data.due_at, owner_id=data.owner_id, note=data.note
    )
    return work_list.work_item_out(reader=reader, item_id=item.pk)


@router.post("/w/{slug}/work-items/bulk", response=UndoOut)
def work_items_bulk(request: HttpRequest, slug: str, data: BulkItemsIn) -> UndoOut:
    """Claims, gives, postpones or finishes many tasks; `alerts/undo` takes it back."""
    changed = _bulk(reader_for(request, slug).actor, data)
    return UndoOut(changed=changed.changed, undo_token=changed.undo_token)


def _bulk(actor: Actor, data: BulkItemsIn) -> Changed:
    if data.action == "assign":
        if data.owner_id is None:
            raise Invalid("filter_unknown", filter="owner_id", got="", allowed="owner_id")
        return bulk.items_assign(actor=actor, item_ids=data.item_ids, owner_id=data.owner_id)
    if data.action == "postpone":
        if data.due_at is None:
            raise Invalid("filter_unknown", filter="due_at", got="", allowed="due_at")
        return bulk.items_postpone(actor=actor, item_ids=data.item_ids, due_at=data.due_at)
    return (bulk.items_claim if data.action == "claim" else bulk.items_finish)(actor=actor, item_ids=data.item_ids)


@router.get("/w/{slug}/work-items/{item_id}", response=WorkItemOut)
def work_item_get(request: HttpRequest, slug: str, item_id: int) -> WorkItemOut:
    """One work item with its follow-ups."""
    return work_list.work_item_out(reader=reader_for(request, slug), item_id=item_id)


@router.patch("/w/{slug}/work-items/{item_id}", response=WorkItemOut)
def work_item_update(request: HttpRequest, slug: str, item_id: int, data: WorkItemPatch) -> WorkItemOut:
    """Due date, owner, note; done and undone."""
    reader = reader_for(request, slug)
    with transaction.atomic():
        act.work_item_update(actor=reader.actor, item_id=item_id, title=data.title, due_at=data.due_at, note=data.note)
        if data.owner_id is not None:
            act.work_item_assign(actor=reader.actor, item_id=item_id, owner_id=data.owner_id)
        if data.status is not None:
            act.work_item_move(actor=reader.actor, item_id=item_id, status=data.status, seq=data.seq)
    return work_list.work_item_out(reader=reader, item_id=item_id)


@router.post("/w/{slug}/work-items/{item_id}/follow-ups", response=WorkItemOut)
def follow_up_record(request: HttpRequest, slug: str, item_id: int, data: FollowUpIn) -> WorkItemOut:
    """跟进: 接通/未接/改约, a note, the next date. Idempotent by request_key."""
    reader = reader_for(request, slug)
    act.follow_up_record(
        actor=reader.actor,
        item_id=item_id,
        result=data.result,
        request_key=data.request_key,
        note=data.note,
        next_at=data.next_at,
        done=data.done,
    )
    return work_list.work_item_out(reader=reader, item_id=item_id)


@router.get("/w/{slug}/today", response=TodayOut)
def today_get(request: HttpRequest, slug: str) -> TodayOut:
    """The phone's home: at most five customers: why, ¥, what to say."""
    return work_list.today_out(reader=reader_for(request, slug))


@router.get("/w/{slug}/notices", response=NoticesOut)
def notice_list(request: HttpRequest, slug: str, limit: int = 30) -> NoticesOut:
    """In-app notifications."""
    reader, _ = member_for(request, slug)
    return notices.notices_out(reader=reader, limit=limit)


@router.post("/w/{slug}/notices/read", response=OkOut)
def notice_read(request: HttpRequest, slug: str, up_to: int | None = None) -> OkOut:
    """Marks notices read."""
    reader, _ = member_for(request, slug)
    act.notices_read(actor=reader.actor, up_to=up_to)
    return OkOut()


@router.get("/w/{slug}/views", response=list[SavedViewOut])
def saved_view_list(request: HttpRequest, slug: str, page: str = "") -> list[SavedViewOut]:
    """Own and shared views."""
    reader, member_id = member_for(request, slug)
    return notices.views_out(reader=reader, member_id=member_id, page=page)


@router.post("/w/{slug}/views", response=SavedViewOut)
def saved_view_create(request: HttpRequest, slug: str, data: SavedViewIn) -> SavedViewOut:
    """Saves filters under a name."""
    reader, member_id = member_for(request, slug)
    view = view_create(actor=reader.actor, page=data.page, name=data.name, query=data.query, shared=data.shared)
    return notices.view_out(view, member_id)


@router.delete("/w/{slug}/views/{view_id}", response=OkOut)
def saved_view_delete(request: HttpRequest, slug: str, view_id: int) -> OkOut:
    """Deletes an own view."""
    reader, _ = member_for(request, slug)
    view_delete(actor=reader.actor, view_id=view_id)
    return OkOut()
