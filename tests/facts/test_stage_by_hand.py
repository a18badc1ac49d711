"""A stage that a person has set stands until its source says another one than it said before (MOB-02)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Role
from liuke.align.domain.batch import OpportunityRow
from liuke.facts.service.opportunities import opportunity_stage_set
from liuke.facts.store.entities import children_write
from liuke.facts.store.models import Customer, Opportunity
from tests.factories import make_actor, make_customer, make_workspace

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)


@pytest.fixture
def customer(db: None) -> Customer:
    return make_customer(make_workspace(simulated_as_of=NOW))


def told(customer: Customer, stage: str, days: int = 0, key: str = "D1") -> tuple[int, int]:
    """What a file says of a deal, so many days after now; how many rows changed something and how many did not."""
    row = OpportunityRow(customer.key, key, "新店", stage, None, None, NOW + timedelta(days=days))
    counts = children_write([row], {customer.key: customer.pk})
    return counts.changed, counts.same


def moved(customer: Customer, stage: str) -> Opportunity:
    return opportunity_stage_set(actor=actor_for(customer), opportunity_id=Opportunity.objects.get(key="D1").pk, stage=stage)


def actor_for(customer: Customer) -> Actor:
    return make_actor(customer.workspace, Role.ADMIN)


def test_the_same_stage_again_changes_nothing_and_another_one_is_the_sources(customer: Customer) -> None:
    told(customer, "报价", -3)
    by_hand = moved(customer, "谈判")
    assert (by_hand.stage, by_hand.stage_told, by_hand.stage_set_at) == ("谈判", "报价", NOW)
    told(customer, "报价", 1)
    kept = Opportunity.objects.get()
    assert (kept.stage, kept.stage_told, kept.stage_set_at) == ("谈判", "报价", NOW)
    told(customer, "赢单", 2)
    again = Opportunity.objects.get()
    assert (again.stage, again.stage_told, again.stage_set_at) == ("赢单", "", None)


def test_an_older_row_with_another_stage_turns_nothing_back(customer: Customer) -> None:
    told(customer, "报价", -3)
    moved(customer, "谈判")
    assert told(customer, "初步接触", -5) == (0, 1)
    assert Opportunity.objects.get().stage == "谈判"


def test_other_fields_of_the_row_are_taken(customer: Customer) -> None:
    told(customer, "报价", -3)
    moved(customer, "谈判")
    row = OpportunityRow(customer.key, "D1", "旧店", "报价", None, None, NOW + timedelta(days=1))
    children_write([row], {customer.key: customer.pk})
    kept = Opportunity.objects.get()
    assert (kept.name, kept.stage) == ("旧店", "谈判")


def test_moved_twice_it_remembers_what_the_source_said_and_moved_back_it_is_the_sources(customer: Customer) -> None:
    told(customer, "报价", -3)
    moved(customer, "谈判")
    assert moved(customer, "赢单").stage_told == "报价"
    back = moved(customer, "报价")
    assert (back.stage, back.stage_told, back.stage_set_at) == ("报价", "", None)


def test_a_deal_that_nobody_touched_follows_its_source(customer: Customer) -> None:
    told(customer, "报价", -3)
    told(customer, "报价", -3, key="D2")
    moved(customer, "谈判")
    told(customer, "赢单", 1, key="D2")
    assert dict(Opportunity.objects.values_list("key", "stage")) == {"D1": "谈判", "D2": "赢单"}
