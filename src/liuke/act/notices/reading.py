"""A person's notices: only their own, whatever their role."""

from __future__ import annotations

from django.db.models import QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.act.store.models import Notice
from liuke.alert.service import now_of


def notices_mine(actor: Actor) -> QuerySet[Notice]:
    """The actor's notices, newest first; an API key has none."""
    return Notice.objects.filter(workspace_id=actor.workspace_id, recipient_id=actor.membership_id or 0).order_by("-id")


def notices_unread(actor: Actor) -> int:
    """How many are unread."""
    return notices_mine(actor).filter(read_at__isnull=True).count()


def notices_read(*, actor: Actor, up_to: int | None = None) -> int:
    """Mark notices up to an id (or all) as read; returns how many were unread."""
    notices = notices_mine(actor).filter(read_at__isnull=True)
    if up_to is not None:
        notices = notices.filter(pk__lte=up_to)
    return notices.order_by().update(read_at=now_of(actor))
