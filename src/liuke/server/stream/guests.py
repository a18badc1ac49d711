"""Who listens, and whether they still may. Blocking; runs in threads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, get_user
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from liuke.accounts.domain.actor import Actor
from liuke.accounts.store.auth import visit_for
from liuke.accounts.store.models import Membership
from liuke.base.errors import NotFound
from liuke.base.times import utc_now


@dataclass(frozen=True, slots=True)
class Guest:
    """A listening browser: a member by the log-in of one session."""

    actor: Actor
    membership_id: int
    session_key: str
    currency: str


def guest_of(cookie: str, slug: str) -> Guest | None:
    """The member behind a cookie header, or None for strangers."""
    try:
        morsel = SimpleCookie(cookie).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return None
    if morsel is None:
        return None
    request = HttpRequest()
    request.session = SessionStore(morsel.value)
    request.user = get_user(request)
    try:
        visit = visit_for(request, slug)
    except NotFound:
        return None
    member = visit.actor.membership_id
    return None if member is None else Guest(visit.actor, member, morsel.value, visit.workspace.currency)


def still_welcome(guests: Iterable[Guest]) -> set[Guest]:
    """Those whose log-in, account and membership still stand: three queries for all of them."""
    everybody = list(guests)
    sessions = Session.objects.filter(session_key__in={guest.session_key for guest in everybody}, expire_date__gt=utc_now())
    hashes = {row.session_key: row.get_decoded().get(HASH_SESSION_KEY, "") for row in sessions}
    members = Membership.objects.select_related("user").filter(pk__in={guest.membership_id for guest in everybody})
    standing = {row.pk: row.user.get_session_auth_hash() for row in members if row.is_active and row.user.is_active}
    return {guest for guest in everybody if _matches(hashes.get(guest.session_key), standing.get(guest.membership_id))}


def _matches(held: str | None, wanted: str | None) -> bool:
    return bool(held and wanted) and constant_time_compare(held or "", wanted or "")
