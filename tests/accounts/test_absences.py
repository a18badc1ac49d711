"""Who stands in for whom."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.accounts.domain.absences import Away, stand_ins
from liuke.accounts.domain.roles import Role
from liuke.accounts.service.absences import absence_create, absence_end, absence_list, stand_ins_on
from liuke.accounts.store.away import stands_in_for
from liuke.accounts.store.models import Absence, AuditEntry
from liuke.base.errors import Forbidden, Invalid, NotFound
from tests.factories import actor_of, make_actor, make_member, make_team, make_workspace

DAY = date(2026, 11, 23)


def away(member: int, deputy: int, start: int = 0, end: int = 4) -> Away:
    return Away(member, deputy, DAY + timedelta(days=start), DAY + timedelta(days=end))


@pytest.mark.parametrize(("days", "stands"), [(-1, {}), (0, {1: 2}), (4, {1: 2}), (5, {})])
def test_a_deputy_stands_in_from_the_first_to_the_last_day_and_not_longer(days: int, stands: dict[int, int]) -> None:
    assert stand_ins([away(1, 2)], DAY + timedelta(days=days), {1, 2}) == stands


def test_a_deputy_who_is_away_too_hands_on() -> None:
    assert stand_ins([away(1, 2), away(2, 3)], DAY, {1, 2, 3}) == {1: 3, 2: 3}


def test_two_who_stand_in_for_each_other_keep_what_is_theirs() -> None:
    assert stand_ins([away(1, 2), away(2, 1)], DAY, {1, 2}) == {}


def test_a_deputy_who_has_left_stands_in_for_nobody() -> None:
    assert stand_ins([away(1, 2)], DAY, {1}) == {}


absences = st.lists(st.builds(away, st.integers(1, 5), st.integers(1, 5), st.integers(-3, 3), st.integers(-3, 6)), max_size=8)


@given(absences, st.sets(st.integers(1, 5)))
def test_nobody_stands_in_while_away_or_gone_or_for_themselves(found: list[Away], present: set[int]) -> None:
    stands = stand_ins(found, DAY, present)
    gone = {absence.member for absence in found if absence.covers(DAY)}
    for member, deputy in stands.items():
        assert member in gone
        assert deputy in present
        assert deputy not in gone


@pytest.mark.django_db
class TestAbsences:
    """As rows."""

    def test_a_member_registers_an_own_absence_and_the_deputy_sees_the_work(self) -> None:
        workspace = make_workspace()
        wang, li = make_member(workspace, Role.MANAGER), make_member(workspace, Role.MANAGER)
        absence_create(actor=actor_of(wang), member_id=wang.pk, deputy_id=li.pk, starts_on=DAY, ends_on=DAY, today=DAY)
        assert stand_ins_on(workspace.pk, DAY) == {wang.pk: li.pk}
        assert stands_in_for(workspace.pk, li.pk, DAY) == {wang.pk}
        assert stands_in_for(workspace.pk, li.pk, DAY + timedelta(days=1)) == frozenset()
        assert AuditEntry.objects.get().action == "absence_created"

    def test_only_people_s_keepers_register_absences_of_others(self) -> None:
        workspace = make_workspace()
        wang, li = make_member(workspace, Role.MANAGER), make_member(workspace, Role.MANAGER)
        days = {"starts_on": DAY, "ends_on": DAY, "today": DAY}
        with pytest.raises(Forbidden):
            absence_create(actor=actor_of(li), member_id=wang.pk, deputy_id=li.pk, **days)
        assert absence_create(actor=make_actor(workspace), member_id=wang.pk, deputy_id=li.pk, **days).member_id == wang.pk

    def test_a_supervisor_registers_and_ends_absences_of_the_own_team_only(self) -> None:
        workspace = make_workspace()
        team, other = make_team(workspace), make_team(workspace)
        chief = make_actor(workspace, Role.SUPERVISOR, team=team)
        wang, li = (make_member(workspace, Role.MANAGER, team=team) for _ in range(2))
        stranger = make_member(workspace, Role.MANAGER, team=other)
        days = {"starts_on": DAY, "ends_on": DAY, "today": DAY}
        absence = absence_create(actor=chief, member_id=wang.pk, deputy_id=li.pk, **days)
        with pytest.raises(Forbidden):
            absence_create(actor=chief, member_id=stranger.pk, deputy_id=li.pk, **days)
        theirs = absence_create(actor=make_actor(workspace, Role.OPERATIONS), member_id=stranger.pk, deputy_id=li.pk, **days)
        with pytest.raises(NotFound):
            absence_end(actor=chief, absence_id=theirs.pk)
        absence_end(actor=chief, absence_id=absence.pk)
        assert not Absence.objects.filter(pk=absence.pk).exists()

    @pytest.mark.parametrize(("start", "end"), [(1, 0), (-3, -1), (0, 400)])
    def test_days_that_cannot_be_are_refused(self, start: int, end: int) -> None:
        workspace = make_workspace()
        wang, li = make_member(workspace, Role.MANAGER), make_member(workspace, Role.MANAGER)
        with pytest.raises(Invalid, match="absence_days"):
            absence_create(
                actor=actor_of(wang), member_id=wang.pk, deputy_id=li.pk, starts_on=DAY + timedelta(days=start),
                ends_on=DAY + timedelta(days=end), today=DAY,
            )  # fmt: skip

    def test_a_deputy_must_be_somebody_else_here_who_may_follow_up(self) -> None:
        workspace = make_workspace()
        wang = make_member(workspace, Role.MANAGER)
        wrong = [wang, make_member(workspace, Role.ANALYST), make_member(make_workspace(), Role.MANAGER)]
        for deputy in wrong:
            with pytest.raises(Invalid, match="absence_deputy"):
                absence_create(actor=actor_of(wang), member_id=wang.pk, deputy_id=deputy.pk, starts_on=DAY, ends_on=DAY, today=DAY)

    def test_one_is_away_once_at_a_time(self) -> None:
        workspace = make_workspace()
        wang, li = make_member(workspace, Role.MANAGER), make_member(workspace, Role.MANAGER)
        given = {"actor": actor_of(wang), "member_id": wang.pk, "deputy_id": li.pk, "today": DAY}
        absence_create(**given, starts_on=DAY, ends_on=DAY + timedelta(days=3))
        with pytest.raises(Invalid, match="absence_overlaps"):
            absence_create(**given, starts_on=DAY + timedelta(days=3), ends_on=DAY + timedelta(days=9))

    def test_back_again_the_work_is_one_s_own_at_once(self) -> None:
        workspace = make_workspace()
        wang, li = make_member(workspace, Role.MANAGER), make_member(workspace, Role.MANAGER)
        row = absence_create(actor=actor_of(wang), member_id=wang.pk, deputy_id=li.pk, starts_on=DAY, ends_on=DAY, today=DAY)
        with pytest.raises(NotFound):
            absence_end(actor=actor_of(li), absence_id=row.pk)
        absence_end(actor=actor_of(wang), absence_id=row.pk)
        assert stand_ins_on(workspace.pk, DAY) == {}

    def test_a_manager_lists_the_own_ones_a_supervisor_the_team_s_and_an_admin_all(self) -> None:
        workspace = make_workspace()
        team = make_team(workspace)
        wang, li = make_member(workspace, Role.MANAGER, team=team), make_member(workspace, Role.MANAGER)
        for member, deputy in ((wang, li), (li, wang)):
            absence_create(actor=actor_of(member), member_id=member.pk, deputy_id=deputy.pk, starts_on=DAY, ends_on=DAY, today=DAY)
        askers = [
            actor_of(wang),
            make_actor(workspace, Role.SUPERVISOR, team=team),
            make_actor(workspace, Role.OPERATIONS),
            make_actor(workspace),
        ]
        seen = [[row.member_id for row in absence_list(actor=actor, since=DAY)] for actor in askers]
        assert seen == [[wang.pk], [wang.pk], [wang.pk, li.pk], [wang.pk, li.pk]]
        assert absence_list(actor=make_actor(workspace), since=DAY + timedelta(days=1)) == []
