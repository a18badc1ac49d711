"""团队(晨会): what each person has open, how alerts were answered, and who was left alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from liuke.accounts.store.models_absence import Absence
from liuke.act.store.models import CustomerMessage, Visit
from liuke.alert.store.models import Escalation
from liuke.base.errors import Forbidden, NotFound
from liuke.show.api.schemas.team import TeamBoard, TeamRow
from liuke.show.domain.answers import handled
from liuke.show.queries.handling import NOBODY, answers_by_owner
from liuke.show.queries.team_board import silent_out, team_out
from liuke.show.queries.team_day import day_out
from tests.alert.world import Company, at
from tests.show.world_team import DAY, HOUR, alert_of, answered, card_of, judged, reader_of

pytestmark = pytest.mark.django_db

NOW = at(8)
"""Tuesday of the next week, midnight."""
SINCE = NOW - 30 * DAY


def answers(company: Company) -> Any:
    """Of the thirty days, by owner."""
    return answers_by_owner(company.workspace, SINCE, NOW)


def board(company: Company, who: str = "admin") -> TeamBoard:
    """The board as somebody sees it."""
    return team_out(reader=reader_of(company, getattr(company, who), NOW))


def row(found: TeamBoard, name: str) -> TeamRow:
    """A person's line."""
    return next(one for one in found.rows if one.person.name == name)


def test_RPT_03_the_answer_is_the_first_contact_verdict_or_close_after_being_told(acme: Company) -> None:
    called, judged_first, closed, silent = [alert_of(acme.customers[f"wang{n}"], at(0, 9)) for n in range(1, 5)]
    answered(called, at(0, 12))
    answered(called, at(1))
    judged(judged_first, "valid", at(0, 10))
    answered(judged_first, at(0, 20))
    closed.close_reason, closed.closed_at, closed.status = "handled", at(0, 14), "closed"
    closed.save()
    found = answers(acme)[acme.wang.pk]
    assert (found.told, sorted(found.hours)) == (4, [1.0, 3.0, 5.0])
    assert handled([found]).median_hours == 3.0
    assert handled([found]).answered == 3
    assert silent.pk


def test_an_answer_before_being_told_an_undone_verdict_and_a_calmed_alert_are_none(acme: Company) -> None:
    before, undone, calmed = [alert_of(acme.customers[f"wang{n}"], at(1)) for n in range(1, 4)]
    answered(before, at(0, 20))
    judged(undone, "valid", at(1, 2), undone_at=at(1, 3))
    calmed.close_reason, calmed.closed_at, calmed.status = "calmed", at(1, 5), "closed"
    calmed.save()
    found = answers(acme)[acme.wang.pk]
    assert (found.told, found.hours, dict(found.verdicts)) == (3, (), {})
    assert handled([found]).median_hours is None


def test_who_was_told_outside_the_time_is_not_counted_and_a_release_is_a_telling(acme: Company) -> None:
    alert_of(acme.customers["wang1"], SINCE - HOUR)
    alert_of(acme.customers["wang2"], SINCE)
    alert_of(acme.customers["wang3"], NOW)
    alert_of(acme.customers["wang4"], at(1), pushed_at=None)
    alert_of(acme.customers["wang5"], at(1), pushed_at=None, released_at=at(2))
    assert answers(acme)[acme.wang.pk].told == 2


@pytest.mark.parametrize(("hours", "in_time"), [(23, 1), (24, 1), (25, 0)])
def test_in_time_is_before_the_deadline_of_the_telling(acme: Company, hours: int, in_time: int) -> None:
    answered(alert_of(acme.customers["wang1"], at(0)), at(0, hours))
    found = answers(acme)[acme.wang.pk]
    assert (found.in_time, found.with_deadline) == (in_time, 1)


def test_a_date_that_was_agreed_afterwards_makes_no_late_answer_timely(acme: Company) -> None:
    """A follow-up with a next date moves the task's date; the deadline that was missed stays missed."""
    late = alert_of(acme.customers["wang1"], at(0), item={"due_at": at(7)})
    answered(late, at(3))
    assert answers(acme)[acme.wang.pk].in_time == 0


def test_what_nobody_answered_counts_once_its_deadline_is_over(acme: Company) -> None:
    alert_of(acme.customers["wang1"], at(3))
    alert_of(acme.customers["wang2"], NOW - HOUR)
    alert_of(acme.customers["wang3"], at(3), level="early")
    found = answers(acme)[acme.wang.pk]
    assert (found.told, found.in_time, found.with_deadline) == (3, 0, 1)


def test_verdicts_and_escalations_are_of_the_alerts_owner(acme: Company) -> None:
    mine, yours = alert_of(acme.customers["wang1"], at(0)), alert_of(acme.customers["li1"], at(0))
    judged(mine, "valid", at(1))
    judged(mine, "too_late", at(2))
    judged(yours, "false_alarm", SINCE - HOUR)
    for alert, step in ((mine, 1), (mine, 2), (yours, 1)):
        Escalation.objects.create(workspace=acme.workspace, alert=alert, level="high", step=step, due_at=at(1), at=at(step))
    found = answers(acme)
    assert dict(found[acme.wang.pk].verdicts) == {"valid": 1, "too_late": 1}
    assert (found[acme.wang.pk].escalated, found[acme.li.pk].escalated) == (2, 1)
    assert dict(found[acme.li.pk].verdicts) == {}


def test_alerts_of_nobody_count_for_nobody(acme: Company, stranger: Company) -> None:
    alert_of(acme.customers["wang1"], at(0), owner=None)
    alert_of(stranger.customers["wang1"], at(0))
    found = answers(acme)
    assert set(found) == {NOBODY}
    assert board(acme).total.told == 1
    assert board(acme, "supervisor").total.told == 0


def test_RPT_03_the_board_counts_per_person(acme: Company) -> None:
    alert_of(acme.customers["wang1"], at(1), item={"due_at": at(2)})
    alert_of(acme.customers["wang2"], at(1), level="medium", item={"due_at": at(2), "status": "done"})
    alert_of(acme.customers["wang3"], at(1), status="snoozed", snoozed_until=at(20))
    alert_of(acme.customers["li1"], at(1), level="early")
    alert_of(acme.customers["li2"], at(1), owner=None)
    found = board(acme)
    wang, li = row(found, "wang"), row(found, "li")
    assert (wang.open, wang.overdue, wang.customers) == ({"high": 1, "medium": 1, "early": 0}, 1, 5)
    assert (li.open, li.overdue) == ({"high": 0, "medium": 0, "early": 1}, 0)
    assert found.unowned == 1
    assert {one.person.name for one in found.rows} == {"admin", "supervisor", "wang", "li", "outsider"}


def test_precision_comes_with_its_interval_and_known_is_left_out(acme: Company) -> None:
    for n, verdict in enumerate(("valid", "valid", "false_alarm", "known"), start=1):
        judged(alert_of(acme.customers[f"wang{n}"], at(0)), verdict, at(1))
    found = row(board(acme), "wang").handled.precision
    assert found is not None
    assert (found.n, round(found.value, 3)) == (3, 0.667)
    assert found.low == pytest.approx(0.2077, abs=1e-3)
    assert found.high == pytest.approx(0.9385, abs=1e-3)
    assert row(board(acme), "li").handled.precision is None


def test_a_supervisor_sees_the_team_and_a_manager_only_the_own_line(acme: Company) -> None:
    assert {one.person.name for one in board(acme, "supervisor").rows} == {"supervisor", "wang", "li"}
    assert [one.person.name for one in board(acme, "li").rows] == ["li"]
    with pytest.raises(Forbidden):
        board(acme, "it")


def test_ALT_09_who_is_away_is_marked(acme: Company) -> None:
    days = {"starts_on": date(2011, 6, 21), "ends_on": date(2011, 6, 21)}
    Absence.objects.create(workspace=acme.workspace, member=acme.wang, deputy=acme.li, **days)
    found = board(acme)
    assert (row(found, "wang").away, row(found, "li").away) == (True, False)


def silent(company: Company, who: str = "admin", owner: int | None = None) -> list[str]:
    """Keys of silent customers."""
    return [one.customer.key for one in silent_out(reader=reader_of(company, getattr(company, who), NOW), owner=owner)]


def test_RPT_03_high_value_customers_whom_nobody_spoke_to_for_thirty_days(acme: Company) -> None:
    card_of(acme.customers["wang1"], annual_value=1)
    card_of(acme.customers["wang2"], annual_value=2, last_activity_at=NOW - 31 * DAY)
    card_of(acme.customers["wang3"], last_activity_at=NOW - 29 * DAY)
    card_of(acme.customers["wang4"], tier="mid")
    card_of(acme.customers["wang5"], status="lost")
    assert silent(acme) == ["wang2", "wang1"]
    assert row(board(acme), "wang").silent == 2


@pytest.mark.parametrize(
    ("what", "is_contact"),
    [("call", True), ("missed", False), ("visit", True), ("removed visit", False), ("message", True), ("failed", False)],
)
def test_what_counts_as_a_contact(acme: Company, what: str, is_contact: bool) -> None:
    customer, recent = acme.customers["wang1"], NOW - 3 * DAY
    card_of(customer)
    if what in {"call", "missed"}:
        answered(alert_of(customer, at(0)), recent, "reached" if what == "call" else "missed")
    elif "visit" in what:
        removed = NOW if what.startswith("removed") else None
        Visit.objects.create(workspace=acme.workspace, customer=customer, at=recent, request_key="v", removed_at=removed)
    else:
        status = CustomerMessage.Status.DELIVERED if what == "message" else CustomerMessage.Status.FAILED
        CustomerMessage.objects.create(
            workspace=acme.workspace, customer=customer, channel="email", medium="email", purpose="service", template_code="x", key="k",
            status=status, token="t", planned_at=recent, created_at=recent,
        )  # fmt: skip
    assert (silent(acme) == []) is is_contact


def test_the_list_narrows_to_a_person_whom_the_reader_leads(acme: Company) -> None:
    for key in ("wang1", "li1", "outsider1"):
        card_of(acme.customers[key])
    assert silent(acme, owner=acme.li.pk) == ["li1"]
    assert sorted(silent(acme, "supervisor")) == ["li1", "wang1"]
    assert silent(acme, "wang") == ["wang1"]
    with pytest.raises(NotFound):
        silent(acme, "supervisor", owner=acme.outsider.pk)


def test_BEY_11_the_day_names_who_is_on_the_list_and_the_largest_of_those_who_are_not(acme: Company) -> None:
    losses = {f"wang{n}": n * 100 for n in range(1, 6)}
    for key, loss in losses.items():
        alert_of(acme.customers[key], NOW - timedelta(days=2), loss=loss)
    found = day_out(reader=reader_of(acme, acme.wang, NOW), own=True)
    (mine,) = found.rows
    assert [one.customer.key for one in mine.chosen] == ["wang5", "wang4"]
    assert [one.customer.key for one in mine.left] == ["wang3", "wang2", "wang1"]
    assert mine.left_counts == {"no_time": 3}
    assert (mine.used, mine.minutes, mine.expected_loss, mine.own_minutes) == (90, 120, 900, False)
    assert all(one.reason for one in mine.chosen)


def test_a_day_of_the_team_holds_everybodys_list(acme: Company) -> None:
    for key in ("wang1", "li1", "outsider1"):
        alert_of(acme.customers[key], at(1))
    found = day_out(reader=reader_of(acme, acme.supervisor, NOW))
    lists = {one.person.name: [item.customer.key for item in one.chosen] for one in found.rows}
    assert lists == {"supervisor": [], "wang": ["wang1"], "li": ["li1"]}
