"""我的任务, 今日, notices, saved views."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

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
from liuke.show.api.schemas.common import OkOut, Page

router = Router(tags=["work"])


@router.get("/w/{slug}/work-items", response=Page[WorkItemOut])
def work_item_list(
    request: HttpRequest,
    slug: str,
    scope: str = "mine",
    due: str = "",
    status: str = "open",
    owner: str = "",
    customer_id: int | None = None,
    cursor: str = "",
    limit: int = 50,
) -> Page[WorkItemOut]:
    """A page of work items by due date. due: today, week, overdue; status: open, done."""
    raise NotImplementedError


@router.get("/w/{slug}/work-items/counts", response=WorkCounts)
def work_item_counts(request: HttpRequest, slug: str, scope: str = "mine") -> WorkCounts:
    """Numbers on the chips."""
    raise NotImplementedError


@router.post("/w/{slug}/work-items", response=WorkItemOut)
def work_item_create(request: HttpRequest, slug: str, data: WorkItemIn) -> WorkItemOut:
    """A manual work item."""
    raise NotImplementedError


@router.get("/w/{slug}/work-items/{item_id}", response=WorkItemOut)
def work_item_get(request: HttpRequest, slug: str, item_id: int) -> WorkItemOut:
    """One work item with its follow-ups."""
    raise NotImplementedError


@router.patch("/w/{slug}/work-items/{item_id}", response=WorkItemOut)
def work_item_update(request: HttpRequest, slug: str, item_id: int, data: WorkItemPatch) -> WorkItemOut:
    """Due date, owner, note; done and undone."""
    raise NotImplementedError


@router.post("/w/{slug}/work-items/{item_id}/follow-ups", response=WorkItemOut)
def follow_up_record(request: HttpRequest, slug: str, item_id: int, data: FollowUpIn) -> WorkItemOut:
    """跟进: 接通/未接/改约, a note, the next date. Idempotent by request_key."""
    raise NotImplementedError


@router.get("/w/{slug}/today", response=TodayOut)
def today_get(request: HttpRequest, slug: str) -> TodayOut:
    """The phone's home: at most five customers: why, ¥, what to say."""
    raise NotImplementedError


@router.get("/w/{slug}/notices", response=NoticesOut)
def notice_list(request: HttpRequest, slug: str, limit: int = 30) -> NoticesOut:
    """In-app notifications."""
    raise NotImplementedError


@router.post("/w/{slug}/notices/read", response=OkOut)
def notice_read(request: HttpRequest, slug: str, up_to: int | None = None) -> OkOut:
    """Marks notices read."""
    raise NotImplementedError


@router.get("/w/{slug}/views", response=list[SavedViewOut])
def saved_view_list(request: HttpRequest, slug: str, page: str = "") -> list[SavedViewOut]:
    """Own and shared views."""
    raise NotImplementedError


@router.post("/w/{slug}/views", response=SavedViewOut)
def saved_view_create(request: HttpRequest, slug: str, data: SavedViewIn) -> SavedViewOut:
    """Saves filters under a name."""
    raise NotImplementedError


@router.delete("/w/{slug}/views/{view_id}", response=OkOut)
def saved_view_delete(request: HttpRequest, slug: str, view_id: int) -> OkOut:
    """Deletes an own view."""
    raise NotImplementedError
