"""Coupons of a rehearsal, judged as `benefits.coupon_give` judges them in earnest: stock, fair price, budget. Nothing is written."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import QuerySet, Sum

from liuke.act.governor.domain import CouponOffer, Rule
from liuke.act.governor.policies import policy_of
from liuke.act.playbooks.domain.contract import GiveCoupon
from liuke.act.playbooks.domain.rehearsal import Ruled
from liuke.act.playbooks.engine.flows import Flow
from liuke.act.playbooks.nodes.coupon import NODE, TIER
from liuke.act.store.models import CouponCode, CouponKind, CustomerMessage

NONE_LEFT = "none_left"
_Offered = tuple[str, datetime]


class CouponDesk:
    """What is left to give and to spend. What was really given and spent before the rehearsal is read once."""

    def __init__(self, flow: Flow, now: datetime) -> None:
        workspace, playbook = flow.playbook.workspace, flow.playbook.pk
        self._flow, self._fair = flow, timedelta(days=policy_of(workspace).fair_days)
        used = {node.params.text("coupon") for node in flow.spec.nodes.values() if node.kind == NODE.name}
        kinds = CouponKind.objects.filter(workspace=workspace, enabled=True, archived_at=None, code__in=used)
        self._kinds = {kind.code: kind for kind in kinds}
        self._given: Counter[int] = Counter()
        self._spent: defaultdict[int, Decimal] = defaultdict(Decimal)
        self._last: dict[int, CouponOffer] = {}
        codes = CouponCode.objects.filter(workspace=workspace, voided_at=None) if used else CouponCode.objects.none()
        had = codes.filter(kind__in=list(kinds)).values_list("kind_id", "customer_id")
        self._had: Counter[tuple[int, int]] = Counter(had)
        lately = codes.exclude(kind__offer_class="").filter(issued_at__gte=now - self._fair).order_by("issued_at", "pk")
        offers = lately.values_list("given_for", "kind__offer_class", "issued_at")
        self._offers: dict[str, _Offered] = {mark.rpartition(":")[2]: (offer, at) for mark, offer, at in offers}
        if used and playbook:
            self._remember(codes.filter(given_for__startswith=f"playbook:{playbook}:"), playbook)

    def _remember(self, given: QuerySet[CouponCode], playbook: int) -> None:
        """What the flow has spent in earnest."""
        sent = CustomerMessage.objects.filter(playbook_id=playbook, counts=True).order_by()
        for customer, cost in (
            *given.order_by().values_list("customer_id").annotate(Sum("kind__cost")),
            *sent.values_list("customer_id").annotate(Sum("cost")),
        ):
            self.spend(customer, cost)

    def give(self, customer_id: int, asked: GiveCoupon, now: datetime) -> Ruled:
        """The word on a coupon for the customer; one that is given is out of stock and spent."""
        kind = self._kinds.get(asked.kind_code)
        if kind is None:
            return Ruled(False, NONE_LEFT)
        against = self._unfair(kind, asked.segment, now) or self._over_budget(kind, customer_id) or self._none_left(kind, customer_id)
        if against:
            return Ruled(False, against)
        self._given[kind.pk] += 1
        self._had[kind.pk, customer_id] += 1
        self.spend(customer_id, kind.cost)
        if kind.offer_class and asked.segment:
            self._offers[asked.segment] = (kind.offer_class, now)
            self._last[customer_id] = CouponOffer(kind.offer_class, asked.segment, self._flow.playbook.name or "—", (TIER,))
        return Ruled(True, "", kind.cost)

    def offer_of(self, customer_id: int) -> CouponOffer | None:
        """The offer that a message to the customer now tells of: of the coupon given last."""
        return self._last.get(customer_id)

    def spend(self, customer_id: int, cost: Decimal) -> None:
        """Count what goes to a customer against the flow's budget."""
        self._spent[customer_id] += cost

    def _none_left(self, kind: CouponKind, customer_id: int) -> str:
        out = kind.stock is not None and kind.issued + self._given[kind.pk] >= kind.stock
        return NONE_LEFT if out or self._had[kind.pk, customer_id] >= kind.per_customer else ""

    def _unfair(self, kind: CouponKind, segment: str, now: datetime) -> str:
        usual = self._offers.get(segment) if kind.offer_class and segment else None
        differs = usual is not None and usual[1] >= now - self._fair and usual[0] != kind.offer_class
        return Rule.FAIR_PRICE.value if differs else ""

    def _over_budget(self, kind: CouponKind, customer_id: int) -> str:
        budget = self._flow.spec.budget
        over_head = budget.per_head is not None and self._spent[customer_id] + kind.cost > budget.per_head
        over_all = budget.total is not None and sum(self._spent.values(), kind.cost) > budget.total
        return Rule.BUDGET.value if over_head or over_all else ""
