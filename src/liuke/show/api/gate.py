"""From a request to a reader: who asks, in which workspace, at which moment of its clock."""

from __future__ import annotations

from django.http import HttpRequest

from liuke.accounts.service import workspace_now
from liuke.accounts.store.auth import visit_for
from liuke.accounts.store.models import User
from liuke.base.errors import Forbidden
from liuke.show.api.errors import reader_language
from liuke.show.queries.reader import Reader


def reader_for(request: HttpRequest, slug: str) -> Reader:
    """The reader of a request. Raises NotFound("workspace_not_found") for a stranger as for no such workspace."""
    visit = visit_for(request, slug)
    language = reader_language(request) if visit.actor.is_key else visit.actor.language
    return Reader(visit.actor, visit.workspace, workspace_now(visit.workspace), language)


def member_for(request: HttpRequest, slug: str) -> tuple[Reader, int]:
    """A reader who is a person, with the membership's id. Raises Forbidden("people_only") for a key."""
    reader = reader_for(request, slug)
    if reader.actor.membership_id is None:
        raise Forbidden("people_only")
    return reader, reader.actor.membership_id


def user_of(request: HttpRequest) -> User:
    """The person who is logged in. Raises Forbidden("people_only") for a key."""
    if not request.user.is_authenticated:
        raise Forbidden("people_only")
    return request.user
