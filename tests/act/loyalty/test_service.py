"""The ledger, coupons, referrals and the nightly run in the database; with strangers, repeats and what must be refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import AuditEntry, Workspace
from liuke.act.loyalty.accruing import loyalty_run
from liuke.act.loyalty.coupons import (
    coupon_give,
    coupon_issue,
    coupon_kind_archive,
    coupon_kind_save,
    coupon_redeem,
    coupon_void,
    kind_from_plain,
)
from liuke.act.loyalty.points import entry_reverse, points_adjust, points_grant, points_redeem
from liuke.act.loyalty.programme import programme_of, programme_publish, programme_restore
from liuke.act.loyalty.referrals import chain_of, referral_add, referral_remove
from liuke.act.store.models import CouponKind, LoyaltyMember, PointsEntry, Referral
from liuke.base.errors import Conflict, Forbidden, Invalid, NotFound
from liuke.base.times import to_us
from liuke.facts.store.models import Customer
from liuke.warehouse import Warehouse
from liuke.warehouse.frames import frame_write
from liuke.warehouse.local import LocalWarehouse
from tests.factories import make_actor, make_customer, make_workspace
from tests.show.world import activities_write, activity

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
SPEC = {
    "enabled": True, "starts_on": "2026-11-01", "expire_days": 30, "winback": {"points": 200, "silent_days": 90, "times": 1},
    "levels": [{"name": "银牌", "least": 1_000, "factor": 2}], "grace_days": 10, "referral": {"referrer": 500, "referred": 100, "depth": 2},
}  # fmt: skip
KIND = {"name": "满300减40", "form": "amount", "value": 40, "least_spend": 300, "cost": 40, "stock": 2, "valid_days": 3}


@pytest.fixture
def workspace() -> Workspace:
    return make_workspace(simulated_as_of=NOW)


@pytest.fixture
def actor(workspace: Workspace) -> Actor:
    return make_actor(workspace, Role.OPERATIONS)


@pytest.fixture
def customer(workspace: Workspace) -> Customer:
    return make_customer(workspace)


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    opened = LocalWarehouse(tmp_path)
    yield opened
    opened.close()


def balance(customer: Customer) -> int:
    """As the lists show it; it must be the sum of the ledger."""
    member = LoyaltyMember.objects.get(customer=customer)
    assert member.balance == sum(PointsEntry.objects.filter(customer=customer).values_list("points", flat=True))
    return member.balance


def orders(warehouse: Warehouse, workspace: Workspace, *rows: tuple[int, Customer, int, float], batch: str = "b1") -> None:
    """(number, customer, days ago, amount)."""
    found = [activity(customer.pk, number, NOW - timedelta(days=ago), "order.placed", amount) for number, customer, ago, amount in rows]
    activities_write(warehouse, workspace, found, batch=batch)


def scored(warehouse: Warehouse, workspace: Workspace, rows: list[tuple[Customer, str, float]]) -> None:
    """The last scoring's frame."""
    table = pa.table({
        "customer_id": pa.array([customer.pk for customer, _, _ in rows], pa.int64()),
        "level": [level for _, level, _ in rows],
        "annual_value": pa.array([value for _, _, value in rows], pa.float64()),
    })  # fmt: skip
    frame_write(warehouse, workspace.pk, as_of_us=to_us(NOW), frame=table)


def test_the_same_key_grants_once(workspace: Workspace, customer: Customer) -> None:
    first = points_grant(workspace_id=workspace.pk, customer_id=customer.pk, points=80, reason="playbook", key="e1:3", at=NOW)
    again = points_grant(workspace_id=workspace.pk, customer_id=customer.pk, points=80, reason="playbook", key="e1:3", at=NOW)
    assert first.pk == again.pk
    assert balance(customer) == 80
    with pytest.raises(Invalid, match="points_number"):
        points_grant(workspace_id=workspace.pk, customer_id=customer.pk, points=0, reason="playbook", key="e1:4", at=NOW)


def test_LOY_01_a_redemption_costs_a_customer_at_risk_fewer_points_and_never_more_than_there_are(
    workspace: Workspace, actor: Actor, customer: Customer
) -> None:
    programme_publish(actor=actor, spec=SPEC)
    points_adjust(actor=actor, customer_id=customer.pk, points=900, note="补偿", request_key="a")
    redeemed = points_redeem(actor=actor, customer_id=customer.pk, value=Decimal(10), risk="high", note="抵扣", request_key="r1")
    assert (redeemed.points, redeemed.value) == (-800, Decimal(10))
    again = points_redeem(actor=actor, customer_id=customer.pk, value=Decimal(10), risk="high", note="抵扣", request_key="r1")
    assert again.pk == redeemed.pk
    with pytest.raises(Conflict, match="points_short"):
        points_redeem(actor=actor, customer_id=customer.pk, value=Decimal(2), risk="normal", note="", request_key="r2")
    assert balance(customer) == 100
    assert AuditEntry.objects.filter(action="points_redeem").count() == 1


def test_a_line_is_taken_back_by_another_line_once(actor: Actor, customer: Customer) -> None:
    given = points_adjust(actor=actor, customer_id=customer.pk, points=50, note="误操作", request_key="a")
    back = entry_reverse(actor=actor, entry_id=given.pk, note="撤回")
    assert (back.points, back.ref) == (-50, str(given.pk))
    assert entry_reverse(actor=actor, entry_id=given.pk, note="撤回").pk == back.pk
    assert balance(customer) == 0
    with pytest.raises(NotFound):
        entry_reverse(actor=actor, entry_id=back.pk, note="")


def test_who_may_not_is_refused_and_a_stranger_s_customer_does_not_exist(workspace: Workspace, customer: Customer) -> None:
    manager, stranger = make_actor(workspace, Role.MANAGER), make_actor(make_workspace(), Role.ADMIN)
    with pytest.raises(Forbidden):
        points_adjust(actor=manager, customer_id=customer.pk, points=5, note="x", request_key="a")
    with pytest.raises(NotFound):
        points_adjust(actor=stranger, customer_id=customer.pk, points=5, note="x", request_key="a")
    with pytest.raises(NotFound):
        coupon_redeem(actor=stranger, code="NOPE")
    with pytest.raises(Invalid, match="points_note"):
        points_adjust(actor=make_actor(workspace, Role.OPERATIONS), customer_id=customer.pk, points=5, note=" ", request_key="a")


def test_orders_earn_once_with_the_level_and_the_risk_and_a_correction_moves_the_difference(
    workspace: Workspace, actor: Actor, customer: Customer, warehouse: Warehouse
) -> None:
    programme_publish(actor=actor, spec=SPEC)
    other = make_customer(workspace)
    orders(warehouse, workspace, (1, customer, 3, 100.0), (2, customer, 2, 50.0), (3, other, 2, 10.0), (4, other, 40, 999.0))
    scored(warehouse, workspace, [(customer, "high", 2_000.0), (other, "normal", 10.0)])
    assert loyalty_run(workspace=workspace, warehouse=warehouse, now=NOW) == {"lines": 3, "levels": 1, "lapsed": 0}
    assert (balance(customer), balance(other)) == (600, 10), "twice for the level, twice for the risk; nothing before the start"
    assert loyalty_run(workspace=workspace, warehouse=warehouse, now=NOW)["lines"] == 0
    later = NOW + timedelta(hours=2)
    corrected = activity(customer.pk, 2, NOW - timedelta(days=2), "order.placed", 20.0) | {"known_us": to_us(NOW + timedelta(hours=1))}
    activities_write(warehouse, workspace, [corrected], batch="b2")
    loyalty_run(workspace=workspace, warehouse=warehouse, now=later)
    assert balance(customer) == 480
    assert PointsEntry.objects.get(reason="correction").points == -120


def test_LOY_02_the_order_after_a_silence_brings_its_points(
    workspace: Workspace, actor: Actor, customer: Customer, warehouse: Warehouse
) -> None:
    programme_publish(actor=actor, spec=SPEC)
    orders(warehouse, workspace, (1, customer, 200, 5.0), (2, customer, 3, 30.0), (3, customer, 2, 30.0))
    loyalty_run(workspace=workspace, warehouse=warehouse, now=NOW)
    assert list(PointsEntry.objects.order_by("at").values_list("points", "reason", "note")) == [(230, "winback", "+200"), (30, "order", "")]


def test_a_cancelled_order_takes_its_points_back_but_never_more_than_are_there(
    workspace: Workspace, actor: Actor, customer: Customer, warehouse: Warehouse
) -> None:
    programme_publish(actor=actor, spec=SPEC)
    rows = [
        activity(customer.pk, 1, NOW - timedelta(days=3), "order.placed", 70.0),
        activity(customer.pk, 2, NOW - timedelta(days=2), "order.cancelled", 70.0),
        activity(customer.pk, 3, NOW - timedelta(days=1), "order.cancelled", 70.0),
    ]
    activities_write(warehouse, workspace, rows)
    loyalty_run(workspace=workspace, warehouse=warehouse, now=NOW)
    assert balance(customer) == 0


def test_LOY_03_a_level_is_kept_through_the_grace_in_the_nightly_run(
    workspace: Workspace, actor: Actor, customer: Customer, warehouse: Warehouse
) -> None:
    programme_publish(actor=actor, spec=SPEC)
    standings = []
    for days, value in ((0, 1_500.0), (1, 20.0), (11, 20.0), (12, 20.0)):
        scored(warehouse, workspace, [(customer, "normal", value)])
        loyalty_run(workspace=workspace, warehouse=warehouse, now=NOW + timedelta(days=days))
        member = LoyaltyMember.objects.get(customer=customer)
        standings.append((member.level, member.keep_until is not None))
    assert standings == [("银牌", False), ("银牌", True), ("银牌", True), ("", False)]


def test_points_lapse_at_their_end_and_only_what_is_left_of_them(
    workspace: Workspace, actor: Actor, customer: Customer, warehouse: Warehouse
) -> None:
    programme_publish(actor=actor, spec=SPEC)
    points_grant(workspace_id=workspace.pk, customer_id=customer.pk, points=300, reason="playbook", key="g", at=NOW)
    points_redeem(actor=actor, customer_id=customer.pk, value=Decimal(1), risk="normal", note="", request_key="r")
    after = NOW + timedelta(days=30)
    assert loyalty_run(workspace=workspace, warehouse=warehouse, now=after)["lapsed"] == 1
    assert loyalty_run(workspace=workspace, warehouse=warehouse, now=after)["lapsed"] == 0
    assert balance(customer) == 0
    assert PointsEntry.objects.get(reason="lapse").points == -200


def test_a_programme_that_is_off_does_nothing(workspace: Workspace, customer: Customer, warehouse: Warehouse) -> None:
    orders(warehouse, workspace, (1, customer, 3, 100.0))
    assert loyalty_run(workspace=workspace, warehouse=warehouse, now=NOW) == {"lines": 0, "levels": 0, "lapsed": 0}
    assert not programme_of(workspace.pk).enabled


def test_versions_of_the_programme_are_kept_and_an_earlier_one_comes_back_as_a_new_one(workspace: Workspace, actor: Actor) -> None:
    programme_publish(actor=actor, spec=SPEC)
    programme_publish(actor=actor, spec={**SPEC, "grace_days": 0}, note="不再保级")
    assert programme_of(workspace.pk).grace_days == 0
    assert programme_restore(actor=actor, number=1).number == 3
    assert programme_of(workspace.pk).grace_days == 10
    with pytest.raises(NotFound):
        programme_restore(actor=actor, number=9)
    with pytest.raises(Forbidden):
        programme_publish(actor=make_actor(workspace, Role.MANAGER), spec=SPEC)


def kind_of(actor: Actor, **change: object) -> CouponKind:
    return coupon_kind_save(actor=actor, given=kind_from_plain({**KIND, **change}))


def test_a_coupon_is_given_once_per_key_as_often_as_a_customer_may_have_it_and_while_there_is_stock(
    workspace: Workspace, actor: Actor
) -> None:
    kind, customers = kind_of(actor), [make_customer(workspace) for _ in range(3)]

    def issue(customer: Customer, key: str) -> str | None:
        coupon = coupon_issue(workspace_id=workspace.pk, customer_id=customer.pk, kind_code=kind.code, key=key, at=NOW)
        return coupon and coupon.code

    first = issue(customers[0], "k1")
    assert first is not None
    assert issue(customers[0], "k1") == first
    assert issue(customers[0], "k2") is None, "one each"
    assert issue(customers[1], "k3") is not None
    assert issue(customers[2], "k4") is None, "the stock of two is gone"
    kind.refresh_from_db()
    assert kind.issued == 2


def test_a_coupon_is_used_once_before_its_end_on_an_order_that_is_large_enough(
    workspace: Workspace, actor: Actor, customer: Customer
) -> None:
    kind = kind_of(actor)
    coupon = coupon_give(actor=actor, customer_id=customer.pk, kind_id=kind.pk, request_key="a")
    with pytest.raises(Conflict, match="coupon_least_spend"):
        coupon_redeem(actor=actor, code=coupon.code, amount=Decimal(299))
    used = coupon_redeem(actor=actor, code=f" {coupon.code.lower()} ", amount=Decimal(300))
    assert (used.redeemed_at, used.amount) == (NOW, Decimal(300))
    with pytest.raises(Conflict, match="coupon_used"):
        coupon_redeem(actor=actor, code=coupon.code, amount=Decimal(300))
    with pytest.raises(Conflict, match="coupon_used"):
        coupon_void(actor=actor, coupon_id=coupon.pk)
    other = coupon_give(actor=actor, customer_id=make_customer(workspace).pk, kind_id=kind.pk, request_key="b")
    Workspace.objects.filter(pk=workspace.pk).update(simulated_as_of=NOW + timedelta(days=3))
    with pytest.raises(Conflict, match="coupon_over"):
        coupon_redeem(actor=actor, code=other.code, amount=Decimal(300))


def test_a_coupon_taken_back_is_in_stock_again_and_good_for_nothing(workspace: Workspace, actor: Actor, customer: Customer) -> None:
    kind = kind_of(actor, stock=1)
    coupon = coupon_give(actor=actor, customer_id=customer.pk, kind_id=kind.pk, request_key="a")
    coupon_void(actor=actor, coupon_id=coupon.pk)
    with pytest.raises(Conflict, match="coupon_void"):
        coupon_redeem(actor=actor, code=coupon.code, amount=Decimal(300))
    assert coupon_give(actor=actor, customer_id=customer.pk, kind_id=kind.pk, request_key="b").code != coupon.code
    with pytest.raises(Conflict, match="coupon_none_left"):
        coupon_give(actor=actor, customer_id=make_customer(workspace).pk, kind_id=kind.pk, request_key="c")


def test_a_kind_that_was_put_away_or_whose_stock_would_fall_below_what_was_given(
    workspace: Workspace, actor: Actor, customer: Customer
) -> None:
    kind = kind_of(actor)
    coupon_give(actor=actor, customer_id=customer.pk, kind_id=kind.pk, request_key="a")
    with pytest.raises(Invalid) as caught:
        coupon_kind_save(actor=actor, kind_id=kind.pk, given=kind_from_plain({**KIND, "stock": 0}))
    assert caught.value.params["faults"] == [{"field": "stock", "got": 0, "allowed": "≥ 1"}]
    coupon_kind_archive(actor=actor, kind_id=kind.pk, archived=True)
    with pytest.raises(Conflict, match="coupon_none_left"):
        coupon_give(actor=actor, customer_id=make_customer(workspace).pk, kind_id=kind.pk, request_key="b")
    with pytest.raises(NotFound):
        coupon_kind_archive(actor=make_actor(make_workspace()), kind_id=kind.pk, archived=False)


def test_every_fault_of_a_coupon_is_named() -> None:
    with pytest.raises(Invalid) as caught:
        kind_from_plain({"name": "", "form": "free", "value": -1, "stock": -1, "valid_days": 0, "odd": 1})
    faults = caught.value.params["faults"]
    assert isinstance(faults, list)
    assert [fault["field"] for fault in faults] == ["odd", "form", "name", "value", "stock", "valid_days"]
    with pytest.raises(Invalid, match="coupon_kind"):
        kind_from_plain({**KIND, "value": 300})


def test_who_was_brought_earns_with_the_first_order_and_so_does_the_chain_above(
    workspace: Workspace, actor: Actor, warehouse: Warehouse
) -> None:
    programme_publish(actor=actor, spec=SPEC)
    first, second, third = (make_customer(workspace) for _ in range(3))
    referral_add(actor=actor, referrer_id=first.pk, referred_id=second.pk)
    referral_add(actor=actor, referrer_id=second.pk, referred_id=third.pk, note="展会")
    assert chain_of(third.pk) == [second.pk, first.pk]
    orders(warehouse, workspace, (1, third, 2, 0.0))
    for _ in range(2):
        loyalty_run(workspace=workspace, warehouse=warehouse, now=NOW)
    assert [balance(one) for one in (third, second, first)] == [100, 500, 100]
    with pytest.raises(Conflict, match="referral_rewarded"):
        referral_remove(actor=actor, referral_id=Referral.objects.get(referred=third).pk)
    referral_remove(actor=actor, referral_id=Referral.objects.get(referred=second).pk)
    assert Referral.objects.count() == 1


def test_a_referral_of_oneself_twice_or_in_a_circle_is_refused(workspace: Workspace, actor: Actor) -> None:
    first, second = make_customer(workspace), make_customer(workspace)
    with pytest.raises(Invalid, match="referral_self"):
        referral_add(actor=actor, referrer_id=first.pk, referred_id=first.pk)
    referral_add(actor=actor, referrer_id=first.pk, referred_id=second.pk)
    with pytest.raises(Conflict, match="referral_known"):
        referral_add(actor=actor, referrer_id=make_customer(workspace).pk, referred_id=second.pk)
    with pytest.raises(Conflict, match="referral_circle"):
        referral_add(actor=actor, referrer_id=second.pk, referred_id=first.pk)
