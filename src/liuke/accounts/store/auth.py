"""How a request becomes an actor. Browsers: session cookie and CSRF token. Machines: `Authorization: Bearer lk_…`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import login, update_session_auth_hash
from django.db.models import Q
from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer

from liuke.accounts.domain.actor import Actor, machine, person
from liuke.accounts.domain.roles import Permission, Role
from liuke.accounts.domain.tokens import digest, looks_like_key
from liuke.accounts.store.away import stands_in_for
from liuke.accounts.store.models import ApiKey, Membership, User, Workspace
from liuke.base.errors import NotFound
from liuke.base.times import local_day, utc_now
from liuke.base.tracing import in_workspace

USED_EVERY = timedelta(minutes=1)
"""`last_used_at` is written at most this often: a key in a loop costs no writes."""


class KeyAuth(HttpBearer):
    """`Authorization: Bearer lk_…`; no cookie, no CSRF. Gives the ApiKey row."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiKey | None:  # noqa: ARG002 - ninja's signature
        """The key of that secret, unless revoked."""
        if not looks_like_key(token):
            return None
        key = _key_of(digest(token))
        if key is not None:
            _mark_used(key)
        return key


class SessionAuth(APIKeyCookie):
    """The log-in of a browser; ninja checks the CSRF token of everything that changes data. Gives the User row."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> User | None:  # noqa: ARG002 - ninja's signature
        """Who is logged in."""
        user = request.user
        return user if isinstance(user, User) and user.is_active else None


ANYBODY_KNOWN = [KeyAuth(), SessionAuth()]
"""For `NinjaAPI(auth=…)`: a key or a log-in."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Who asks, in which workspace."""

    actor: Actor
    workspace: Workspace


def visit_for(request: HttpRequest, slug: str) -> Visit:
    """The asker in the workspace of that slug. Raises NotFound("workspace_not_found") for strangers as for no such workspace."""
    known = getattr(request, "auth", None) or request.user
    visit = _visit_of_key(known, slug, client_ip(request)) if isinstance(known, ApiKey) else None
    if isinstance(known, User):
        visit = _visit_of_person(known, slug, client_ip(request))
    if visit is None:
        raise NotFound("workspace_not_found", slug=slug)
    in_workspace(visit.workspace.pk)
    return visit


def sender_for(request: HttpRequest) -> Visit:
    """Who sends rows: a key's workspace is its own; a person names one by `?workspace=`. Raises NotFound as `visit_for` does."""
    known = getattr(request, "auth", None)
    named = request.GET.get("workspace", "")
    return visit_for(request, known.workspace.slug if isinstance(known, ApiKey) and not named else named)


def actor_for(request: HttpRequest, workspace_slug: str) -> Actor:
    """`visit_for` where the workspace itself is not needed."""
    return visit_for(request, workspace_slug).actor


def visits_of(user: User) -> list[Visit]:
    """All workspaces of a person, by name."""
    members = Membership.objects.select_related("workspace").filter(user=user, is_active=True).order_by("workspace__name", "pk")
    return [Visit(_actor(member, user, ""), member.workspace) for member in members]


def actor_of_member(member: Membership) -> Actor:
    """The actor of an active member who acts from a messenger. `member.user` and `member.workspace` are read."""
    return _actor(member, member.user, "")


def client_ip(request: HttpRequest) -> str:
    """The peer's address as the server saw it; forwarded headers are not believed."""
    return str(request.META.get("REMOTE_ADDR", ""))


def log_in(request: HttpRequest, user: User) -> None:
    """Start a session after set-up or an accepted invitation, where the person has just chosen the password."""
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])


def keep_session(request: HttpRequest, user: User) -> None:
    """After a change of the own password: this session goes on, all others of the person end."""
    update_session_auth_hash(request, user)


def _visit_of_key(key: ApiKey, slug: str, ip: str) -> Visit | None:
    if key.workspace.slug != slug:
        return None
    permissions = frozenset(Permission(name) for name in key.scopes if name in set(Permission))
    return Visit(machine(workspace_id=key.workspace_id, key_id=key.pk, permissions=permissions, name=key.name, ip=ip), key.workspace)


def _visit_of_person(user: User, slug: str, ip: str) -> Visit | None:
    members = Membership.objects.select_related("workspace")
    member = members.filter(user=user, user__is_active=True, workspace__slug=slug, is_active=True).first()
    return None if member is None else Visit(_actor(member, user, ip), member.workspace)


def _actor(member: Membership, user: User, ip: str) -> Actor:
    return person(
        workspace_id=member.workspace_id,
        membership_id=member.pk,
        user_id=user.pk,
        role=Role(member.role),
        team_id=member.team_id,
        language=user.language,
        name=user.name,
        ip=ip,
        stands_in=_stands_in(member),
    )


def _stands_in(member: Membership) -> frozenset[int]:
    """Whom the member stands in for by the workspace's day; one query where nobody asked them to."""
    workspace = member.workspace
    now = workspace.simulated_as_of or utc_now()
    if not member.stands_in.exists():
        return frozenset()
    return stands_in_for(workspace.pk, member.pk, local_day(now, workspace.time_zone))


def _key_of(digested: str) -> ApiKey | None:
    """The living key of a digest with its workspace. As SQL: Django takes three times as long to put the same question into words."""
    key = next(iter(ApiKey.objects.raw("SELECT * FROM accounts_apikey WHERE digest = %s AND revoked_at IS NULL", [digested])), None)
    if key is not None:
        key.workspace = next(iter(Workspace.objects.raw("SELECT * FROM accounts_workspace WHERE id = %s", [key.workspace_id])))
    return key


def _mark_used(key: ApiKey) -> None:
    now = utc_now()
    if key.last_used_at is None or now - key.last_used_at >= USED_EVERY:
        stale = Q(last_used_at=None) | Q(last_used_at__lte=now - USED_EVERY)
        ApiKey.objects.filter(stale, pk=key.pk).update(last_used_at=now)
