"""Saved views: a name for a set of filters."""

from __future__ import annotations

from django.db import transaction

from liuke.accounts.domain.actor import Actor
from liuke.base.errors import Forbidden, Invalid, NotFound, TooLarge
from liuke.show.store.models import SavedView

MOST = 50
"""Views per person."""
NAME, QUERY = 40, 400


def view_create(*, actor: Actor, page: str, name: str, query: str, shared: bool) -> SavedView:
    """Save filters (the URL's query text) under a name; the same name on the same page is replaced."""
    if actor.membership_id is None:
        raise Forbidden("people_only")
    if not name.strip() or len(name.strip()) > NAME:
        raise Invalid("name_invalid", limit=NAME)
    if len(query) > QUERY:
        raise Invalid("view_too_long", limit=QUERY)
    own = SavedView.objects.filter(workspace_id=actor.workspace_id, member_id=actor.membership_id)
    with transaction.atomic():
        own.filter(page=page, name=name.strip()).delete()
        if own.count() >= MOST:
            raise TooLarge("too_many_views", limit=MOST)
        return SavedView.objects.create(
            workspace_id=actor.workspace_id, member_id=actor.membership_id, page=page, name=name.strip(), query=query, shared=shared
        )


def view_delete(*, actor: Actor, view_id: int) -> None:
    """Delete an own view. Raises NotFound, also for somebody else's."""
    own = SavedView.objects.filter(workspace_id=actor.workspace_id, member_id=actor.membership_id or 0, pk=view_id)
    if not own.delete()[0]:
        raise NotFound("view_not_found", view=view_id)
