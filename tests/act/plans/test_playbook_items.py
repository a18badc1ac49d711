"""Work items that playbooks ask for: one per key, with owner, date and checklist."""

from __future__ import annotations

import pytest

from liuke.act import service as act
from liuke.act.store.models import Plan, PlanStep, WorkItem
from liuke.base.errors import NotFound
from tests.alert.world import Company, at

pytestmark = pytest.mark.django_db


def asked(acme: Company, key: str = "e1:n2", **fields: object) -> WorkItem:
    """The item of one playbook step for wang's first customer."""
    given = {"title": "电话关怀", "owner_id": None, "due_at": at(2), "plan_code": "complaint-48h", "note": "", "key": key, "at": at(0)}
    return act.item_for_playbook(workspace=acme.workspace, customer_id=acme.customers["wang1"].pk, **(given | fields))


def test_the_item_goes_to_the_customers_owner_with_its_checklist(acme: Company) -> None:
    item = asked(acme)
    assert (item.kind, item.owner_id, item.due_at) == ("playbook", acme.wang.pk, at(2))
    assert [step.due_at for step in PlanStep.objects.filter(work_item=item).order_by("position")][:3] == [at(0, 4), at(1), at(2)]


def test_a_named_owner_is_kept(acme: Company) -> None:
    assert asked(acme, owner_id=acme.li.pk).owner_id == acme.li.pk


def test_the_same_key_twice_is_one_item_with_one_checklist(acme: Company) -> None:
    first, again = asked(acme), asked(acme)
    assert first.pk == again.pk
    assert (WorkItem.objects.count(), Plan.objects.count()) == (1, 1)


def test_a_key_twice_within_one_call_is_one_item(acme: Company) -> None:
    ask = act.ItemAsk(acme.customers["wang1"].pk, "回访", "k")
    items = act.items_for_playbook_many(workspace=acme.workspace, asks=[ask, ask], at=at(0))
    assert items[0].pk == items[1].pk
    assert WorkItem.objects.count() == 1


def test_many_items_are_answered_in_the_order_in_which_they_were_asked_for(acme: Company) -> None:
    asks = [act.ItemAsk(acme.customers[name].pk, name, f"k-{name}") for name in ("li2", "wang1", "outsider1")]
    items = act.items_for_playbook_many(workspace=acme.workspace, asks=asks, at=at(0))
    assert [item.title for item in items] == ["li2", "wang1", "outsider1"]
    assert [item.owner_id for item in items] == [acme.li.pk, acme.wang.pk, acme.outsider.pk]


def test_keys_of_two_workspaces_do_not_meet(acme: Company, stranger: Company) -> None:
    mine = asked(acme)
    theirs = act.item_for_playbook(
        workspace=stranger.workspace, customer_id=stranger.customers["wang1"].pk, title="x", owner_id=None, due_at=None, plan_code=None,
        note="", key="e1:n2", at=at(0),
    )  # fmt: skip
    assert mine.pk != theirs.pk


def test_a_customer_of_another_workspace_is_not_found(acme: Company, stranger: Company) -> None:
    ask = act.ItemAsk(stranger.customers["wang1"].pk, "x", "k")
    with pytest.raises(NotFound) as caught:
        act.items_for_playbook_many(workspace=acme.workspace, asks=[ask], at=at(0))
    assert caught.value.code == "customer_unknown"


def test_a_plan_that_is_not_in_use_is_not_found(acme: Company) -> None:
    with pytest.raises(NotFound) as caught:
        asked(acme, plan_code="nothing")
    assert caught.value.code == "plan_not_found"
