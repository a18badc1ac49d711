"""How a request becomes an actor, and what strangers get."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory
from ninja.errors import HttpError

from liuke.accounts.domain.roles import PERMISSIONS, SCOPE, Permission, Role, Scope
from liuke.accounts.domain.tokens import digest
from liuke.accounts.service import api_key_create, api_key_revoke
from liuke.accounts.store.auth import KeyAuth, SessionAuth, actor_for, visit_for, visits_of
from liuke.accounts.store.models import ApiKey, Membership, User, Workspace
from liuke.base.errors import Forbidden, NotFound
from tests.factories import make_actor, make_member, make_user, make_workspace

pytestmark = pytest.mark.django_db


def request_by(user: User | AnonymousUser, **headers: str) -> HttpRequest:
    request = RequestFactory().get("/api/v1/x", headers=headers)
    request.user = user
    return request


def key_for(workspace: Workspace, *scopes: Permission) -> tuple[ApiKey, str]:
    made = api_key_create(actor=make_actor(workspace), name="ERP", scopes=scopes or [Permission.IMPORT])
    return made.key, made.secret


@pytest.mark.parametrize("role", Role)
def test_a_member_gets_what_the_role_gives(role: Role) -> None:
    workspace = make_workspace()
    member = make_member(workspace, role)
    actor = actor_for(request_by(member.user), workspace.slug)
    assert (actor.workspace_id, actor.membership_id, actor.user_id) == (workspace.pk, member.pk, member.user_id)
    assert (actor.role, actor.scope, actor.permissions) == (role, SCOPE[role], PERMISSIONS[role])
    assert actor.label == f"user:{member.user_id}"
    for permission in set(Permission) - PERMISSIONS[role]:
        with pytest.raises(Forbidden, match=permission.value):
            actor.require(permission)


def test_a_stranger_cannot_tell_a_workspace_from_none() -> None:
    workspace = make_workspace()
    elsewhere = make_member(make_workspace()).user
    for slug in (workspace.slug, "no-such-space"):
        with pytest.raises(NotFound, match="workspace_not_found"):
            actor_for(request_by(elsewhere), slug)
        with pytest.raises(NotFound, match="workspace_not_found"):
            actor_for(request_by(AnonymousUser()), slug)


def test_a_deactivated_member_is_a_stranger() -> None:
    member = make_member(make_workspace())
    Membership.objects.update(is_active=False)
    with pytest.raises(NotFound):
        actor_for(request_by(member.user), member.workspace.slug)


def test_a_deactivated_account_is_a_stranger_everywhere() -> None:
    member = make_member(make_workspace())
    User.objects.update(is_active=False)
    member.user.refresh_from_db()
    assert SessionAuth(csrf=False)(request_by(member.user)) is None
    with pytest.raises(NotFound):
        actor_for(request_by(member.user), member.workspace.slug)


def test_a_person_may_play_different_roles_in_different_workspaces() -> None:
    user, first, second = make_user(), make_workspace(name="A"), make_workspace(name="B")
    Membership.objects.create(workspace=first, user=user, role=Role.ADMIN)
    Membership.objects.create(workspace=second, user=user, role=Role.MANAGER)
    assert [(visit.workspace, visit.actor.role) for visit in visits_of(user)] == [(first, Role.ADMIN), (second, Role.MANAGER)]
    assert actor_for(request_by(user), second.slug).scope == Scope.OWN


def test_a_key_opens_its_own_workspace_only_with_its_own_scopes() -> None:
    workspace, other = make_workspace(), make_workspace()
    key, secret = key_for(workspace, Permission.EXPORT)
    request = request_by(AnonymousUser(), Authorization=f"Bearer {secret}")
    request.auth = KeyAuth()(request)  # type: ignore[attr-defined]
    actor = visit_for(request, workspace.slug).actor
    assert (actor.permissions, actor.scope, actor.is_key, actor.role) == (frozenset({Permission.EXPORT}), Scope.ALL, True, None)
    assert actor.label == f"key:{key.pk}"
    with pytest.raises(NotFound):
        actor_for(request, other.slug)


def test_a_key_that_may_not_export_sees_no_customers() -> None:
    workspace = make_workspace()
    _, secret = key_for(workspace, Permission.IMPORT)
    request = request_by(AnonymousUser(), Authorization=f"Bearer {secret}")
    request.auth = KeyAuth()(request)  # type: ignore[attr-defined]
    assert actor_for(request, workspace.slug).scope == Scope.NONE


def test_the_database_holds_no_key() -> None:
    key, secret = key_for(make_workspace())
    assert (key.digest, key.prefix) == (digest(secret), secret[:10])
    assert secret not in str(ApiKey.objects.values().get())


def test_a_revoked_key_opens_nothing() -> None:
    workspace = make_workspace()
    key, secret = key_for(workspace)
    api_key_revoke(actor=make_actor(workspace), key_id=key.pk)
    assert KeyAuth()(request_by(AnonymousUser(), Authorization=f"Bearer {secret}")) is None


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer lk_short", "Basic abc", "Bearer lk_" + "a" * 43])
def test_anything_else_is_no_key(header: str) -> None:
    assert KeyAuth()(request_by(AnonymousUser(), Authorization=header)) is None


def test_use_of_a_key_is_written_at_most_once_a_minute() -> None:
    key, secret = key_for(make_workspace())
    request = request_by(AnonymousUser(), Authorization=f"Bearer {secret}")
    KeyAuth()(request)
    key.refresh_from_db()
    first = key.last_used_at
    assert first is not None
    KeyAuth()(request)
    key.refresh_from_db()
    assert key.last_used_at == first
    ApiKey.objects.update(last_used_at=first - timedelta(seconds=61))
    KeyAuth()(request)
    key.refresh_from_db()
    assert key.last_used_at is not None
    assert key.last_used_at >= first


def test_a_change_by_cookie_needs_the_csrf_token() -> None:
    request = RequestFactory(enforce_csrf_checks=True).post("/api/v1/x")
    request.user = make_user()
    request._dont_enforce_csrf_checks = False  # type: ignore[attr-defined]
    with pytest.raises(HttpError, match="CSRF"):
        SessionAuth()(request)
