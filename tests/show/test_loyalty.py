"""权益 by the API: what a customer has at stake, the months beside the losses, and what a reader may not see."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from liuke.act.loyalty.points import Line, lines_append
from liuke.act.store.models import CouponCode, LoyaltyMember, LoyaltyVersion
from liuke.learn.store.models import Outcome
from tests.factories import make_customer
from tests.show.world import NOW, World

pytestmark = pytest.mark.django_db


def send(world: World, asker: str, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """Status and body of a POST."""
    answer = world.client(asker).post(world.url(path), json.dumps(body), content_type="application/json")
    return answer.status_code, answer.json()


def programme(world: World, **change: object) -> None:
    """The next version of the world's programme."""
    before = LoyaltyVersion.objects.get(workspace=world.workspace)
    LoyaltyVersion.objects.create(workspace=world.workspace, number=2, spec={**before.spec, **change}, created_at=NOW)


def test_LOY_03_what_leaving_would_forfeit_is_points_and_open_coupons_together(world: World) -> None:
    found = world.get("manager", "/customers/{customer}/loyalty")
    assert (found["balance"], found["worth"], found["at_stake"]) == (5_000, 50.0, 90.0)
    assert [(coupon["code"], coupon["state"], coupon["text"]) for coupon in found["coupons"]] == [
        ("WELCOME22222", "open", "满 ¥300 减 ¥40")
    ]  # fmt: skip
    CouponCode.objects.update(expires_at=NOW)
    over = world.get("manager", "/customers/{customer}/loyalty")
    assert (over["at_stake"], over["coupons"][0]["state"]) == (50.0, "over")


def test_points_that_end_within_a_month_and_the_next_level_are_told(world: World) -> None:
    programme(world, levels=[{"name": "银牌", "least": 100, "factor": 1}, {"name": "金牌", "least": 9_000, "factor": 1}])
    soon, late = NOW + timedelta(days=9), NOW + timedelta(days=90)
    lines_append(
        world.workspace.pk,
        [Line(world.customer.pk, points, "manual", f"e{points}", NOW, end) for points, end in ((70, soon), (30, late))],
    )
    LoyaltyMember.objects.update(yearly=Decimal(2_000), level="银牌", keep_until=date(2026, 12, 30))
    found = world.get("manager", "/customers/{customer}/loyalty")
    assert (found["ending_points"], found["member_level"], found["keep_until"]) == (70, "银牌", "2026-12-30")
    assert (found["next_level"], found["next_missing"]) == ("金牌", 7_000.0)


def test_LOY_01_the_card_s_risk_decides_what_a_redemption_costs(world: World) -> None:
    found = world.get("manager", "/customers/{customer}/loyalty")
    assert (found["earn_factor"], found["redeem_factor"]) == (1.5, 0.9), "the customer is at medium risk"
    status, entry = send(world, "manager", "/customers/{customer}/points/redeem", {"value": 10, "request_key": "r"})
    assert (status, entry["points"], entry["value"]) == (200, -900, 10.0)
    status, refused = send(world, "manager", "/customers/{customer}/points/redeem", {"value": 4_100, "request_key": "s"})
    assert (status, refused["code"]) == (409, "points_short")
    assert "现有 4,100 分" in refused["message"]


def test_months_show_what_was_given_beside_who_was_lost(world: World) -> None:
    LoyaltyMember.objects.update(yearly=Decimal(8_000))
    kind = {"kind": "churned", "previous_status": "active", "by": world.members["manager"], "at": NOW}
    Outcome.objects.create(workspace=world.workspace, customer=world.customer, occurred_on=date(2026, 11, 3), **kind)
    Outcome.objects.create(workspace=world.workspace, customer=make_customer(world.workspace), occurred_on=date(2026, 11, 3), **kind)
    months = world.get("analyst", "/loyalty")["months"]
    assert [month["month"] for month in months][-2:] == ["2026-10-01", "2026-11-01"]
    assert len(months) == 12
    now = months[-1]
    assert (now["granted"], now["redeemed"], now["lost"], now["lost_value"]) == (50.0, 0.0, 1, 8_000.0), "only members count"


def test_members_are_a_reader_s_own_customers(world: World) -> None:
    assert [row["customer"]["name"] for row in world.get("manager", "/loyalty/members")["items"]] == ["华东灯具"]
    assert world.get("other_manager", "/loyalty/members")["items"] == []
    assert world.get("other_manager", "/loyalty")["points"] == 0
    assert world.get("manager", "/loyalty/members", level="grace")["items"] == []
    answer = world.client("manager").get(world.url("/loyalty/members"), {"level": "钻石"})
    assert answer.status_code == 422


def test_LOY_05_an_order_is_quoted_with_the_step_that_it_reaches(world: World) -> None:
    programme(world, volume=[{"least": 1_000, "percent": 5}, {"least": 5_000, "percent": 8}])
    LoyaltyMember.objects.update(yearly=Decimal(700))
    found = world.get("manager", "/customers/{customer}/quote", amount="400")
    assert found == {"amount": 400.0, "percent": 5.0, "net": 380.0, "next_percent": 8.0, "missing": 3900.0}
    assert world.client("manager").get(world.url("/customers/{customer}/quote"), {"amount": "-1"}).status_code == 422


def test_faults_of_a_programme_and_of_a_coupon_name_their_places(world: World) -> None:
    status, body = send(world, "operations", "/loyalty/publish", {"spec": {"worth": -1, "levels": [{"name": ""}]}})
    assert status == 422
    assert {fault["where"] for fault in body["faults"]} == {"worth", "levels.0.name"}
    status, body = send(world, "operations", "/coupon-kinds", {"name": "x", "form": "free", "value": 1})
    assert [fault["where"] for fault in body["faults"]] == ["form"]


def test_a_published_programme_is_a_version_that_can_come_back(world: World) -> None:
    status, body = send(world, "operations", "/loyalty/publish", {"spec": {"enabled": False}, "note": "暂停"})
    assert (status, [one["number"] for one in body["versions"]]) == (200, [2, 1])
    assert body["versions"][0]["note"] == "暂停"
    status, body = send(world, "operations", "/loyalty/versions/1/restore", {})
    assert (status, body["spec"]["enabled"]) == (200, True)


def test_who_was_brought_is_shown_with_the_bringer_and_a_circle_is_refused(world: World) -> None:
    rows = world.get("manager", "/loyalty/referrals")["items"]
    assert [row["referrer"]["name"] for row in rows] == ["华东灯具"]
    brought = rows[0]["referred"]["id"]
    found = world.get("manager", f"/customers/{brought}/loyalty")
    assert found["brought_by"]["name"] == "华东灯具"
    status, refused = send(world, "manager", "/customers/{customer}/referral", {"referrer_id": brought})
    assert (status, refused["code"]) == (409, "referral_circle")


def test_a_line_that_was_taken_back_says_so(world: World) -> None:
    send(world, "operations", "/loyalty/entries/{points}/reverse", {"note": "误发"})
    entries = world.get("manager", "/customers/{customer}/loyalty")["entries"]
    assert [(entry["points"], entry["reason"], entry["reversed"]) for entry in entries] == [
        (-5_000, "reversal", False), (5_000, "manual", True),
    ]  # fmt: skip
