"""What colleagues say on a work item; whoever is named with @ is told."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record
from liuke.act.channels.inapp import NoticeDraft, notices_write
from liuke.act.plans.keys import request_key
from liuke.act.plans.who import who_sees
from liuke.act.store.models import Comment, WorkItem
from liuke.act.tasks.reading import work_item_get, work_items_visible
from liuke.alert.service import now_of
from liuke.base.errors import Conflict, Invalid, NotFound

LONGEST, MOST_MENTIONS = 2000, 20


def comments_of(item_id: int) -> QuerySet[Comment]:
    """The comments of an item that the caller may see, oldest first."""
    return Comment.objects.filter(work_item_id=item_id, removed_at__isnull=True).order_by("at", "pk")


def comment_add(*, actor: Actor, item_id: int, text: str, mentions: Collection[int] = (), key: str) -> Comment:
    """Say something on a visible item; the same `key` again answers with the first. Needs `handle`.

    Raises Invalid (comment_text, comment_mention) for a blank text, or for a person who cannot see the item.
    """
    actor.require(Permission.HANDLE)
    item = work_item_get(actor=actor, item_id=item_id)
    full_key = request_key(actor, key)
    earlier = Comment.objects.filter(request_key=full_key).first()
    if earlier is not None:
        if earlier.work_item_id != item.pk:
            raise Conflict("request_key_taken")
        return earlier
    said = text.strip()
    if not 0 < len(said) <= LONGEST:
        raise Invalid("comment_text", longest=LONGEST)
    named = sorted(set(mentions))
    unseen = set(named) - {member.pk for member in who_sees(item)}
    if unseen or len(named) > MOST_MENTIONS:
        raise Invalid("comment_mention", member=min(unseen, default=0), most=MOST_MENTIONS)
    now = now_of(actor)
    with transaction.atomic():
        comment = Comment.objects.create(work_item=item, by_id=actor.membership_id, at=now, text=said, mentions=named, request_key=full_key)
        params = {"by": actor.name, "customer": item.customer.name}
        told = [
            NoticeDraft(member, "notices.mention", f"mention:{comment.pk}:{member}", params, f"/tasks/{item.pk}")
            for member in named
            if member != actor.membership_id
        ]
        notices_write(told, workspace_id=actor.workspace_id, at=now)
        audit_record(actor=actor, action="comment_add", object_type="work_item", object_id=item.pk, detail={"comment": comment.pk})
    return comment


def comment_remove(*, actor: Actor, comment_id: int, removed: bool = True) -> WorkItem:
    """Take an own comment back, or put it there again. Raises NotFound also for somebody else's."""
    actor.require(Permission.HANDLE)
    visible = work_items_visible(actor).values("id")
    rows = Comment.objects.filter(pk=comment_id, work_item_id__in=visible, by_id=actor.membership_id or 0)
    comment = rows.select_related("work_item").first()
    if comment is None:
        raise NotFound("comment_not_found", comment=comment_id)
    with transaction.atomic():
        rows.update(removed_at=now_of(actor) if removed else None)
        action = "comment_remove" if removed else "comment_restore"
        audit_record(actor=actor, action=action, object_type="work_item", object_id=comment.work_item_id, detail={"comment": comment.pk})
    return comment.work_item
