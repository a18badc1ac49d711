"""Coupons and points that steps give, in the transaction that moves their enrolments."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Sum

from liuke.accounts.store.models import Workspace
from liuke.act.governor.domain import CouponOffer, Rule
from liuke.act.governor.policies import policy_of
from liuke.act.loyalty.coupons import coupon_issue
from liuke.act.loyalty.points import Line, Reason, lines_append
from liuke.act.loyalty.programme import programme_of
from liuke.act.playbooks.domain.contract import GiveCoupon, GivePoints
from liuke.act.playbooks.engine.flows import Flow
from liuke.act.playbooks.nodes.coupon import TIER
from liuke.act.store.models import CouponCode, CouponKind, CustomerMessage, Enrolment, GovernorDecision
from liuke.base.times import local_day

CHANNEL = "coupon"


def coupon_give(*, flow: Flow, customer_id: int, key: str, asked: GiveCoupon, now: datetime) -> tuple[bool, str]:
    """Whether the customer got one, and what stood against it: `fair_price`, `budget` or `none_left`.

    PIPL 24: customers of one segment get offers of one class within the policy's days. What it costs counts against the flow's
    budget together with its messages.
    """
    workspace = flow.playbook.workspace
    kind = CouponKind.objects.filter(workspace=workspace, code=asked.kind_code).first()
    if kind is None:
        return False, "none_left"
    against = _unfair(workspace, kind, asked.segment, now) or _over_budget(flow, customer_id, kind)
    if against:
        GovernorDecision.objects.create(
            workspace=workspace, customer_id=customer_id, verdict=GovernorDecision.Verdict.REFUSED, rule=against,
            params={"why": "segment", "segment": asked.segment, "offer": kind.offer_class}, channel=CHANNEL, purpose="marketing",
            playbook_id=flow.playbook.pk, at=now,
        )  # fmt: skip
        return False, against
    note = f"playbook:{flow.playbook.pk}:{asked.segment}"
    coupon = coupon_issue(workspace_id=workspace.pk, customer_id=customer_id, kind_code=kind.code, key=key, at=now)
    if coupon is None:
        return False, "none_left"
    CouponCode.objects.filter(pk=coupon.pk, given_for="").update(given_for=note[:60])
    return True, ""


@dataclass(frozen=True, slots=True)
class Given:
    """The coupon that a message tells of: its words for the template, and the offer that fair price judges."""

    variables: tuple[tuple[str, str], ...]
    offer: CouponOffer | None


NO_COUPON = Given((), None)


def coupons_given(flow: Flow, enrolments: Collection[int]) -> dict[int, Given]:
    """By enrolment, the last coupon that a step gave to it; two queries."""
    marks = {f"playbook:{enrolment}:" for enrolment in enrolments}
    rows = CouponCode.objects.filter(workspace=flow.playbook.workspace_id, voided_at=None, redeemed_at=None)
    rows = rows.filter(given_for__startswith=f"playbook:{flow.playbook.pk}:").select_related("kind").order_by("issued_at", "pk")
    people = Enrolment.objects.filter(pk__in=list(enrolments)).values_list("customer_id", flat=True)
    found: dict[int, Given] = {}
    for row in rows.filter(customer_id__in=list(people)):
        enrolment = row.key.removeprefix("playbook:").partition(":")[0]
        if f"playbook:{enrolment}:" in marks:
            found[int(enrolment)] = _given(flow, row)
    return found


def _given(flow: Flow, row: CouponCode) -> Given:
    day = local_day(row.expires_at, flow.playbook.workspace.time_zone).isoformat()
    segment = row.given_for.rpartition(":")[2]
    fair = bool(row.kind.offer_class and segment)
    offer = CouponOffer(row.kind.offer_class, segment, flow.playbook.name, (TIER,)) if fair else None
    return Given((("优惠", row.kind.name), ("优惠券码", row.code), ("优惠到期", day)), offer)


def _unfair(workspace: Workspace, kind: CouponKind, segment: str, now: datetime) -> str:
    if not kind.offer_class or not segment:
        return ""
    since = now - timedelta(days=policy_of(workspace).fair_days)
    usual = CouponCode.objects.filter(workspace=workspace, issued_at__gte=since, voided_at=None, given_for__endswith=f":{segment}")
    usual = usual.exclude(kind__offer_class="").order_by("-issued_at", "-pk")
    offer = usual.values_list("kind__offer_class", flat=True).first()
    return Rule.FAIR_PRICE.value if offer is not None and offer != kind.offer_class else ""


def _over_budget(flow: Flow, customer_id: int, kind: CouponKind) -> str:
    budget, prefix = flow.spec.budget, f"playbook:{flow.playbook.pk}:"
    if budget.per_head is None and budget.total is None:
        return ""
    messages = CustomerMessage.objects.filter(playbook_id=flow.playbook.pk, counts=True)
    coupons = CouponCode.objects.filter(workspace=flow.playbook.workspace_id, given_for__startswith=prefix, voided_at=None)
    for limit, spent in (
        (budget.per_head, (messages.filter(customer_id=customer_id), coupons.filter(customer_id=customer_id))),
        (budget.total, (messages, coupons)),
    ):
        used = [spent[0].aggregate(sum=Sum("cost"))["sum"], spent[1].aggregate(sum=Sum("kind__cost"))["sum"]]
        if limit is not None and sum((one or Decimal(0) for one in used), kind.cost) > limit:
            return Rule.BUDGET.value
    return ""


def points_give(workspace: Workspace, asked: Sequence[tuple[int, str, GivePoints]], now: datetime) -> None:
    """(customer, key, what): a line each, once."""
    if not asked:
        return
    expires_at = now + timedelta(days=programme_of(workspace.pk).expire_days)
    lines_append(
        workspace.pk,
        [Line(customer, give.points, Reason.PLAYBOOK, key, now, expires_at, note=give.reason) for customer, key, give in asked],
    )
