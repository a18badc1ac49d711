"""试运行: the same steps on the same customers, the governor's word on every message, and nothing written."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from liuke.act.playbooks import service
from liuke.act.store.models import Channel, CouponCode, CouponKind, CustomerMessage, Enrolment, PlaybookRefusal, WorkItem
from liuke.alert.store.models import Alert
from liuke.base.errors import Invalid
from liuke.facts.store.models import Contact, Customer
from liuke.jobs.store.models import OutboxMessage
from tests.act.playbooks.world import OPENS, Fleet, document, node
from tests.factories import make_customer

pytestmark = pytest.mark.django_db
CALL = [node("w", "wait", {"done": "i"}, days=2), node("i", "work_item", {"done": "e"}, title="回访"), node("e", "end")]
GREET = {"channel": "email", "template": "care_checkin", "purpose": "service", "cost": 0.5}


def simulated(fleet: Fleet, spec: dict[str, Any], **more: Any) -> service.Simulation:
    """The flow walked in thought."""
    return service.playbook_simulate(workspace=fleet.workspace, warehouse=fleet.warehouse, spec=spec, **more)


def test_it_says_who_does_what_on_which_day_and_writes_nothing(fleet: Fleet) -> None:
    found = simulated(fleet, document(CALL), days=10)
    assert (found.candidates, found.entered, found.holdout, found.by_node) == (3, 3, 0, {"w": 3, "i": 3, "e": 3})
    assert [(day.day, day.total) for day in found.days] == [((OPENS + timedelta(days=2)).date(), 9)]
    assert {act.customer for act in found.days[0].acts} == {customer.name for customer in fleet.customers}
    for model in (Enrolment, WorkItem, CustomerMessage, OutboxMessage, PlaybookRefusal):
        assert not model.objects.exists()


def test_it_ends_with_its_days(fleet: Fleet) -> None:
    assert simulated(fleet, document(CALL), days=2).by_node == {}
    assert simulated(fleet, document(CALL), days=3).by_node == {"w": 3, "i": 3, "e": 3}


def test_it_is_what_the_flow_then_does(fleet: Fleet) -> None:
    rule = {"column": "score", "op": "ge", "value": 50}
    nodes = [node("b", "branch", {"yes": "w", "no": "e"}, when=rule), *CALL]
    spec = document(nodes, audience={"when": {"column": "score", "op": "ge", "value": 10}})
    fleet.frame({customer.pk: {"score": score} for customer, score in zip(fleet.customers, (5.0, 20.0, 80.0), strict=True)})
    thought = simulated(fleet, spec, days=10)
    playbook = fleet.playbook(spec)
    fleet.enrol(playbook)
    for _ in range(10):
        fleet.wake()
        fleet.later(days=1)
    counts = service.node_counts(actor=fleet.actor, playbook_id=playbook.pk)
    assert dict(counts.left) == thought.by_node
    assert thought.refused == {"audience": 1}


def test_the_governor_judges_each_message_and_its_caps_hold_over_the_days(fleet: Fleet) -> None:
    Channel.objects.create(workspace=fleet.workspace, kind="email", name="邮件")
    Contact.objects.create(customer=fleet.customers[0], key="c", name="王总", email="wang@shop.example", is_key=True)
    again = [node(f"m{n}", "message", {"done": f"m{n + 1}" if n < 9 else "e"}, **GREET) for n in range(10)]
    found = simulated(fleet, document([*again, node("e", "end")]), days=3)
    assert found.messages["no_address"] == 20
    assert 0 < found.messages["allowed"] < 10
    assert found.messages["frequency"] == 10 - found.messages["allowed"]
    assert found.cost == Decimal("0.5") * found.messages["allowed"]


def test_nobody_responds_unless_a_share_is_assumed_and_both_are_said(fleet: Fleet) -> None:
    spec = document([node("f", "wait_for", {"yes": "y", "timeout": "t"}, what=["reply"], days=5), node("y", "end"), node("t", "end")])
    silent = simulated(fleet, spec, days=10)
    assert silent.by_node == {"f": 3, "t": 3}
    assert "nobody_responds" in silent.assumed
    all_answer = simulated(fleet, spec, days=10, response=1.0)
    assert all_answer.by_node == {"f": 3, "y": 3}
    assert all_answer.days[0].day == (OPENS + timedelta(days=1)).date()
    assert "some_respond" in all_answer.assumed


def test_an_approval_is_assumed_and_that_is_said(fleet: Fleet) -> None:
    found = simulated(fleet, document([node("a", "approval", {"approved": "e"}, text="x", days=3), node("e", "end")]), days=5)
    assert found.by_node == {"a": 3, "e": 3}
    assert "approved" in found.assumed


def test_open_alerts_are_the_candidates_of_an_alert_flow(fleet: Fleet) -> None:
    moments = {"opened_at": OPENS - timedelta(days=80), "updated_at": OPENS, "level_since": OPENS - timedelta(days=80)}
    Alert.objects.create(workspace=fleet.workspace, customer=fleet.customers[0], level="high", score=95, peak_score=95, **moments)
    found = simulated(fleet, document(CALL, trigger={"kind": "alert", "levels": ["high"]}), days=5)
    assert (found.candidates, found.entered) == (1, 1)
    assert "open_alerts" in found.assumed


def test_hold_out_and_lost_customers_are_counted_apart(fleet: Fleet) -> None:
    for _ in range(97):
        make_customer(fleet.workspace)
    found = simulated(fleet, document(CALL, holdout={"share": 0.5}), days=5)
    assert found.candidates == 100
    assert found.entered + found.holdout == 100
    assert 30 < found.holdout < 70
    cut = simulated(fleet, document(CALL), days=5, limit=10)
    assert cut.by_node == {"w": 10, "i": 10, "e": 10}
    assert "cut" in cut.assumed
    assert Customer.objects.count() == 100


COUPON = [node("c", "coupon", {"done": "y", "none": "n"}, coupon="off40"), node("y", "end"), node("n", "end")]


def offer(fleet: Fleet, code: str = "off40", **change: Any) -> CouponKind:
    """A kind of coupon with two to give, three each."""
    values = {"name": code, "form": "amount", "value": Decimal(40), "cost": Decimal(3), "stock": 2, "created_at": OPENS}
    return CouponKind.objects.create(workspace=fleet.workspace, code=code, **(values | change))


def had(fleet: Fleet, kind: CouponKind, customer: Customer, given_for: str, *, days_ago: int = 2) -> CouponCode:
    """A coupon that was given before."""
    at = OPENS - timedelta(days=days_ago)
    return CouponCode.objects.create(
        workspace=fleet.workspace, kind=kind, customer=customer, code=f"A{days_ago}{customer.pk}", key=f"a{days_ago}{customer.pk}",
        issued_at=at, expires_at=OPENS + timedelta(days=9), given_for=given_for,
    )  # fmt: skip


def test_coupons_are_given_in_thought_while_there_is_stock_and_nothing_is_taken_from_it(fleet: Fleet) -> None:
    kind = offer(fleet)
    found = simulated(fleet, document(COUPON), days=3)
    assert found.coupons == {"allowed": 2, "none_left": 1}
    assert (found.by_node["y"], found.by_node["n"], found.cost, found.messages) == (2, 1, Decimal(6), {})
    kind.refresh_from_db()
    assert (kind.issued, CouponCode.objects.count()) == (0, 0)


def test_a_kind_that_is_switched_off_or_was_had_is_not_given(fleet: Fleet) -> None:
    kind = offer(fleet, stock=None)
    had(fleet, kind, fleet.customers[0], "hand")
    assert simulated(fleet, document(COUPON), days=3).coupons == {"none_left": 1, "allowed": 2}
    CouponKind.objects.update(enabled=False)
    assert simulated(fleet, document(COUPON), days=3).coupons == {"none_left": 3}


def test_a_trial_keeps_prices_fair_within_a_tier_as_the_flow_does(fleet: Fleet) -> None:
    offer(fleet, stock=None, offer_class="8折")
    other = offer(fleet, "old", stock=None, offer_class="7折")
    first, second, third = fleet.customers
    fleet.frame({first.pk: {"tier": "high"}, second.pk: {"tier": "high"}, third.pk: {"tier": "low"}})
    had(fleet, other, first, "playbook:1:high")
    assert simulated(fleet, document(COUPON), days=3).coupons == {"fair_price": 2, "allowed": 1}
    CouponCode.objects.update(issued_at=OPENS - timedelta(days=40))
    assert simulated(fleet, document(COUPON), days=3).coupons == {"allowed": 3}, "an offer long ago binds nobody"


@pytest.mark.parametrize(
    ("budget", "words"),
    [
        ({"per_head": 2, "total": None}, {"budget": 3}),
        ({"per_head": 5, "total": 4}, {"allowed": 1, "budget": 2}),
        ({"per_head": 5, "total": None}, {"allowed": 3}),
    ],
)
def test_a_trial_spends_the_budget_of_the_flow(fleet: Fleet, budget: dict[str, Any], words: dict[str, int]) -> None:
    offer(fleet, stock=None)
    assert simulated(fleet, document(COUPON) | {"budget": budget}, days=3).coupons == words


def test_what_the_flow_has_spent_in_earnest_is_spent_in_its_trial_too(fleet: Fleet) -> None:
    kind = offer(fleet, stock=None, per_customer=5)
    spec = document(COUPON) | {"budget": {"per_head": 5, "total": None}}
    playbook = fleet.playbook(spec)
    had(fleet, kind, fleet.customers[0], f"playbook:{playbook.pk}:")
    assert simulated(fleet, spec, days=3, playbook=playbook).coupons == {"budget": 1, "allowed": 2}
    assert simulated(fleet, spec, days=3).coupons == {"allowed": 3}, "a new flow has spent nothing"


def test_coupons_in_thought_are_those_that_the_flow_then_gives(fleet: Fleet) -> None:
    offer(fleet, stock=2, offer_class="8折")
    fleet.frame({customer.pk: {"tier": "high"} for customer in fleet.customers})
    spec = document([node("w", "wait", {"done": "c"}, days=1), *COUPON]) | {"budget": {"per_head": 4, "total": 10}}
    thought = simulated(fleet, spec, days=5)
    playbook = fleet.playbook(spec)
    fleet.enrol(playbook)
    for _ in range(4):
        fleet.wake()
        fleet.later(days=1)
    assert dict(service.node_counts(actor=fleet.actor, playbook_id=playbook.pk).left) == thought.by_node
    assert CouponCode.objects.count() == thought.coupons["allowed"] == 2


@pytest.mark.parametrize("days", [0, 91])
def test_days_have_bounds(fleet: Fleet, days: int) -> None:
    with pytest.raises(Invalid):
        simulated(fleet, document(CALL), days=days)


def test_faults_of_the_document_are_told(fleet: Fleet) -> None:
    with pytest.raises(Invalid) as told:
        simulated(fleet, document(CALL, start="x"))
    assert told.value.code == "playbook"
