"""What the world has of 权益: a programme, points, a coupon and a referral."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from liuke.accounts.store.models import Membership, Workspace
from liuke.act.loyalty.domain.programme import Programme
from liuke.act.loyalty.points import Line, lines_append
from liuke.act.store.models import CouponCode, CouponKind, LoyaltyVersion, PointsEntry, Referral
from liuke.base.times import utc_now
from liuke.facts.store.models import Customer
from tests.factories import make_customer


def make_loyalty(workspace: Workspace, people: Mapping[str, Membership], customer: Customer, now: datetime) -> dict[str, Any]:
    """The ids of it all, by name."""
    spec = Programme(enabled=True, starts_on=now.date()).to_plain()
    LoyaltyVersion.objects.create(workspace=workspace, number=1, spec=spec, created_at=utc_now())
    lines_append(workspace.pk, [Line(customer.pk, 5_000, "manual", "m1", now - timedelta(days=1))])
    worth = {"value": Decimal(40), "least_spend": Decimal(300)}
    kind = CouponKind.objects.create(
        workspace=workspace, code="c", name="满300减40", form="amount", per_customer=9, issued=1, created_at=now, **worth
    )
    coupon = CouponCode.objects.create(
        workspace=workspace, kind=kind, customer=customer, code="WELCOME22222", key="c1", issued_at=now, expires_at=now + timedelta(days=9)
    )
    brought = make_customer(workspace, owner=people["manager"])
    referral = Referral.objects.create(workspace=workspace, referrer=customer, referred=brought, at=now)
    return {
        "points": PointsEntry.objects.get(customer=customer).pk, "coupon_kind": kind.pk, "coupon": coupon.pk, "referral": referral.pk,
        "referrer": make_customer(workspace, owner=people["manager"]).pk,
    }  # fmt: skip
