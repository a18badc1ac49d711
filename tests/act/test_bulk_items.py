"""The same for many tasks, with one undo; the stage of opportunities."""

from __future__ import annotations

import pytest

from liuke.act import service as act
from liuke.act.store.models import Notice, WorkItem
from liuke.act.tasks import bulk
from liuke.alert.store.models import Alert
from liuke.base.errors import Forbidden, Invalid, NotFound
from liuke.facts.service.opportunities import opportunities_of, opportunity_stage_set, stages_known
from liuke.facts.store.models import Opportunity
from tests.alert.world import Company, at, scored

pytestmark = pytest.mark.django_db


@pytest.fixture
def items(acme: Company) -> list[WorkItem]:
    """An alert's item and one made by hand, both wang's."""
    act.customers_review(workspace=acme.workspace, as_of=at(0), kind="nightly", scored=[scored(acme.customers["wang1"], 95)])
    act.work_item_create(actor=acme.actor(acme.wang), customer_id=acme.customers["wang2"].pk, title="回访", due_at=at(1))
    return list(WorkItem.objects.order_by("pk"))


def ids(items: list[WorkItem]) -> list[int]:
    """Their ids."""
    return [item.pk for item in items]


def states(items: list[WorkItem]) -> list[tuple[object, ...]]:
    """How they stand now."""
    return list(WorkItem.objects.filter(pk__in=ids(items)).order_by("pk").values_list("status", "owner_id", "due_at", "finished_at"))


@pytest.mark.parametrize("action", ["claim", "assign", "postpone", "finish"])
def test_every_change_of_many_can_be_taken_back_alerts_included(acme: Company, items: list[WorkItem], action: str) -> None:
    actor = acme.actor(acme.supervisor)
    before, alert = states(items), Alert.objects.values("status", "owner_id", "close_reason").get()
    calls = {
        "claim": lambda: bulk.items_claim(actor=actor, item_ids=ids(items)),
        "assign": lambda: bulk.items_assign(actor=actor, item_ids=ids(items), owner_id=acme.li.pk),
        "postpone": lambda: bulk.items_postpone(actor=actor, item_ids=ids(items), due_at=at(5)),
        "finish": lambda: bulk.items_finish(actor=actor, item_ids=ids(items)),
    }
    changed = calls[action]()
    assert changed.changed == 2
    assert states(items) != before
    act.bulk_undo(actor=actor, token=changed.undo_token or "")
    assert states(items) == before
    assert Alert.objects.values("status", "owner_id", "close_reason").get() == alert


def test_finishing_closes_the_alert_and_assigning_moves_it_and_tells_the_new_owner(acme: Company, items: list[WorkItem]) -> None:
    actor = acme.actor(acme.supervisor)
    bulk.items_assign(actor=actor, item_ids=ids(items), owner_id=acme.li.pk)
    assert Alert.objects.get().owner_id == acme.li.pk
    assert Notice.objects.get(recipient=acme.li, key="notices.items_assigned").params["n"] == 2
    bulk.items_finish(actor=actor, item_ids=ids(items))
    assert Alert.objects.get().close_reason == "handled"


def test_what_is_finished_is_left_alone(acme: Company, items: list[WorkItem]) -> None:
    actor = acme.actor(acme.wang)
    bulk.items_finish(actor=actor, item_ids=ids(items))
    for changed in (
        bulk.items_claim(actor=actor, item_ids=ids(items)),
        bulk.items_finish(actor=actor, item_ids=ids(items)),
        bulk.items_postpone(actor=actor, item_ids=ids(items), due_at=at(3)),
    ):
        assert (changed.changed, changed.undo_token) == (0, None)


def test_one_task_that_is_not_seen_refuses_them_all(acme: Company, items: list[WorkItem]) -> None:
    other = act.work_item_create(actor=acme.actor(acme.outsider), customer_id=acme.customers["outsider1"].pk, title="x")
    with pytest.raises(NotFound):
        bulk.items_claim(actor=acme.actor(acme.wang), item_ids=[*ids(items), other.pk])
    assert {state[0] for state in states(items)} == {"todo"}


def test_limits_and_permissions_of_bulk_work(acme: Company, items: list[WorkItem]) -> None:
    wang = acme.actor(acme.wang)
    with pytest.raises(Invalid):
        bulk.items_claim(actor=wang, item_ids=range(1, 502))
    with pytest.raises(Invalid):
        bulk.items_postpone(actor=wang, item_ids=ids(items), due_at=at(0))
    with pytest.raises(Forbidden):
        bulk.items_assign(actor=wang, item_ids=ids(items), owner_id=acme.li.pk)
    with pytest.raises(Forbidden):
        bulk.items_finish(actor=acme.actor(acme.analyst), item_ids=ids(items))


def test_MOB_02_the_stage_of_an_opportunity_is_moved_by_who_handles_its_customer(acme: Company, stranger: Company) -> None:
    deal = Opportunity.objects.create(customer=acme.customers["wang1"], key="O1", name="新店", stage="报价", updated_at=at(-3))
    moved = opportunity_stage_set(actor=acme.actor(acme.wang), opportunity_id=deal.pk, stage=" 谈判 ")
    assert (moved.stage, moved.updated_at) == ("谈判", at(0))
    assert stages_known(acme.actor(acme.wang)) == ["谈判"]
    assert stages_known(stranger.actor(stranger.wang)) == []
    assert [row.pk for row in opportunities_of(actor=acme.actor(acme.wang), customer_id=acme.customers["wang1"].pk)] == [deal.pk]
    for actor in (acme.actor(acme.li), stranger.actor(stranger.admin)):
        with pytest.raises(NotFound):
            opportunity_stage_set(actor=actor, opportunity_id=deal.pk, stage="赢单")
    with pytest.raises(Forbidden):
        opportunity_stage_set(actor=acme.actor(acme.analyst), opportunity_id=deal.pk, stage="赢单")
    for stage in ("", "x" * 41):
        with pytest.raises(Invalid):
            opportunity_stage_set(actor=acme.actor(acme.wang), opportunity_id=deal.pk, stage=stage)
