"""First run, workspaces from templates (DAT-19), and changing them."""

from __future__ import annotations

import pytest

from liuke.accounts.domain.roles import Role
from liuke.accounts.domain.templates import SAMPLE, TEMPLATES
from liuke.accounts.service import (
    installation_needs_setup,
    installation_setup,
    workspace_create,
    workspace_may_create,
    workspace_update,
)
from liuke.accounts.store.models import AuditEntry, Membership, User, Workspace
from liuke.base.errors import Conflict, Forbidden, Invalid
from liuke.base.words import LANGUAGES, catalogue
from liuke.facts.domain.kinds import Kind
from tests.factories import PASSWORD, make_actor, make_member, make_user, make_workspace

pytestmark = pytest.mark.django_db


def set_up(email: str = "Admin@Example.test") -> User:
    return installation_setup(name="林 管理", email=email, password=PASSWORD)


def test_the_first_person_sets_the_installation_up_and_makes_the_first_workspace() -> None:
    assert installation_needs_setup()
    user = set_up()
    assert (user.email, user.check_password(PASSWORD), installation_needs_setup()) == ("admin@example.test", True, False)
    workspace = workspace_create(by=user, name="Acme", template="saas")
    assert Membership.objects.get(workspace=workspace, user=user).role == Role.ADMIN


def test_set_up_happens_once() -> None:
    set_up()
    with pytest.raises(Conflict, match="already_set_up"):
        set_up("second@example.test")
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "wrong", [{"email": "nobody"}, {"name": " "}, {"password": "short"}, {"language": "fr"}, {"password": "1234567890"}]
)
def test_set_up_says_what_is_wrong_and_makes_nobody(wrong: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        installation_setup(**({"name": "x", "email": "a@example.test", "password": PASSWORD} | wrong))
    assert installation_needs_setup()


@pytest.mark.parametrize("key", [*TEMPLATES, "sample"])
def test_DAT_19_a_template_gives_an_industry_its_own_start(key: str) -> None:
    template = (TEMPLATES | {"sample": SAMPLE})[key]
    workspace = workspace_create(by=set_up(), name="Acme", template=key)
    assert workspace.churn == {"kinds": list(template.churn_kinds), "days": template.churn_days}
    assert (workspace.currency, workspace.time_zone, workspace.counting_word) == (
        template.currency,
        template.time_zone,
        template.counting_word,
    )
    assert workspace.is_sample == (key == "sample")
    assert set(template.churn_kinds) <= set(Kind)
    for language in LANGUAGES:
        assert {template.name_key, template.about_key} <= catalogue(language).keys()


def test_SCR_10_losing_a_customer_means_what_the_industry_means_by_it() -> None:
    assert (TEMPLATES["saas"].churn_days, TEMPLATES["ecommerce"].churn_days) == (90, 180)
    assert TEMPLATES["ecommerce"].churn_kinds == ("order.placed",)


def test_an_unknown_template_is_answered_with_the_known_ones() -> None:
    with pytest.raises(Invalid) as refusal:
        workspace_create(by=set_up(), name="Acme", template="mining")
    assert "saas" in str(refusal.value.params["allowed"])


def test_only_admins_make_further_workspaces() -> None:
    workspace = make_workspace()
    assert workspace_may_create(make_member(workspace).user)
    for role in set(Role) - {Role.ADMIN}:
        with pytest.raises(Forbidden):
            workspace_create(by=make_member(workspace, role).user, name="Acme", template="saas")
    with pytest.raises(Forbidden):
        workspace_create(by=make_user(), name="Acme", template="saas")


def test_addresses_of_workspaces_are_made_unique_and_a_chosen_one_is_respected() -> None:
    user = set_up()
    first, second = (workspace_create(by=user, name="Acme Ltd", template="saas") for _ in range(2))
    assert first.slug == "acme-ltd"
    assert second.slug.startswith("acme-ltd-")
    assert workspace_create(by=user, name="留客", template="saas").slug == "workspace"
    with pytest.raises(Conflict, match="slug_taken"):
        workspace_create(by=user, name="x", template="saas", slug="acme-ltd")
    with pytest.raises(Invalid, match="slug_invalid"):
        workspace_create(by=user, name="x", template="saas", slug="Über Uns")


def test_settings_change_with_a_trace_of_old_and_new() -> None:
    workspace = make_workspace()
    changes = {"time_zone": "Europe/London", "currency": "GBP", "churn": {"kinds": ["login"], "days": 30}}
    workspace_update(actor=make_actor(workspace), workspace=workspace, changes=changes)
    workspace.refresh_from_db()
    assert (workspace.time_zone, workspace.currency, workspace.churn["days"]) == ("Europe/London", "GBP", 30)
    entry = AuditEntry.objects.get()
    assert (entry.detail["before"]["currency"], entry.detail["after"]["currency"]) == ("CNY", "GBP")


def test_all_faults_of_a_change_are_told_at_once_and_nothing_changes() -> None:
    workspace = make_workspace()
    changes = {
        "name": " ",
        "time_zone": "Mars/Olympus",
        "currency": "gbp",
        "country": "UKX",
        "locale": "fr",
        "counting_word": "人",
        "churn": {"kinds": [], "days": 0},
        "alert_policy": [],
        "slug": "x",
    }
    with pytest.raises(Invalid) as refusal:
        workspace_update(actor=make_actor(workspace), workspace=workspace, changes=changes)
    faults = refusal.value.params["faults"]
    assert isinstance(faults, list)
    assert {fault["where"] for fault in faults} == set(changes)
    assert Workspace.objects.get(pk=workspace.pk).currency == "CNY"


@pytest.mark.parametrize("zone", ["../../etc/passwd", "/etc/localtime", "", "Asia"])
def test_a_time_zone_is_a_name_and_never_a_path(zone: str) -> None:
    workspace = make_workspace()
    with pytest.raises(Invalid):
        workspace_update(actor=make_actor(workspace), workspace=workspace, changes={"time_zone": zone})


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_settings_need_the_permission(role: Role) -> None:
    workspace = make_workspace()
    with pytest.raises(Forbidden):
        workspace_update(actor=make_actor(workspace, role), workspace=workspace, changes={"name": "x"})
