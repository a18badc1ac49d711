"""Goals and exits: found whatever the arm, once, from what became known since the last look."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from liuke.act.playbooks import service
from liuke.act.store.models import Enrolment, Renewal
from liuke.alert.store.models import Alert
from liuke.facts.store.models import Contract, Customer
from liuke.segments.store.models import Tag, TagMembership
from tests.act.playbooks.world import OPENS, Fleet, document, node, stays
from tests.factories import make_customer

pytestmark = pytest.mark.django_db
SLEEP = [node("w", "wait", {"done": "e"}, days=60), node("e", "end")]
ORDER = {"kind": "order", "within_days": 30}


def sleeping(**parts: Any) -> dict[str, Any]:
    """A flow in which everybody stays for two months."""
    return document(SLEEP, **parts)


def test_an_order_within_the_time_reaches_the_goal_and_ends_the_flow_where_it_says_so(fleet: Fleet) -> None:
    playbook = fleet.playbook(sleeping(goal=ORDER, exits=["goal"]))
    fleet.enrol(playbook)
    fleet.wake()
    fleet.later(days=3)
    fleet.happens(fleet.customers[0], "order.placed")
    assert fleet.watch().goals == 1
    assert fleet.watch().goals == 0
    reached, other, _ = stays(playbook)
    assert (reached.status, reached.end_reason, reached.goal_at) == ("done", "goal", fleet.now - timedelta(seconds=1))
    assert (other.status, other.goal_at) == ("waiting", None)
    assert fleet.later(days=90).wake().enrolments == 2, "the one that is over is not woken"


def test_a_goal_does_not_end_a_flow_that_does_not_say_so(fleet: Fleet) -> None:
    playbook = fleet.playbook(sleeping(goal=ORDER))
    fleet.enrol(playbook)
    fleet.later(days=3)
    fleet.happens(fleet.customers[0], "order.placed")
    fleet.watch()
    first = stays(playbook)[0]
    assert first.goal_at is not None
    assert first.status == "active"


def test_what_came_before_the_entry_or_after_the_time_is_no_goal(fleet: Fleet) -> None:
    playbook = fleet.playbook(sleeping(goal=ORDER))
    fleet.happens(fleet.customers[0], "order.placed", OPENS - timedelta(hours=1))
    fleet.enrol(playbook)
    fleet.later(days=31)
    fleet.happens(fleet.customers[1], "order.placed")
    fleet.watch()
    assert {stay.goal_at for stay in stays(playbook)} == {None}


def test_BEY_02_both_arms_are_watched_alike_also_after_the_flow_is_over(fleet: Fleet) -> None:
    for _ in range(37):
        make_customer(fleet.workspace)
    playbook = fleet.playbook(document([node("e", "end")], goal=ORDER, holdout={"share": 0.5}, exits=["goal", "lost"]))
    everybody = list(Customer.objects.filter(workspace=fleet.workspace))
    fleet.enrol(playbook, everybody)
    fleet.wake()
    assert set(Enrolment.objects.filter(playbook=playbook, arm="treated").values_list("status", flat=True)) == {"done"}
    fleet.later(days=10)
    for customer in everybody:
        fleet.happens(customer, "order.placed")
    assert fleet.watch().goals == 40
    counts = service.arm_counts(actor=fleet.actor, playbook_id=playbook.pk)
    assert sum(arm.entered for arm in counts.values()) == 40
    for arm in counts.values():
        assert arm.entered == arm.reached == arm.over > 5


def test_a_hold_out_is_not_taken_out_by_what_takes_out_others(fleet: Fleet) -> None:
    playbook = fleet.playbook(sleeping(goal=ORDER, exits=["lost"], holdout={"share": 0.5}))
    for _ in range(20):
        make_customer(fleet.workspace)
    fleet.enrol(playbook, list(Customer.objects.filter(workspace=fleet.workspace)))
    Customer.objects.filter(workspace=fleet.workspace).update(status="lost")
    fleet.watch()
    ends = set(Enrolment.objects.filter(playbook=playbook).values_list("arm", "status", "end_reason"))
    assert ends == {("treated", "exited", "lost"), ("holdout", "waiting", "")}


def test_a_reply_in_a_chat_is_a_reply(fleet: Fleet) -> None:
    playbook = fleet.playbook(sleeping(goal={"kind": "reply", "within_days": 5}))
    fleet.enrol(playbook)
    fleet.later(days=1)
    fleet.happens(fleet.customers[1], "message.in")
    assert fleet.watch().goals == 1
    assert [stay.goal_at is not None for stay in stays(playbook)] == [False, True, False]


def test_a_renewal_that_is_decided_within_the_time_is_a_goal(fleet: Fleet) -> None:
    playbook = fleet.playbook(sleeping(goal={"kind": "renewed", "within_days": 30}))
    contracts = [
        Contract.objects.create(customer=customer, key="K", name="K", ends_on=OPENS.date(), amount=1, currency="CNY")
        for customer in fleet.customers
    ]
    Renewal.objects.create(contract=contracts[1], status="renewed", updated_at=OPENS - timedelta(days=1))
    fleet.enrol(playbook)
    fleet.later(days=2)
    Renewal.objects.create(contract=contracts[0], status="renewed", updated_at=fleet.now)
    Renewal.objects.create(contract=contracts[2], status="talking", updated_at=fleet.now)
    fleet.watch()
    assert [stay.goal_at for stay in stays(playbook)] == [fleet.now, None, None]


def test_a_score_below_a_threshold_is_a_goal(fleet: Fleet) -> None:
    playbook = fleet.playbook(sleeping(goal={"kind": "score_below", "value": 50, "within_days": 30}))
    calm, high, _ = fleet.customers
    fleet.enrol(playbook)
    fleet.later(days=1)
    fleet.frame({calm.pk: {"score": 49.9}, high.pk: {"score": 50.0}})
    fleet.watch()
    assert [stay.goal_at is not None for stay in stays(playbook)] == [True, False, False]


def test_a_closed_alert_takes_out_whom_it_let_in(fleet: Fleet) -> None:
    playbook = fleet.playbook(sleeping(trigger={"kind": "alert", "levels": ["high"]}, exits=["alert_closed"]))
    fleet.later(days=1)
    moments = {"opened_at": fleet.now, "updated_at": fleet.now, "level_since": fleet.now}
    for customer in fleet.customers:
        Alert.objects.create(workspace=fleet.workspace, customer=customer, level="high", score=95, peak_score=95, **moments)
    fleet.triggers()
    Alert.objects.filter(customer=fleet.customers[0]).update(status="closed")
    assert fleet.watch().exits == 1
    assert [(stay.status, stay.end_reason) for stay in stays(playbook)] == [("exited", "alert_closed"), ("active", ""), ("active", "")]


def test_leaving_the_segment_takes_out(fleet: Fleet) -> None:
    tag = Tag.objects.create(workspace=fleet.workspace, code="vip", name="VIP", kind="attribute")
    playbook = fleet.playbook(sleeping(trigger={"kind": "segment_entered", "tag": "vip"}, exits=["segment_left"]))
    fleet.later(days=1)
    for customer in fleet.customers:
        TagMembership.objects.create(tag=tag, customer=customer, since=fleet.now, changed_at=fleet.now)
    fleet.triggers()
    TagMembership.objects.filter(customer=fleet.customers[2]).update(until=fleet.now)
    fleet.watch()
    assert [stay.end_reason for stay in stays(playbook)] == ["", "", "segment_left"]


def test_recall_goes_on_although_the_customer_is_lost(fleet: Fleet) -> None:
    Customer.objects.filter(workspace=fleet.workspace).update(status="lost")
    playbook = fleet.playbook(sleeping(exits=["lost"]), kind="recall")
    fleet.enrol(playbook)
    assert fleet.watch().exits == 0
    Customer.objects.filter(pk=fleet.customers[0].pk).update(status="closed")
    assert fleet.watch().exits == 1


def test_a_paused_flow_is_watched_too(fleet: Fleet) -> None:
    playbook = fleet.playbook(sleeping(goal=ORDER))
    fleet.enrol(playbook)
    service.playbook_pause(actor=fleet.actor, playbook_id=playbook.pk)
    fleet.later(days=1)
    fleet.happens(fleet.customers[0], "order.placed")
    assert fleet.watch().goals == 1


def test_an_order_that_is_written_late_is_found_by_the_next_look(fleet: Fleet) -> None:
    playbook = fleet.playbook(sleeping(goal=ORDER))
    fleet.enrol(playbook)
    fleet.later(hours=5).watch()
    fleet.happens(fleet.customers[0], "order.placed", fleet.now - timedelta(hours=1))
    fleet.later(hours=1)
    assert fleet.watch().goals == 1
