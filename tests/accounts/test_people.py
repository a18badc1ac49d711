"""People come by invitation, change, leave; somebody always administers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Role
from liuke.accounts.domain.tokens import digest
from liuke.accounts.service import (
    invitation_accept,
    invitation_read,
    owners_list,
    people_list,
    person_get,
    person_invite,
    person_reinvite,
    person_update,
)
from liuke.accounts.store.models import AuditEntry, Invitation, Membership, User
from liuke.base.errors import Conflict, Forbidden, Invalid, NotFound
from tests.factories import PASSWORD, actor_of, make_actor, make_member, make_team, make_user, make_workspace

pytestmark = pytest.mark.django_db
GOOD = "eine-gute-phrase"


def invite(actor: Actor, email: str = "wang@example.test", role: Role = Role.MANAGER) -> str:
    return person_invite(actor=actor, name="王芳", email=email, role=role).token


def test_an_invited_person_chooses_a_password_and_is_in() -> None:
    actor = make_actor(make_workspace())
    token = invite(actor)
    assert invitation_read(token=token).membership.user.email == "wang@example.test"
    user = invitation_accept(token=token, password=GOOD)
    assert user.check_password(GOOD)
    assert [entry.action for entry in AuditEntry.objects.order_by("pk")] == ["person_invited", "invitation_accepted"]


def test_the_link_works_once() -> None:
    token = invite(make_actor(make_workspace()))
    invitation_accept(token=token, password=GOOD)
    with pytest.raises(NotFound, match="invitation_gone"):
        invitation_accept(token=token, password="another-phrase-9")


def test_the_link_ends_after_a_week() -> None:
    token = invite(make_actor(make_workspace()))
    Invitation.objects.update(expires_at=Invitation.objects.get().expires_at - timedelta(days=7, seconds=1))
    with pytest.raises(NotFound, match="invitation_gone"):
        invitation_read(token=token)


def test_the_database_holds_only_the_digest_of_the_link() -> None:
    token = invite(make_actor(make_workspace()))
    assert Invitation.objects.get().token_digest == digest(token)


def test_a_withdrawn_person_cannot_come_in_by_the_link() -> None:
    actor = make_actor(make_workspace())
    token = invite(actor)
    person_update(actor=actor, membership_id=Invitation.objects.get().membership_id, is_active=False)
    with pytest.raises(NotFound):
        invitation_read(token=token)


@pytest.mark.parametrize(("password", "text"), [("short", "10"), ("password123", "常见")])
def test_a_weak_password_is_refused_with_the_reason_and_the_link_stays_good(password: str, text: str) -> None:
    token = invite(make_actor(make_workspace()))
    with pytest.raises(Invalid, match="password_weak") as refusal:
        invitation_accept(token=token, password=password)
    assert text in str(refusal.value.params["faults"])
    assert invitation_read(token=token)


def test_a_person_with_an_account_is_a_member_at_once_and_their_password_is_safe() -> None:
    user = make_user()
    invited = person_invite(actor=make_actor(make_workspace()), name="x", email=user.email.upper(), role=Role.ANALYST)
    assert (invited.token, invited.person.invited) == ("", False)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_a_fresh_link_replaces_the_old_one() -> None:
    actor = make_actor(make_workspace())
    old = invite(actor)
    fresh = person_reinvite(actor=actor, membership_id=Invitation.objects.get().membership_id).token
    with pytest.raises(NotFound):
        invitation_read(token=old)
    assert invitation_accept(token=fresh, password=GOOD)


def test_an_admin_can_make_a_reset_link_for_their_own_people_only() -> None:
    workspace = make_workspace()
    actor, member = make_actor(workspace), make_member(workspace, Role.MANAGER)
    token = person_reinvite(actor=actor, membership_id=member.pk).token
    assert invitation_accept(token=token, password=GOOD).pk == member.user_id
    Membership.objects.create(workspace=make_workspace(), user=member.user, role=Role.ADMIN)
    with pytest.raises(Forbidden, match="reset_elsewhere"):
        person_reinvite(actor=actor, membership_id=member.pk)


def test_an_invitation_elsewhere_gives_nobody_the_account_of_who_has_not_come_yet() -> None:
    """Two workspaces, one address: the second admin's link would set the password of the first's coming admin."""
    here, there = make_actor(make_workspace()), make_actor(make_workspace())
    token = invite(here, role=Role.ADMIN)
    with pytest.raises(Forbidden, match="invited_elsewhere"):
        invite(there)
    invitation_accept(token=token, password=GOOD)
    assert invite(there) == ""


def test_a_pending_person_of_two_workspaces_gets_a_fresh_link_only_from_who_administers_both() -> None:
    admin, there = make_member(make_workspace(), Role.ADMIN), make_workspace()
    here = actor_of(admin)
    invite(here)
    member = Invitation.objects.get().membership
    Membership.objects.create(workspace=there, user=member.user, role=Role.ADMIN)
    with pytest.raises(Forbidden, match="reset_elsewhere"):
        person_reinvite(actor=here, membership_id=member.pk)
    Membership.objects.create(workspace=there, user=admin.user, role=Role.ADMIN)
    assert person_reinvite(actor=here, membership_id=member.pk).token


def test_nobody_is_invited_twice() -> None:
    actor = make_actor(make_workspace())
    invite(actor)
    with pytest.raises(Conflict, match="already_member"):
        invite(actor)


@pytest.mark.parametrize(("name", "email"), [("", "a@example.test"), ("x" * 81, "a@example.test"), ("x", "no address")])
def test_an_invitation_needs_a_name_and_an_address(name: str, email: str) -> None:
    with pytest.raises(Invalid):
        person_invite(actor=make_actor(make_workspace()), name=name, email=email, role=Role.ANALYST)


def test_the_last_admin_stays() -> None:
    workspace = make_workspace()
    admin = make_member(workspace)
    for change in ({"role": Role.ANALYST}, {"is_active": False}):
        with pytest.raises(Conflict, match="last_admin"):
            person_update(actor=actor_of(admin), membership_id=admin.pk, **change)
    second = make_member(workspace)
    person_update(actor=actor_of(admin), membership_id=admin.pk, role=Role.ANALYST)
    with pytest.raises(Conflict, match="last_admin"):
        person_update(actor=actor_of(second), membership_id=second.pk, is_active=False)


class Admins(TestCase):
    """Over any sequence of changes."""

    @settings(max_examples=30, deadline=None)
    @given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from([*Role, True, False])), max_size=12))
    def test_there_is_always_an_active_admin(self, changes: list[tuple[int, Role | bool]]) -> None:
        workspace = make_workspace()
        members = [make_member(workspace, Role.ADMIN if index < 2 else Role.MANAGER) for index in range(4)]
        actor = actor_of(members[0])
        for index, change in changes:
            wish = {"is_active": change} if isinstance(change, bool) else {"role": change}
            try:
                person_update(actor=actor, membership_id=members[index].pk, **wish)
            except Conflict:
                continue
            finally:
                assert Membership.objects.filter(workspace=workspace, role=Role.ADMIN, is_active=True).exists()


def test_role_and_team_change_and_leave_a_trace() -> None:
    workspace = make_workspace()
    actor, member, team = make_actor(workspace), make_member(workspace, Role.MANAGER), make_team(workspace)
    person_update(actor=actor, membership_id=member.pk, role=Role.SUPERVISOR, team_id=team.pk)
    member.refresh_from_db()
    assert (member.role, member.team) == (Role.SUPERVISOR, team)
    entry = AuditEntry.objects.get()
    assert entry.detail["before"] == {"role": "manager", "team": None, "is_active": True}
    assert entry.detail["after"] == {"role": "supervisor", "team": team.pk, "is_active": True}


def test_a_team_of_another_workspace_is_no_team() -> None:
    workspace = make_workspace()
    member = make_member(workspace, Role.MANAGER)
    with pytest.raises(Invalid, match="team_not_found"):
        person_update(actor=make_actor(workspace), membership_id=member.pk, team_id=make_team(make_workspace()).pk)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_admins_manage_people(role: Role) -> None:
    workspace = make_workspace()
    member = make_member(workspace, role)
    actor = actor_of(member)
    with pytest.raises(Forbidden):
        people_list(actor=actor)
    with pytest.raises(Forbidden):
        person_invite(actor=actor, name="x", email="x@example.test", role=Role.ADMIN)
    with pytest.raises(Forbidden):
        person_update(actor=actor, membership_id=member.pk, role=Role.ADMIN)
    with pytest.raises(Forbidden):
        person_reinvite(actor=actor, membership_id=member.pk)


def test_people_of_other_workspaces_do_not_exist() -> None:
    stranger, other = make_actor(make_workspace()), make_member(make_workspace(), Role.MANAGER)
    for call in (person_get, person_update, person_reinvite):
        with pytest.raises(NotFound):
            call(actor=stranger, membership_id=other.pk)
    assert other not in [person.membership for person in people_list(actor=stranger)]


def test_assign_menus_show_whose_work_one_may_see() -> None:
    workspace = make_workspace()
    team = make_team(workspace)
    admin, boss = make_member(workspace), make_member(workspace, Role.SUPERVISOR, team=team)
    own, other = make_member(workspace, Role.MANAGER, team=team), make_member(workspace, Role.MANAGER)
    Membership.objects.filter(pk=other.pk).update(is_active=False)
    assert set(owners_list(actor=actor_of(admin))) == {admin, boss, own}
    assert set(owners_list(actor=actor_of(boss))) == {boss, own}
    assert owners_list(actor=actor_of(own)) == [own]
    assert owners_list(actor=make_actor(make_workspace(), Role.SUPERVISOR)) != []


def test_no_password_is_ever_kept_readable() -> None:
    invitation_accept(token=invite(make_actor(make_workspace())), password=GOOD)
    assert User.objects.get(email="wang@example.test").password.startswith("argon2")
