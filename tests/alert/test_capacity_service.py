"""Who may say how long customers take and how many minutes people have (BEY-11)."""

from __future__ import annotations

import pytest

from liuke.accounts.store.models import AuditEntry
from liuke.alert.domain.capacity import Efforts
from liuke.alert.service import staff_of
from liuke.alert.service.capacity import efforts_change, efforts_of, minutes_change, minutes_of
from liuke.alert.store.models import MemberCapacity
from liuke.base.errors import Forbidden, Invalid, NotFound
from liuke.score.domain.levels import Level
from tests.alert.world import MONDAY, Company

pytestmark = pytest.mark.django_db

PLAIN = {"minutes": {"high": 60, "medium": 20, "early": 10}, "per_day": 240}


def minutes(company: Company) -> dict[int, int]:
    """Today's of wang and li."""
    staff = staff_of(company.workspace.pk, MONDAY.date())
    return minutes_of(company.workspace.pk, [company.wang.pk, company.li.pk], staff, efforts_of(company.workspace.pk))


def test_without_a_word_the_products_numbers_hold(acme: Company) -> None:
    assert efforts_of(acme.workspace.pk) == Efforts()
    assert minutes(acme) == {acme.wang.pk: 120, acme.li.pk: 120}


def test_BEY_11_an_admin_changes_the_efforts_of_this_workspace_alone(acme: Company, stranger: Company) -> None:
    efforts_change(actor=acme.actor(acme.admin), efforts=PLAIN)
    found = efforts_of(acme.workspace.pk)
    assert (found.minutes[Level.HIGH], found.per_day) == (60, 240)
    assert efforts_of(stranger.workspace.pk) == Efforts()
    assert AuditEntry.objects.filter(workspace=acme.workspace, action="capacity_change").count() == 1


def test_a_second_change_replaces_the_first(acme: Company) -> None:
    for per_day in (200, 60):
        efforts_change(actor=acme.actor(acme.admin), efforts=PLAIN | {"per_day": per_day})
    assert efforts_of(acme.workspace.pk).per_day == 60


def test_every_fault_is_named_and_nothing_is_kept(acme: Company) -> None:
    with pytest.raises(Invalid) as refused:
        efforts_change(actor=acme.actor(acme.admin), efforts={"minutes": {"high": 1}, "per_day": 721})
    assert [fault["field"] for fault in refused.value.params["faults"]] == ["minutes.high", "per_day"]
    assert efforts_of(acme.workspace.pk) == Efforts()


@pytest.mark.parametrize("who", ["supervisor", "wang", "analyst"])
def test_only_who_may_change_the_workspace_changes_efforts(acme: Company, who: str) -> None:
    with pytest.raises(Forbidden):
        efforts_change(actor=acme.actor(getattr(acme, who)), efforts=PLAIN)


def test_people_change_their_own_minutes_and_take_them_back(acme: Company) -> None:
    me = acme.actor(acme.wang)
    minutes_change(actor=me, member_id=acme.wang.pk, minutes=45)
    assert minutes(acme) == {acme.wang.pk: 45, acme.li.pk: 120}
    minutes_change(actor=me, member_id=acme.wang.pk, minutes=0)
    assert minutes(acme)[acme.wang.pk] == 0
    minutes_change(actor=me, member_id=acme.wang.pk, minutes=None)
    assert minutes(acme)[acme.wang.pk] == 120


def test_a_manager_does_not_change_a_colleagues_minutes(acme: Company) -> None:
    with pytest.raises(Forbidden):
        minutes_change(actor=acme.actor(acme.wang), member_id=acme.li.pk, minutes=10)
    assert not MemberCapacity.objects.exists()


def test_a_supervisor_changes_those_of_the_team_and_of_nobody_else(acme: Company) -> None:
    leader = acme.actor(acme.supervisor)
    minutes_change(actor=leader, member_id=acme.li.pk, minutes=90)
    assert minutes(acme)[acme.li.pk] == 90
    with pytest.raises(Forbidden):
        minutes_change(actor=leader, member_id=acme.outsider.pk, minutes=90)
    assert MemberCapacity.objects.count() == 1


def test_somebody_of_another_workspace_is_not_found(acme: Company, stranger: Company) -> None:
    with pytest.raises(NotFound):
        minutes_change(actor=acme.actor(acme.admin), member_id=stranger.wang.pk, minutes=90)
    assert not MemberCapacity.objects.exists()


@pytest.mark.parametrize("bad", [-1, 721])
def test_minutes_beyond_a_working_day_are_refused(acme: Company, bad: int) -> None:
    with pytest.raises(Invalid):
        minutes_change(actor=acme.actor(acme.wang), member_id=acme.wang.pk, minutes=bad)
    assert not MemberCapacity.objects.exists()
