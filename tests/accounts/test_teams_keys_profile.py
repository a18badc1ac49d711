"""Teams, keys, the own profile, the audit trail, rate limits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.accounts.domain.actor import system
from liuke.accounts.domain.bucket import Bucket, Rate, spend
from liuke.accounts.domain.roles import Permission, Role
from liuke.accounts.service import (
    EXPORTED,
    SEEN,
    api_key_create,
    api_key_list,
    api_key_revoke,
    audit_list,
    audit_personal,
    audit_record,
    ingest_allow,
    password_change,
    profile_update,
    team_create,
    team_delete,
    team_list,
    team_rename,
)
from liuke.accounts.store.models import AuditEntry, Membership
from liuke.base.errors import Conflict, Forbidden, Invalid, NotFound, TooMany
from tests.factories import PASSWORD, make_actor, make_member, make_team, make_user, make_workspace

pytestmark = pytest.mark.django_db


def test_a_team_is_made_renamed_and_deleted_and_its_people_stay() -> None:
    workspace = make_workspace()
    actor = make_actor(workspace)
    team = team_create(actor=actor, name=" 华东 ")
    member = make_member(workspace, Role.MANAGER, team=team)
    assert team_rename(actor=actor, team_id=team.pk, name="华南").name == "华南"
    assert [list(row.membership_set.all()) for row in team_list(actor=actor)] == [[member]]
    team_delete(actor=actor, team_id=team.pk)
    assert Membership.objects.get(pk=member.pk).team is None
    assert [entry.action for entry in AuditEntry.objects.order_by("pk")] == ["team_created", "team_renamed", "team_deleted"]


def test_two_teams_never_share_a_name() -> None:
    workspace = make_workspace()
    actor, team = make_actor(workspace), make_team(workspace, name="华东")
    with pytest.raises(Conflict, match="team_name_taken"):
        team_create(actor=actor, name="华东")
    with pytest.raises(Conflict, match="team_name_taken"):
        team_rename(actor=actor, team_id=make_team(workspace).pk, name=team.name)
    assert team_create(actor=make_actor(make_workspace()), name="华东")


def test_teams_of_other_workspaces_do_not_exist() -> None:
    stranger, team = make_actor(make_workspace()), make_team(make_workspace())
    with pytest.raises(NotFound):
        team_rename(actor=stranger, team_id=team.pk, name="x")
    with pytest.raises(NotFound):
        team_delete(actor=stranger, team_id=team.pk)
    assert team_list(actor=stranger) == []


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_teams_and_keys_need_the_permission(role: Role) -> None:
    workspace = make_workspace()
    actor, team = make_actor(workspace, role), make_team(workspace)
    with pytest.raises(Forbidden):
        team_create(actor=actor, name="x")
    with pytest.raises(Forbidden):
        team_rename(actor=actor, team_id=team.pk, name="x")
    with pytest.raises(Forbidden):
        team_delete(actor=actor, team_id=team.pk)
    with pytest.raises(Forbidden):
        api_key_create(actor=actor, name="x", scopes=[Permission.IMPORT])
    with pytest.raises(Forbidden):
        api_key_list(actor=actor)
    with pytest.raises(Forbidden):
        api_key_revoke(actor=actor, key_id=1)


@pytest.mark.parametrize("scopes", [[], ["root"], [Permission.PEOPLE], [Permission.IMPORT, "x"]])
def test_a_key_has_known_scopes_and_never_makes_people(scopes: list[str]) -> None:
    with pytest.raises(Invalid, match="scopes_invalid"):
        api_key_create(actor=make_actor(make_workspace()), name="ERP", scopes=scopes)


def test_keys_are_listed_without_secrets_and_revoked_once() -> None:
    workspace = make_workspace()
    actor = make_actor(workspace)
    made = api_key_create(actor=actor, name="ERP", scopes=[Permission.IMPORT, Permission.IMPORT])
    assert made.key.scopes == ["import"]
    first = api_key_revoke(actor=actor, key_id=made.key.pk).revoked_at
    assert first is not None
    assert api_key_revoke(actor=actor, key_id=made.key.pk).revoked_at == first
    assert AuditEntry.objects.filter(action="api_key_revoked").count() == 1
    assert api_key_list(actor=make_actor(make_workspace())) == []
    with pytest.raises(NotFound):
        api_key_revoke(actor=make_actor(make_workspace()), key_id=made.key.pk)


def test_people_change_their_own_profile() -> None:
    user = make_user()
    profile_update(user=user, name="王芳", phone=" 138 ", language="en")
    user.refresh_from_db()
    assert (user.name, user.phone, user.language) == ("王芳", "138", "en")
    for wrong in ({"name": ""}, {"phone": "1" * 33}, {"language": "xx"}):
        with pytest.raises(Invalid):
            profile_update(user=user, **wrong)


def test_a_new_password_needs_the_old_one_and_ends_other_sessions() -> None:
    user = make_user()
    before = user.get_session_auth_hash()
    with pytest.raises(Invalid, match="password_wrong"):
        password_change(user=user, current="guess", new="eine-gute-phrase")
    with pytest.raises(Invalid, match="password_weak"):
        password_change(user=user, current=PASSWORD, new="short")
    password_change(user=user, current=PASSWORD, new="eine-gute-phrase")
    assert user.get_session_auth_hash() != before


def test_the_trail_is_read_newest_first_in_pages() -> None:
    workspace = make_workspace()
    actor = make_actor(workspace)
    for number in range(55):
        audit_record(actor=actor, action="a" if number % 2 else "b", object_type="t", object_id=number)
    first = audit_list(actor=actor)
    assert [entry.object_id for entry in first.entries[:2]] == ["54", "53"]
    second = audit_list(actor=actor, before=first.next_before)
    assert (len(first.entries), len(second.entries), second.next_before) == (50, 5, None)
    assert {entry.action for entry in audit_list(actor=actor, action="a").entries} == {"a"}
    assert [entry.object_id for entry in audit_list(actor=actor, object_type="t", object_id="7").entries] == ["7"]
    assert audit_list(actor=make_actor(make_workspace())).entries == []


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_the_trail_is_not_for_everybody(role: Role) -> None:
    with pytest.raises(Forbidden):
        audit_list(actor=make_actor(make_workspace(), role))


def test_seeing_and_exporting_personal_data_is_recorded_for_those_who_see_it_unmasked() -> None:
    workspace = make_workspace()
    audit_personal(actor=make_actor(workspace, Role.ANALYST), action=SEEN, object_type="customer", object_ids=[1])
    assert not AuditEntry.objects.exists()
    manager = make_actor(workspace, Role.MANAGER)
    audit_personal(actor=manager, action=SEEN, object_type="customer", object_ids=[7])
    audit_personal(actor=manager, action=EXPORTED, object_type="customer", object_ids=range(500))
    seen, exported = AuditEntry.objects.order_by("pk")
    assert (seen.action, seen.object_id, seen.actor) == ("seen", "7", manager.label)
    assert (exported.detail["count"], len(exported.detail["ids"])) == (500, 200)


def test_the_product_itself_signs_as_system() -> None:
    audit_record(actor=system(make_workspace().pk), action="nightly")
    assert AuditEntry.objects.get().actor == "system"


def test_ingest_is_limited_per_key_and_says_when_to_come_back() -> None:
    actor, other = make_actor(make_workspace()), make_actor(make_workspace())
    rate = Rate(per_second=1, burst=3)
    for _ in range(3):
        ingest_allow(actor=actor, rate=rate, now=100.0)
    with pytest.raises(TooMany) as refusal:
        ingest_allow(actor=actor, rate=rate, now=100.0)
    assert refusal.value.params["seconds"] == 1
    ingest_allow(actor=other, rate=rate, now=100.0)
    ingest_allow(actor=actor, rate=rate, now=101.0)


@given(st.lists(st.floats(0, 5), max_size=60), st.floats(0.1, 20), st.floats(1, 30))
def test_no_window_ever_passes_more_than_burst_plus_rate(gaps: list[float], per_second: float, burst: float) -> None:
    rate, bucket, now, passed = Rate(per_second, burst), Bucket(burst, 0.0), 0.0, 0
    for gap in gaps:
        now += gap
        bucket, wait = spend(bucket, rate, now)
        passed += wait == 0.0
    assert passed <= burst + per_second * now + 1e-6
