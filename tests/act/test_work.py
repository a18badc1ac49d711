"""跟进: two taps, once each."""

from __future__ import annotations

from typing import Any

import pytest

from liuke.accounts.store.models import AuditEntry
from liuke.act import service as act
from liuke.act.store.models import FollowUp, WorkItem
from liuke.alert.store.models import Alert
from liuke.base.errors import Conflict, Forbidden, Invalid
from tests.alert.world import Company, at, scored

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(acme: Company) -> WorkItem:
    """The item of wang's alert."""
    act.customers_review(workspace=acme.workspace, as_of=at(0), kind="nightly", scored=[scored(acme.customers["wang1"], 95)])
    return WorkItem.objects.get()


def test_ALT_13_one_follow_up_takes_the_item_in_hand_and_sets_the_next_date(acme: Company, item: WorkItem) -> None:
    act.follow_up_record(actor=acme.actor(acme.wang), item_id=item.pk, result="missed", note="未接", next_at=at(2), request_key="tap-1")
    item.refresh_from_db()
    assert (item.status, item.due_at) == ("doing", at(2))


def test_ALT_13_the_same_tap_sent_twice_is_one_follow_up(acme: Company, item: WorkItem) -> None:
    actor = acme.actor(acme.wang)
    first = act.follow_up_record(actor=actor, item_id=item.pk, result="reached", request_key="tap-1", done=True)
    again = act.follow_up_record(actor=actor, item_id=item.pk, result="reached", request_key="tap-1", done=True)
    assert first.pk == again.pk
    assert FollowUp.objects.count() == 1


def test_ALT_13_a_follow_up_that_is_done_finishes_item_and_alert_and_both_can_be_reopened(acme: Company, item: WorkItem) -> None:
    actor = acme.actor(acme.wang)
    act.follow_up_record(actor=actor, item_id=item.pk, result="reached", request_key="tap-1", done=True)
    assert Alert.objects.get().close_reason == "handled"
    assert act.work_item_get(actor=actor, item_id=item.pk).status == "done"
    assert act.work_item_reopen(actor=actor, item_id=item.pk).status == "doing"
    assert Alert.objects.get().status == "open"


def test_an_item_whose_customer_has_a_newer_alert_cannot_be_reopened(acme: Company, item: WorkItem) -> None:
    actor = acme.actor(acme.wang)
    act.work_item_complete(actor=actor, item_id=item.pk)
    newer = Alert.objects.get()
    newer.pk, newer.status = None, "open"
    newer.save()
    with pytest.raises(Conflict):
        act.work_item_reopen(actor=actor, item_id=item.pk)


def test_a_request_key_of_another_item_is_refused(acme: Company, item: WorkItem) -> None:
    actor = acme.actor(acme.wang)
    other = act.work_item_create(actor=actor, customer_id=acme.customers["wang2"].pk, title="回访")
    act.follow_up_record(actor=actor, item_id=item.pk, result="note", request_key="tap-1")
    with pytest.raises(Conflict):
        act.follow_up_record(actor=actor, item_id=other.pk, result="note", request_key="tap-1")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"result": "called"}, "follow_up_result"),
        ({"result": "rescheduled"}, "follow_up_next"),
        ({"result": "reached", "next_at": at(-1)}, "follow_up_next"),
        ({"result": "reached", "request_key": ""}, "request_key"),
        ({"result": "reached", "request_key": "k" * 65}, "request_key"),
    ],
)
def test_a_follow_up_that_lacks_something_says_what(acme: Company, item: WorkItem, given: dict[str, Any], code: str) -> None:
    with pytest.raises(Invalid) as caught:
        act.follow_up_record(**{"actor": acme.actor(acme.wang), "item_id": item.pk, "request_key": "tap-1", **given})
    assert caught.value.code == code
    assert not FollowUp.objects.exists()


def test_a_finished_item_takes_no_follow_up(acme: Company, item: WorkItem) -> None:
    actor = acme.actor(acme.wang)
    act.work_item_complete(actor=actor, item_id=item.pk)
    with pytest.raises(Conflict):
        act.follow_up_record(actor=actor, item_id=item.pk, result="reached", request_key="tap-1")


def test_a_manual_item_can_be_made_changed_dropped_and_reopened(acme: Company) -> None:
    actor = acme.actor(acme.wang)
    item = act.work_item_create(actor=actor, customer_id=acme.customers["wang1"].pk, title=" 季度回访 ", due_at=at(3))
    assert (item.kind, item.title, item.owner_id) == ("manual", "季度回访", acme.wang.pk)
    assert act.work_item_update(actor=actor, item_id=item.pk, note="带样品", due_at=at(5)).due_at == at(5)
    assert act.work_item_cancel(actor=actor, item_id=item.pk).status == "cancelled"
    assert act.work_item_reopen(actor=actor, item_id=item.pk).status == "todo"
    assert AuditEntry.objects.filter(object_type="work_item").count() == 4


def test_an_alert_s_item_cannot_be_dropped_alone(acme: Company, item: WorkItem) -> None:
    with pytest.raises(Conflict):
        act.work_item_cancel(actor=acme.actor(acme.wang), item_id=item.pk)


def test_an_item_needs_a_title_and_giving_it_away_needs_the_permission(acme: Company) -> None:
    actor = acme.actor(acme.wang)
    with pytest.raises(Invalid):
        act.work_item_create(actor=actor, customer_id=acme.customers["wang1"].pk, title="  ")
    with pytest.raises(Forbidden):
        act.work_item_create(actor=actor, customer_id=acme.customers["wang1"].pk, title="x", owner_id=acme.li.pk)


def test_reassigning_an_item_moves_its_alert(acme: Company, item: WorkItem) -> None:
    act.work_item_assign(actor=acme.actor(acme.supervisor), item_id=item.pk, owner_id=acme.li.pk)
    assert Alert.objects.get().owner == acme.li


def test_whoever_claims_an_unowned_item_owns_it_and_its_alert(acme: Company, item: WorkItem) -> None:
    WorkItem.objects.update(owner=None)
    Alert.objects.update(owner=None)
    act.work_item_claim(actor=acme.actor(acme.wang), item_id=item.pk)
    assert Alert.objects.get().owner == acme.wang


def test_what_is_in_hand_goes_back_to_do_with_its_owner(acme: Company) -> None:
    actor = acme.actor(acme.wang)
    item = act.work_item_create(actor=actor, customer_id=acme.customers["wang1"].pk, title="回访")
    act.work_item_claim(actor=actor, item_id=item.pk)
    for _ in range(2):
        assert act.work_item_reopen(actor=actor, item_id=item.pk).status == WorkItem.Status.TODO
    assert WorkItem.objects.get(pk=item.pk).owner_id == acme.wang.pk
    assert AuditEntry.objects.filter(action="work_item_put_back").count() == 1
