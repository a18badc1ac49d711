"""跟进: follow-ups with two taps, and the life of a work item: claim, finish, reopen, reassign, by hand."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from django.db import IntegrityError, transaction

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record
from liuke.act.doings.domain import call_doing
from liuke.act.doings.queue import doing_note
from liuke.act.store.models import FollowUp, WorkItem
from liuke.act.tasks.handling import claim
from liuke.act.tasks.items import OPEN, items_reopen
from liuke.act.tasks.reading import work_item_get
from liuke.alert.service import assignee, close_rows, now_of, reopen_rows
from liuke.alert.store.models import Alert
from liuke.base.errors import Conflict, Invalid
from liuke.facts.service import customer_get

KEY_LENGTH = 64


class Contact(StrEnum):
    """接通 / 未接 / 改约, or only a note."""

    REACHED = "reached"
    MISSED = "missed"
    RESCHEDULED = "rescheduled"
    NOTE = "note"


def follow_up_record(
    *,
    actor: Actor,
    item_id: int,
    result: str,
    request_key: str,
    note: str = "",
    next_at: datetime | None = None,
    done: bool = False,
) -> FollowUp:
    """Keep one contact: the item is in hand from now, `next_at` becomes its due date, `done` finishes it and its alert.

    The same `request_key` again answers with the first follow-up and changes nothing. Raises Invalid (follow_up_result,
    follow_up_next, request_key), Conflict where the key belongs to another item or the item is finished.
    """
    actor.require(Permission.HANDLE)
    item = work_item_get(actor=actor, item_id=item_id)
    key = _key(actor, request_key)
    now = now_of(actor)
    _check(result, next_at, now)
    try:
        with transaction.atomic():
            earlier = FollowUp.objects.filter(request_key=key).first()
            if earlier is not None:
                return _same(earlier, item)
            if item.status not in OPEN:
                raise Conflict("work_item_finished", item=item_id, status=item.status)
            claim(item, actor)
            follow_up = FollowUp.objects.create(
                work_item=item, by_id=actor.membership_id, at=now, result=result, note=note, next_at=next_at, request_key=key
            )
            doing = call_doing(follow_up_id=follow_up.pk, customer_key=item.customer.key, at=now, actor=actor.name, result=follow_up.result)
            doing_note(item.workspace_id, doing)
            if next_at is not None:
                WorkItem.objects.filter(pk=item.pk).update(due_at=next_at)
            audit_record(
                actor=actor, action="follow_up", object_type="work_item", object_id=item.pk, detail={"result": result, "done": done}
            )
            if done:
                _finish(actor, item, now)
    except IntegrityError:
        return _same(FollowUp.objects.get(request_key=key), item)
    return follow_up


def work_item_create(
    *, actor: Actor, customer_id: int, title: str, due_at: datetime | None = None, owner_id: int | None = None, note: str = ""
) -> WorkItem:
    """An item made by hand for a visible customer; to give it to somebody else needs `assign`."""
    actor.require(Permission.HANDLE)
    if not title.strip():
        raise Invalid("work_item_title")
    customer = customer_get(actor=actor, customer_id=customer_id)
    owner = actor.membership_id if owner_id is None else owner_id
    if owner is not None and owner != actor.membership_id:
        actor.require(Permission.ASSIGN)
        owner = assignee(actor, owner).pk
    with transaction.atomic():
        item = WorkItem.objects.create(
            workspace_id=actor.workspace_id, customer=customer, kind="manual", title=title.strip()[:160], owner_id=owner, due_at=due_at,
            note=note, created_by_id=actor.membership_id, created_at=now_of(actor),
        )  # fmt: skip
        audit_record(actor=actor, action="work_item_create", object_type="work_item", object_id=item.pk)
    return item


def work_item_update(
    *, actor: Actor, item_id: int, title: str | None = None, due_at: datetime | None = None, note: str | None = None
) -> WorkItem:
    """Change what is given; None stays as it is."""
    actor.require(Permission.HANDLE)
    item = work_item_get(actor=actor, item_id=item_id)
    given = {"title": title[:160] if title is not None else None, "due_at": due_at, "note": note}
    changes = {name: value for name, value in given.items() if value is not None}
    with transaction.atomic():
        WorkItem.objects.filter(pk=item.pk).update(**changes)
        audit_record(actor=actor, action="work_item_update", object_type="work_item", object_id=item.pk, detail={"fields": sorted(changes)})
    return work_item_get(actor=actor, item_id=item_id)


def work_item_assign(*, actor: Actor, item_id: int, owner_id: int) -> WorkItem:
    """Give an item, and the alert it belongs to, to a person. Needs `assign`."""
    actor.require(Permission.ASSIGN)
    item = work_item_get(actor=actor, item_id=item_id)
    owner = assignee(actor, owner_id)
    with transaction.atomic():
        WorkItem.objects.filter(pk=item.pk).update(owner=owner)
        if item.alert_id is not None:
            Alert.objects.filter(pk=item.alert_id).update(owner=owner)
        audit_record(actor=actor, action="work_item_assign", object_type="work_item", object_id=item.pk, detail={"owner": owner.pk})
    return WorkItem.objects.get(pk=item.pk)


def work_item_claim(*, actor: Actor, item_id: int) -> WorkItem:
    """Take an open item in hand; claiming twice is once."""
    actor.require(Permission.HANDLE)
    item = work_item_get(actor=actor, item_id=item_id)
    if item.status not in OPEN:
        raise Conflict("work_item_finished", item=item_id, status=item.status)
    with transaction.atomic():
        claim(item, actor)
        audit_record(actor=actor, action="work_claim", object_type="work_item", object_id=item.pk)
    return work_item_get(actor=actor, item_id=item_id)


def work_item_complete(*, actor: Actor, item_id: int) -> WorkItem:
    """Finish an item and close its alert as handled; finishing twice is once."""
    actor.require(Permission.HANDLE)
    item = work_item_get(actor=actor, item_id=item_id)
    with transaction.atomic():
        if item.status in OPEN:
            _finish(actor, item, now_of(actor))
    return work_item_get(actor=actor, item_id=item_id)


def work_item_cancel(*, actor: Actor, item_id: int) -> WorkItem:
    """Drop an item made by hand or for a renewal. An alert's item goes only with its alert: Raises Conflict."""
    actor.require(Permission.HANDLE)
    item = work_item_get(actor=actor, item_id=item_id)
    if item.alert_id is not None:
        raise Conflict("work_item_of_alert", item=item_id)
    with transaction.atomic():
        WorkItem.objects.filter(pk=item.pk, status__in=OPEN).update(status=WorkItem.Status.CANCELLED, finished_at=now_of(actor))
        audit_record(actor=actor, action="work_item_cancel", object_type="work_item", object_id=item.pk)
    return work_item_get(actor=actor, item_id=item_id)


def work_item_move(*, actor: Actor, item_id: int, status: str, seq: int | None = None) -> WorkItem:
    """To another status, seen from the move `seq`: where somebody (or the same tap, sent twice) has moved it since, nothing happens.

    None = whatever was seen. Raises Invalid("filter_unknown") for a status that there is not.
    """
    moves = {"todo": work_item_reopen, "doing": work_item_claim, "done": work_item_complete, "cancelled": work_item_cancel}
    if status not in moves:
        raise Invalid("filter_unknown", filter="status", got=status, allowed=", ".join(moves))
    with transaction.atomic():
        item = work_item_get(actor=actor, item_id=item_id)
        stands_at = WorkItem.objects.select_for_update().values_list("seq", flat=True).get(pk=item.pk)
        return item if seq is not None and seq != stands_at else moves[status](actor=actor, item_id=item_id)


def work_item_reopen(*, actor: Actor, item_id: int) -> WorkItem:
    """Undo finishing or cancelling, alert included; what is in hand goes back to 待办, with its owner.

    Raises Conflict where the customer has a newer open alert.
    """
    actor.require(Permission.HANDLE)
    item = work_item_get(actor=actor, item_id=item_id)
    if item.status in OPEN:
        return _put_back(actor, item)
    with transaction.atomic():
        if item.alert_id is None:
            status = WorkItem.Status.DOING if FollowUp.objects.filter(work_item=item).exists() else WorkItem.Status.TODO
            WorkItem.objects.filter(pk=item.pk).update(status=status, finished_at=None)
        else:
            closed = Alert.objects.filter(pk=item.alert_id, status=Alert.Status.CLOSED)
            if closed.exists() and not reopen_rows(closed, at=now_of(actor)):
                raise Conflict("alert_superseded", item=item_id)
            items_reopen([item.alert_id])
        audit_record(actor=actor, action="work_item_reopen", object_type="work_item", object_id=item.pk)
    return work_item_get(actor=actor, item_id=item_id)


def _put_back(actor: Actor, item: WorkItem) -> WorkItem:
    with transaction.atomic():
        if WorkItem.objects.filter(pk=item.pk, status=WorkItem.Status.DOING).update(status=WorkItem.Status.TODO):
            audit_record(actor=actor, action="work_item_put_back", object_type="work_item", object_id=item.pk)
    return work_item_get(actor=actor, item_id=item.pk)


def _finish(actor: Actor, item: WorkItem, now: datetime) -> None:
    WorkItem.objects.filter(pk=item.pk, status__in=OPEN).update(status=WorkItem.Status.DONE, finished_at=now)
    if item.alert_id is not None:
        close_rows(Alert.objects.filter(pk=item.alert_id).exclude(status=Alert.Status.CLOSED), reason="handled", at=now)
    audit_record(actor=actor, action="work_item_complete", object_type="work_item", object_id=item.pk)


def _check(result: str, next_at: datetime | None, now: datetime) -> None:
    if result not in set(Contact):
        raise Invalid("follow_up_result", got=result, allowed=", ".join(Contact))
    if result == Contact.RESCHEDULED and next_at is None:
        raise Invalid("follow_up_next", earliest=now.isoformat())
    if next_at is not None and next_at <= now:
        raise Invalid("follow_up_next", earliest=now.isoformat())


def _key(actor: Actor, request_key: str) -> str:
    if not 0 < len(request_key) <= KEY_LENGTH:
        raise Invalid("request_key", longest=KEY_LENGTH)
    return f"{actor.workspace_id}:{request_key}"


def _same(earlier: FollowUp, item: WorkItem) -> FollowUp:
    if earlier.work_item_id != item.pk:
        raise Conflict("request_key_taken")
    return earlier
