"""Ctrl K finds customers by name and number, their open alerts and pages: only what the asker may see."""

from __future__ import annotations

import pytest

from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import Membership
from liuke.alert.store.models import Alert
from liuke.show.api.schemas.insight import SearchHit
from liuke.show.queries.reader import Reader
from liuke.show.queries.search import CUSTOMERS, MOST, search
from liuke.show.service import cards_refresh
from liuke.show.store.models import CustomerCard
from tests.factories import actor_of, make_customer, make_member
from tests.show.world import NOW, World

pytestmark = pytest.mark.django_db


def hits(world: World, asker: str, q: str, language: str = "zh-CN") -> list[SearchHit]:
    """What a member finds in the own workspace."""
    member = world.members[asker]
    return search(reader=Reader(actor_of(member), member.workspace, NOW, language), q=q)


def titles(found: list[SearchHit], kind: str) -> list[str]:
    """Titles of one type, in order."""
    return [hit.title for hit in found if hit.type == kind]


def add(world: World, key: str, name: str, *, score: float = 0, owner: Membership | None = None) -> CustomerCard:
    """One more customer on the books."""
    customer = make_customer(world.workspace, key=key, name=name, owner=owner)
    cards_refresh(workspace=world.workspace, customer_ids=[customer.pk])
    CustomerCard.objects.filter(pk=customer.pk).update(score=score)
    return CustomerCard.objects.get(pk=customer.pk)


@pytest.mark.parametrize("q", ["华东灯具", "灯具", " 东灯 "])
def test_a_customer_is_found_by_any_part_of_the_name_with_the_open_alert(world: World, q: str) -> None:
    found = hits(world, "manager", q)
    assert [(hit.type, hit.id) for hit in found] == [("customer", str(world.customer.pk)), ("alert", str(world.alert.pk))]
    customer, alert = found
    assert (customer.title, customer.link) == ("华东灯具", f"/customers/{world.customer.pk}")
    assert customer.subtitle == f"{world.customer.key} · 中级预警 82"
    assert (alert.title, alert.link) == ("中级预警 · 华东灯具", f"/alerts/{world.alert.pk}")
    assert "62" in alert.subtitle


def test_a_customer_is_found_by_number_whatever_the_case(world: World) -> None:
    add(world, "AB-77", "甲")
    assert titles(hits(world, "admin", "AB-7"), "customer") == ["甲"]
    assert titles(hits(world, "admin", "ab-77"), "customer") == ["甲"]
    assert titles(hits(world, "admin", "b-7"), "customer") == ["甲"]


def test_what_begins_with_the_text_comes_before_what_contains_it_and_the_dangerous_first(world: World) -> None:
    for key, name, score in (("Q1", "老北方", 99), ("Q2", "北方一", 10), ("Q3", "北方二", 60), ("北方3", "丙", 30)):
        add(world, key, name, score=score)
    assert titles(hits(world, "admin", "北方"), "customer") == ["北方二", "丙", "北方一", "老北方"]


@pytest.mark.parametrize("q", ["", "   ", "%", "_", "\\", "无此客户"])
def test_blank_wild_cards_and_unknown_names_find_nothing(world: World, q: str) -> None:
    """A wild card of SQL is a character like others."""
    assert hits(world, "manager", q) == []


def test_at_most_ten_customers_and_twenty_hits(world: World) -> None:
    for number in range(25):
        card = add(world, f"P{number:02}", f"peo {number}")
        stamps = {"opened_at": NOW, "updated_at": NOW, "level_since": NOW}
        Alert.objects.create(workspace=world.workspace, customer=card.customer, level="high", score=90, peak_score=90, **stamps)
    found = hits(world, "admin", "pe")
    assert len(titles(found, "customer")) == CUSTOMERS
    assert len(titles(found, "alert")) == 5
    assert titles(found, "page") == ["人员与角色"]
    assert len(found) <= MOST


def test_text_beyond_a_hundred_characters_is_not_searched_for(world: World) -> None:
    add(world, "L1", "长" * 100)
    assert titles(hits(world, "admin", "长" * 150), "customer") == ["长" * 100]


def test_a_closed_alert_is_not_offered(world: World) -> None:
    Alert.objects.filter(pk=world.alert.pk).update(status="closed")
    assert [hit.type for hit in hits(world, "manager", "灯具")] == ["customer"]


@pytest.mark.parametrize("asker", ["other_manager", "other_supervisor", "stranger", "it"])
def test_a_customer_of_others_is_found_by_nobody_else(world: World, asker: str) -> None:
    for q in ("华东", world.customer.key, str(world.customer.pk)):
        assert {hit.type for hit in hits(world, asker, q)} <= {"page"}


def test_colleagues_of_the_same_team_share_only_by_role(world: World) -> None:
    mate = make_member(world.workspace, Role.MANAGER, team=world.members["manager"].team)
    world.members = {**world.members, "mate": mate}
    assert hits(world, "mate", "华东") == []
    assert titles(hits(world, "supervisor", "华东"), "customer") == ["华东灯具"]


@pytest.mark.parametrize(
    ("q", "language", "title"), [("预警中", "zh-CN", "预警中心"), ("my tas", "en", "My tasks"), ("renewals", "zh-CN", "续约台账")]
)
def test_pages_are_found_in_the_language_of_the_reader_and_by_their_english_key(world: World, q: str, language: str, title: str) -> None:
    assert [(hit.type, hit.title) for hit in hits(world, "manager", q, language)] == [("page", title)]


def test_pages_that_a_role_may_not_open_are_not_offered(world: World) -> None:
    assert titles(hits(world, "admin", "审计"), "page") == ["审计记录"]
    assert hits(world, "manager", "审计") == []
    assert hits(world, "manager", "人员与角色") == []


def test_it_is_offered_no_page_that_would_refuse_it(world: World) -> None:
    found = {hit.id for text in ("a", "e", "i") for hit in hits(world, "it", text) if hit.type == "page"}
    assert not found & {"dashboard", "alerts", "tasks", "customers", "renewals"}
    assert "data" in found
