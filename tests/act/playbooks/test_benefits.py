"""Coupons and points by steps: once per visit, within stock, fair price and the flow's budget (BEY-08, LOY-02, PLY-10)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from liuke.act.playbooks.engine.benefits import coupons_given
from liuke.act.playbooks.engine.flows import Flow, flow_of
from liuke.act.store.models import (
    CouponCode,
    CouponKind,
    CustomerMessage,
    GovernorDecision,
    LoyaltyMember,
    Playbook,
    PlaybookVersion,
    PointsEntry,
)
from liuke.signals.service.columns import catalogue_of
from tests.act.playbooks.world import OPENS, Fleet, document, node, path, stays

pytestmark = pytest.mark.django_db
WAYS = [node("c", "coupon", {"done": "y", "none": "n"}, coupon="off40"), node("y", "end"), node("n", "end")]


def kind(fleet: Fleet, code: str = "off40", **change: object) -> CouponKind:
    values = {"name": code, "form": "amount", "value": Decimal(40), "cost": Decimal(3), "stock": 2, "created_at": OPENS}
    return CouponKind.objects.create(workspace=fleet.workspace, code=code, **(values | change))


def ways(fleet: Fleet, spec: dict[str, object]) -> list[str]:
    playbook = fleet.playbook(spec)
    fleet.enrol(playbook)
    fleet.wake()
    return [path(stay)[0][1] for stay in stays(playbook)]


def test_a_coupon_is_given_while_there_is_stock_and_the_others_go_the_other_way(fleet: Fleet) -> None:
    kind(fleet)
    assert ways(fleet, document(WAYS)) == ["done", "done", "none"]
    assert CouponCode.objects.filter(workspace=fleet.workspace).count() == 2
    fleet.wake()
    assert CouponCode.objects.filter(workspace=fleet.workspace).count() == 2, "waking again gives nothing"


def test_PIPL_24_customers_of_one_tier_get_offers_of_one_class(fleet: Fleet) -> None:
    kind(fleet, stock=None, offer_class="8折")
    other = kind(fleet, "old", stock=None, offer_class="7折")
    first, second, third = fleet.customers
    fleet.frame({first.pk: {"tier": "high"}, second.pk: {"tier": "high"}, third.pk: {"tier": "low"}})
    CouponCode.objects.create(
        workspace=fleet.workspace, kind=other, customer=first, code="A", key="a", issued_at=OPENS - timedelta(days=2),
        expires_at=OPENS, given_for="playbook:1:high",
    )  # fmt: skip
    assert ways(fleet, document(WAYS)) == ["none", "none", "done"]
    refused = GovernorDecision.objects.filter(rule="fair_price")
    assert {row.customer_id for row in refused} == {first.pk, second.pk}


def test_an_offer_long_ago_binds_nobody(fleet: Fleet) -> None:
    kind(fleet, stock=None, offer_class="8折")
    other = kind(fleet, "old", stock=None, offer_class="7折")
    fleet.frame({customer.pk: {"tier": "high"} for customer in fleet.customers})
    CouponCode.objects.create(
        workspace=fleet.workspace, kind=other, customer=fleet.customers[0], code="A", key="a", issued_at=OPENS - timedelta(days=40),
        expires_at=OPENS, given_for="playbook:1:high",
    )  # fmt: skip
    assert ways(fleet, document(WAYS)) == ["done", "done", "done"]


def test_what_coupons_cost_counts_against_the_budget_per_head_and_of_the_flow(fleet: Fleet) -> None:
    kind(fleet, stock=None)
    assert ways(fleet, document(WAYS) | {"budget": {"per_head": 2, "total": None}}) == ["none", "none", "none"]
    assert ways(fleet, document(WAYS) | {"budget": {"per_head": 5, "total": 4}}) == ["done", "none", "none"]
    assert GovernorDecision.objects.filter(rule="budget").count() == 5


MESSAGED = [
    node("c", "coupon", {"done": "m", "none": "n"}, coupon="off40"),
    node("m", "message", {"done": "y", "refused": "n"}, channel="email", template="coupon_given", purpose="marketing"),
    node("y", "end"),
    node("n", "end"),
]


def test_PIPL_24_a_message_after_a_coupon_tells_of_it_and_carries_its_offer_by_itself(fleet: Fleet) -> None:
    kind(fleet, name="72小时8折券", stock=None, offer_class="8折", valid_days=3)
    fleet.frame({customer.pk: {"tier": "mid"} for customer in fleet.customers})
    ways(fleet, document(MESSAGED))
    rows = list(CustomerMessage.objects.filter(workspace=fleet.workspace).order_by("customer_id"))
    assert [(row.offer, row.offer_segment, row.offer_reason) for row in rows] == [("8折", "mid", "flow")] * 3
    given = coupons_given(flow_like(rows[0]), {row.enrolment_id for row in rows})
    codes = dict(CouponCode.objects.values_list("customer_id", "code"))
    for row in rows:
        words = dict(given[row.enrolment_id].variables)
        assert words == {
            "优惠": "72小时8折券",
            "优惠券码": codes[row.customer_id],
            "优惠到期": (OPENS + timedelta(days=3)).date().isoformat(),
        }


def flow_like(message: CustomerMessage) -> Flow:
    """The flow of a message, as the engine runs it."""
    playbook = Playbook.objects.get(pk=message.playbook_id)
    flow = flow_of(playbook, PlaybookVersion.objects.get(playbook=playbook), catalogue_of(playbook.workspace))
    assert flow is not None
    return flow


def test_a_service_message_and_one_of_a_coupon_without_class_carry_no_offer(fleet: Fleet) -> None:
    kind(fleet, stock=None, offer_class="")
    fleet.frame({customer.pk: {"tier": "mid"} for customer in fleet.customers})
    ways(fleet, document(MESSAGED))
    assert set(CustomerMessage.objects.values_list("offer", flat=True)) == {""}


def test_a_coupon_that_was_taken_back_or_used_is_told_by_no_message(fleet: Fleet) -> None:
    kind(fleet, stock=None, offer_class="8折")
    fleet.frame({customer.pk: {"tier": "mid"} for customer in fleet.customers})
    ways(fleet, document(MESSAGED))
    flow, stayed = flow_like(CustomerMessage.objects.all()[0]), set(CustomerMessage.objects.values_list("enrolment_id", flat=True))
    first, second, _ = CouponCode.objects.order_by("pk")
    CouponCode.objects.filter(pk=first.pk).update(voided_at=OPENS)
    CouponCode.objects.filter(pk=second.pk).update(redeemed_at=OPENS)
    assert len(coupons_given(flow, stayed)) == 1


def test_points_are_a_line_of_the_ledger_once(fleet: Fleet) -> None:
    playbook = fleet.playbook(document([node("p", "points", {"done": "e"}, points=80, note="回归礼"), node("e", "end")]))
    fleet.enrol(playbook)
    fleet.wake()
    fleet.wake()
    assert set(PointsEntry.objects.filter(workspace=fleet.workspace).values_list("points", "reason", "note")) == {
        (80, "playbook", "回归礼")
    }
    assert list(LoyaltyMember.objects.filter(workspace=fleet.workspace).values_list("balance", flat=True)) == [80, 80, 80]


def test_a_hold_out_gets_neither(fleet: Fleet) -> None:
    kind(fleet, stock=None)
    playbook = fleet.playbook(document(WAYS) | {"holdout": {"share": 0.5}})
    fleet.enrol(playbook)
    fleet.wake()
    treated = {stay.customer_id for stay in stays(playbook) if stay.arm == "treated"}
    assert {row.customer_id for row in CouponCode.objects.filter(workspace=fleet.workspace)} == treated
