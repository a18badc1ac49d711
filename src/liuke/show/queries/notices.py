"""In-app notifications and saved views."""

from __future__ import annotations

from django.db.models import Q

from liuke.act.service import notices_mine, notices_unread
from liuke.show.api.schemas.alerts import NoticeOut, NoticesOut, SavedViewOut
from liuke.show.queries.paging import limit_of
from liuke.show.queries.reader import Reader, word
from liuke.show.store.models import SavedView


def notices_out(*, reader: Reader, limit: int) -> NoticesOut:
    """The reader's own notices, newest first."""
    items = [
        NoticeOut(id=row.pk, text=reader.text(row.key, row.params), link=row.link, created_at=row.created_at, read_at=row.read_at)
        for row in notices_mine(reader.actor)[: limit_of(limit)]
    ]
    return NoticesOut(items=items, unread=notices_unread(reader.actor))


def views_out(*, reader: Reader, member_id: int, page: str) -> list[SavedViewOut]:
    """Own and shared views, of one page or of all, by name."""
    views = SavedView.objects.filter(Q(member_id=member_id) | Q(shared=True), workspace=reader.workspace)
    if page:
        views = views.filter(page=page)
    return [view_out(view, member_id) for view in views.order_by("name", "pk")]


def view_out(view: SavedView, member_id: int) -> SavedViewOut:
    """A saved view; `mine` where the reader made it."""
    return SavedViewOut(
        id=view.pk, page=word(view.page), name=view.name, query=view.query, shared=view.shared, mine=view.member_id == member_id
    )
