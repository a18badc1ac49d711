"""BEY-11: the day's list out of open alerts, what was agreed on them, and the hours that people have."""

from __future__ import annotations

from datetime import date

import pytest

from liuke.accounts.store.models import Membership
from liuke.accounts.store.models_absence import Absence
from liuke.act.store.models import WorkItem
from liuke.act.tasks.day import DayOf, day_lists
from liuke.alert.domain.capacity import Left
from liuke.alert.service import staff_of
from liuke.alert.store.models import MemberCapacity
from tests.alert.world import Company, at
from tests.show.world_team import alert_of, answered, judged

pytestmark = pytest.mark.django_db

NOW = at(2, 9)
"""Wednesday, nine o'clock."""


def day_of(company: Company, member: Membership, *others: Membership) -> DayOf:
    """The member's Wednesday."""
    ids = [member.pk, *(one.pk for one in others)]
    staff = staff_of(company.workspace.pk, NOW.date())
    return day_lists(workspace=company.workspace, members=ids, staff=staff, now=NOW)[member.pk]


def test_BEY_11_the_hours_go_where_most_is_expected_to_be_lost(acme: Company) -> None:
    alerts = [alert_of(acme.customers[f"wang{n}"], at(1), loss=1_000 * n) for n in range(1, 5)]
    found = day_of(acme, acme.wang)
    assert found.minutes == 120
    assert found.listed.chosen == (alerts[3].pk, alerts[2].pk)
    assert found.listed.left == {alerts[0].pk: Left.NO_TIME, alerts[1].pk: Left.NO_TIME}
    assert (found.listed.minutes, found.listed.expected_loss) == (90, 7_000)


def test_minutes_follow_the_level(acme: Company) -> None:
    levels = zip(("high", "medium", "early"), range(1, 4), strict=True)
    for level, n in levels:
        alert_of(acme.customers[f"wang{n}"], at(1), level=level)
    assert day_of(acme, acme.wang).listed.minutes == 45 + 30 + 15


def test_what_is_agreed_for_today_or_before_comes_first(acme: Company) -> None:
    for n in (1, 2, 3):
        alert_of(acme.customers[f"wang{n}"], at(1), loss=90_000)
    doing = {"status": WorkItem.Status.DOING}
    today = alert_of(acme.customers["wang4"], at(1), loss=1, item=doing | {"due_at": at(2, 20)})
    tomorrow = alert_of(acme.customers["wang5"], at(1), loss=1, item=doing | {"due_at": at(3, 1)})
    found = day_of(acme, acme.wang)
    assert found.listed.chosen[0] == today.pk
    assert found.promised == {today.pk}
    assert found.listed.left[tomorrow.pk] is Left.NO_TIME


def test_a_deadline_that_nobody_agreed_on_is_no_promise(acme: Company) -> None:
    alert_of(acme.customers["wang1"], at(1), item={"status": WorkItem.Status.TODO, "due_at": at(2, 12)})
    assert day_of(acme, acme.wang).promised == frozenset()


def test_who_was_followed_up_or_judged_today_is_done_and_yesterday_is_not(acme: Company) -> None:
    called, judged_today, undone, yesterday = [alert_of(acme.customers[f"wang{n}"], at(0)) for n in range(1, 5)]
    answered(called, at(2, 8))
    judged(judged_today, "valid", at(2, 7))
    judged(undone, "valid", at(2, 7), undone_at=at(2, 8))
    answered(yesterday, at(1, 23))
    found = day_of(acme, acme.wang)
    assert found.listed.left == {called.pk: Left.DONE_TODAY, judged_today.pk: Left.DONE_TODAY}
    assert set(found.listed.chosen) == {undone.pk, yesterday.pk}


def test_what_was_promised_and_is_done_is_not_asked_for_again(acme: Company) -> None:
    alert = alert_of(acme.customers["wang1"], at(0), item={"status": WorkItem.Status.DOING, "due_at": at(2, 12)})
    answered(alert, at(2, 8))
    found = day_of(acme, acme.wang)
    assert (found.listed.chosen, found.promised) == ((), frozenset())


def test_snoozed_ones_and_stock_that_waits_are_left_out_with_the_reason(acme: Company) -> None:
    snoozed = alert_of(acme.customers["wang1"], at(0), status="snoozed", snoozed_until=at(9))
    waiting = alert_of(acme.customers["wang2"], at(0), origin="stock", pushed_at=None)
    released = alert_of(acme.customers["wang3"], at(0), origin="stock", pushed_at=None, released_at=at(1))
    found = day_of(acme, acme.wang)
    assert found.listed.left == {snoozed.pk: Left.SNOOZED, waiting.pk: Left.STOCK}
    assert found.listed.chosen == (released.pk,)


def test_closed_alerts_and_those_of_others_are_not_on_the_list(acme: Company, stranger: Company) -> None:
    alert_of(acme.customers["wang1"], at(0), status="closed", closed_at=at(1))
    alert_of(acme.customers["li1"], at(0))
    alert_of(stranger.customers["wang1"], at(0))
    listed = day_of(acme, acme.wang).listed
    assert (listed.chosen, dict(listed.left)) == ((), {})


def test_ALT_09_the_work_of_somebody_away_is_on_the_deputys_list(acme: Company) -> None:
    alert = alert_of(acme.customers["wang1"], at(0))
    Absence.objects.create(
        workspace=acme.workspace, member=acme.wang, deputy=acme.li, starts_on=date(2011, 6, 15), ends_on=date(2011, 6, 15)
    )
    assert day_of(acme, acme.li, acme.wang).listed.chosen == (alert.pk,)
    away = day_of(acme, acme.wang, acme.li)
    assert (away.minutes, away.listed.chosen) == (0, ())


@pytest.mark.parametrize(("minutes", "chosen"), [(0, 0), (44, 0), (45, 1), (90, 2)])
def test_a_persons_own_minutes_hold(acme: Company, minutes: int, chosen: int) -> None:
    for n in (1, 2, 3):
        alert_of(acme.customers[f"wang{n}"], at(0))
    MemberCapacity.objects.create(member=acme.wang, minutes=minutes)
    found = day_of(acme, acme.wang)
    assert (found.minutes, len(found.listed.chosen)) == (minutes, chosen)
