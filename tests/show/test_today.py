"""今日: at most five customers of the asker, what is due first, the greatest expected loss on top."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import Membership, Workspace
from liuke.act.store.models import WorkItem
from liuke.alert.store.models import Alert
from liuke.base.errors import Forbidden
from liuke.facts.store.models import Contact, Customer
from liuke.show.api.schemas.alerts import TodayOut
from liuke.show.queries.reader import Reader
from liuke.show.queries.work_list import TODAY_MOST, today_out
from liuke.show.store.models import CustomerCard
from tests.factories import actor_of, make_customer, make_member, make_workspace
from tests.show.world import PHONE, REASONS

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)
"""23:00 in Shanghai: the local day ends in an hour."""
HOUR = timedelta(hours=1)
TOMORROW = NOW + 2 * HOUR


@pytest.fixture
def workspace(db: None) -> Workspace:
    """An hour before midnight in Shanghai."""
    return make_workspace(simulated_as_of=NOW, time_zone="Asia/Shanghai")


@pytest.fixture
def manager(workspace: Workspace) -> Membership:
    """Whose day it is."""
    return make_member(workspace, Role.MANAGER)


def today(member: Membership, now: datetime = NOW, language: str = "zh-CN") -> TodayOut:
    """The member's 今日 at a moment."""
    return today_out(reader=Reader(actor_of(member), member.workspace, now, language))


def add(owner: Membership, name: str, *, due: datetime | None = NOW, loss: float | None = 0, **fields: Any) -> WorkItem:
    """An open work item of a customer of that name; without `loss` there is no alert behind it."""
    space = owner.workspace
    customer = Customer.objects.filter(workspace=space, name=name).first() or make_customer(space, owner=owner, name=name)
    stamps = {"opened_at": NOW, "updated_at": NOW, "level_since": NOW}
    worth = {"level": "high", "score": 90, "peak_score": 90, "annual_value": 50_000, "expected_loss": loss, "reasons": REASONS}
    alert = None if loss is None else Alert.objects.create(workspace=space, customer=customer, owner=owner, **worth, **stamps)
    given = {"kind": "winback", "due_at": due, "created_at": NOW - HOUR} | fields
    return WorkItem.objects.create(workspace=space, customer=customer, alert=alert, owner=owner, **given)


def names(found: TodayOut) -> list[str]:
    """Customers in order."""
    return [item.customer.name for item in found.items]


def test_at_most_five_customers_the_greatest_expected_loss_first(manager: Membership) -> None:
    for number in (3, 6, 1, 5, 2, 4):
        add(manager, f"c{number}", loss=number * 1_000)
    found = today(manager)
    assert names(found) == ["c6", "c5", "c4", "c3", "c2"]
    assert len(found.items) == TODAY_MOST
    assert found.open_total == 6


def test_what_is_due_comes_before_a_greater_loss_that_is_not(manager: Membership) -> None:
    add(manager, "later", due=TOMORROW, loss=90_000)
    add(manager, "overdue", due=NOW - 48 * HOUR, loss=10)
    add(manager, "tonight", due=NOW + HOUR / 2, loss=20)
    add(manager, "undated", due=None, loss=100)
    assert names(today(manager)) == ["tonight", "overdue", "later", "undated"]


def test_the_day_ends_at_local_midnight(manager: Membership) -> None:
    """Due at 01:00 tomorrow is not due today, though UTC still has the same day; two hours later it is."""
    add(manager, "after midnight", due=TOMORROW, loss=1)
    add(manager, "no date", due=None, loss=5)
    assert names(today(manager)) == ["no date", "after midnight"]
    assert names(today(manager, NOW + HOUR)) == ["after midnight", "no date"]


def test_a_customer_with_two_items_shows_once_by_the_costlier(manager: Membership) -> None:
    add(manager, "twice", loss=None, kind="manual")
    costly = add(manager, "twice", loss=500)
    add(manager, "once", loss=300)
    found = today(manager)
    assert names(found) == ["twice", "once"]
    assert found.items[0].work_item_id == costly.pk
    assert found.open_total == 3


def test_an_item_without_alert_ranks_by_the_expected_loss_of_its_customer(manager: Membership) -> None:
    item = add(manager, "renewal", loss=None, kind="manual")
    CustomerCard.objects.create(
        customer=item.customer, workspace=manager.workspace, key="r", name="renewal", status="active", tier="high", level="early",
        score=55, expected_loss=700,
    )  # fmt: skip
    add(manager, "more", loss=800)
    add(manager, "less", loss=600)
    found = today(manager)
    assert names(found) == ["more", "renewal", "less"]
    assert (found.items[1].level, found.items[1].score, found.items[1].alert_id) == ("early", 55, None)


def test_an_undated_item_without_alert_waits_in_the_list(manager: Membership) -> None:
    add(manager, "some day", due=None, loss=None, kind="manual")
    found = today(manager)
    assert (found.items, found.open_total) == ([], 1)


def test_everybody_sees_the_own_day_even_who_may_see_all(workspace: Workspace, manager: Membership) -> None:
    admin, colleague = make_member(workspace, Role.ADMIN), make_member(workspace, Role.MANAGER)
    add(manager, "of the manager")
    add(colleague, "of the colleague")
    assert [names(today(member)) for member in (manager, colleague, admin)] == [["of the manager"], ["of the colleague"], []]


def test_done_and_cancelled_items_are_gone_and_only_those_done_since_local_midnight_count(manager: Membership) -> None:
    midnight = datetime(2026, 11, 21, 16, tzinfo=UTC)
    add(manager, "cancelled", status="cancelled")
    for name, at in (("yesterday", midnight - timedelta(seconds=1)), ("at midnight", midnight), ("just now", NOW)):
        add(manager, name, status="done", finished_at=at)
    add(manager, "claimed", status="doing")
    found = today(manager)
    assert names(found) == ["claimed"]
    assert (found.done_today, found.open_total) == (2, 1)


def test_overdue_follows_the_clock_of_the_workspace_and_not_the_real_one(manager: Membership) -> None:
    add(manager, "a", due=NOW - HOUR)
    add(manager, "b", due=NOW)
    add(manager, "c", due=NOW + HOUR)
    assert [today(manager, now).overdue for now in (NOW - 2 * HOUR, NOW, NOW + timedelta(minutes=1), NOW + 2 * HOUR)] == [0, 1, 2, 3]


def test_each_line_says_why_how_much_and_what_to_say_in_the_language_of_the_reader(manager: Membership) -> None:
    item = add(manager, "华东灯具", loss=41_000)
    Contact.objects.create(customer=item.customer, key="1", name="王小明", phone=PHONE, is_key=True)
    chinese, english = (today(manager, language=language).items[0] for language in ("zh-CN", "en"))
    assert (chinese.annual_value, chinese.level, chinese.score) == (50_000, "high", 90)
    assert "62" in chinese.why
    assert "62" in english.why
    assert chinese.why != english.why
    assert chinese.say
    assert english.say
    assert chinese.say != english.say
    assert (chinese.phone, chinese.due_at) == (PHONE, NOW)


def test_an_empty_day_is_empty_and_it_is_told_that_it_sees_no_customers(workspace: Workspace, manager: Membership) -> None:
    assert today(manager).model_dump() == {"items": [], "done_today": 0, "open_total": 0, "overdue": 0}
    with pytest.raises(Forbidden, match="no_customers_for_role"):
        today(make_member(workspace, Role.IT))
