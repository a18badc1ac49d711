"""Coupons: kinds with stock and end, codes that are given once per key, used once, or taken back."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record, workspace_now
from liuke.accounts.store.models import Workspace
from liuke.act.store.models import CouponCode, CouponKind
from liuke.base.errors import Conflict, Invalid, NotFound
from liuke.base.faults import fault_of
from liuke.base.plain import Part
from liuke.base.times import utc_now
from liuke.facts.service import customer_get, customers_visible

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without letters and digits that are taken for each other on the phone."""
_LENGTH = 12


@dataclass(frozen=True, slots=True)
class KindIn:
    """A coupon kind as a person describes it; checked by `kind_from_plain`."""

    name: str
    form: str
    value: Decimal
    least_spend: Decimal
    cost: Decimal
    stock: int | None
    per_customer: int
    valid_days: int
    offer_class: str


def kind_from_plain(data: Mapping[str, object]) -> KindIn:
    """Raises Invalid("coupon_kind", faults=[…]) with every fault at once."""
    part = Part(data)
    part.only(KindIn.__dataclass_fields__)
    form = part.text("form", least=1, most=8)
    if form not in CouponKind.Form.values:
        part.fault("form", form, ", ".join(CouponKind.Form.values))
    percent = form == CouponKind.Form.PERCENT
    given = KindIn(
        name=part.text("name", least=1, most=80),
        form=form,
        value=_money(part, "value", (0.01, 90 if percent else 1e9)),
        least_spend=_money(part, "least_spend", (0, 1e9)),
        cost=_money(part, "cost", (0, 1e9)),
        stock=None if data.get("stock") is None else part.whole("stock", (0, 10_000_000), 0),
        per_customer=part.whole("per_customer", (1, 1_000), 1),
        valid_days=part.whole("valid_days", (1, 1_095), 30),
        offer_class=part.text("offer_class", most=40),
    )
    if form == CouponKind.Form.AMOUNT and given.least_spend and given.value >= given.least_spend:
        part.fault("value", str(given.value), f"< {given.least_spend}")
    part.faults.raise_if_any("coupon_kind")
    return given


def _money(part: Part, name: str, within: tuple[float, float]) -> Decimal:
    return Decimal(str(part.number(name, within, within[0]))).quantize(Decimal("0.01"))


def coupon_kind_save(*, actor: Actor, given: KindIn, kind_id: int | None = None, enabled: bool = True) -> CouponKind:
    """A new kind, or new contents for one. What was given already keeps its end. Raises Invalid where the stock is below what was given."""
    actor.require(Permission.PUBLISH)
    kind = (
        CouponKind(workspace_id=actor.workspace_id, code=secrets.token_hex(6), created_at=utc_now())
        if kind_id is None
        else _kind(actor, kind_id)
    )
    for name in KindIn.__dataclass_fields__:
        setattr(kind, name, getattr(given, name))
    kind.enabled = enabled
    try:
        with transaction.atomic():
            kind.save(update_fields=None if kind.pk is None else [*KindIn.__dataclass_fields__, "enabled"])
            audit_record(actor=actor, action="coupon_kind_save", object_type="coupon_kind", object_id=kind.pk)
    except IntegrityError:
        raise Invalid("coupon_kind", faults=[fault_of("stock", given.stock, f"≥ {kind.issued}")]) from None
    return kind


def coupon_kind_archive(*, actor: Actor, kind_id: int, archived: bool) -> CouponKind:
    """Put a kind away (nobody gets it any more, codes stay good) or take it back."""
    actor.require(Permission.PUBLISH)
    kind = _kind(actor, kind_id)
    kind.archived_at = utc_now() if archived else None
    kind.save(update_fields=["archived_at"])
    audit_record(actor=actor, action="coupon_kind_archive", object_type="coupon_kind", object_id=kind.pk, detail={"archived": archived})
    return kind


def _kind(actor: Actor, kind_id: int) -> CouponKind:
    kind = CouponKind.objects.filter(pk=kind_id, workspace_id=actor.workspace_id).first()
    if kind is None:
        raise NotFound("coupon_kind_not_found", kind=kind_id)
    return kind


def coupon_issue(
    *, workspace_id: int, customer_id: int, kind_code: str, key: str, at: datetime, by_id: int | None = None
) -> CouponCode | None:
    """A code for the customer, once per `key`, in the caller's transaction.

    None where there is none to give: no stock, switched off, put away, or the customer has had as many as allowed.
    """
    earlier = CouponCode.objects.filter(workspace_id=workspace_id, key=key[:160]).first()
    if earlier is not None:
        return earlier
    wanted = CouponCode(workspace_id=workspace_id, customer_id=customer_id, code=_code(), key=key[:160], issued_at=at, by_id=by_id)
    try:
        with transaction.atomic():
            return _issue(wanted, kind_code)
    except IntegrityError:
        return CouponCode.objects.filter(workspace_id=workspace_id, key=key[:160]).first()


def _issue(wanted: CouponCode, kind_code: str) -> CouponCode | None:
    kinds = CouponKind.objects.filter(workspace_id=wanted.workspace_id, code=kind_code, enabled=True, archived_at=None)
    kind = kinds.select_for_update().first()
    had = CouponCode.objects.filter(kind=kind, customer_id=wanted.customer_id, voided_at=None)
    if kind is None or had.count() >= kind.per_customer:
        return None
    if not kinds.filter(Q(stock=None) | Q(issued__lt=F("stock"))).update(issued=F("issued") + 1):
        return None
    wanted.kind, wanted.expires_at = kind, wanted.issued_at + timedelta(days=kind.valid_days)
    wanted.save()
    return wanted


def _code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(_LENGTH))


def coupon_give(*, actor: Actor, customer_id: int, kind_id: int, request_key: str) -> CouponCode:
    """A coupon given by hand to a visible customer. Raises Conflict("coupon_none_left")."""
    actor.require(Permission.HANDLE)
    customer, kind = customer_get(actor=actor, customer_id=customer_id), _kind(actor, kind_id)
    now = workspace_now(Workspace.objects.get(pk=actor.workspace_id))
    with transaction.atomic():
        coupon = coupon_issue(
            workspace_id=actor.workspace_id, customer_id=customer.pk, kind_code=kind.code, key=f"hand:{request_key}", at=now,
            by_id=actor.membership_id,
        )  # fmt: skip
        if coupon is None or coupon.customer_id != customer.pk:
            raise Conflict("coupon_none_left", name=kind.name)
        audit_record(actor=actor, action="coupon_give", object_type="customer", object_id=customer.pk, detail={"kind": kind.pk})
    return coupon


def coupon_redeem(*, actor: Actor, code: str, amount: Decimal | None = None) -> CouponCode:
    """Mark a code as used. Raises NotFound("coupon_not_found"), Conflict (coupon_used, coupon_void, coupon_over, coupon_least_spend)."""
    actor.require(Permission.HANDLE)
    now = workspace_now(Workspace.objects.get(pk=actor.workspace_id))
    with transaction.atomic():
        coupon = _visible(actor).select_for_update(of=("self",)).filter(code=code.strip().upper()).first()
        if coupon is None:
            raise NotFound("coupon_not_found", coupon=code)
        _require_usable(coupon, now, amount)
        coupon.redeemed_at, coupon.amount = now, amount
        coupon.save(update_fields=["redeemed_at", "amount"])
        audit_record(actor=actor, action="coupon_redeem", object_type="coupon", object_id=coupon.pk)
    return coupon


def _require_usable(coupon: CouponCode, now: datetime, amount: Decimal | None) -> None:
    if coupon.redeemed_at is not None:
        raise Conflict("coupon_used", at=coupon.redeemed_at.isoformat())
    if coupon.voided_at is not None:
        raise Conflict("coupon_void", at=coupon.voided_at.isoformat())
    if coupon.expires_at <= now:
        raise Conflict("coupon_over", at=coupon.expires_at.isoformat())
    if coupon.kind.least_spend and (amount is None or amount < coupon.kind.least_spend):
        raise Conflict("coupon_least_spend", least=float(coupon.kind.least_spend))


def coupon_void(*, actor: Actor, coupon_id: int) -> CouponCode:
    """Take an unused coupon back: it goes into stock again."""
    actor.require(Permission.HANDLE)
    with transaction.atomic():
        coupon = _visible(actor).select_for_update(of=("self",)).filter(pk=coupon_id).first()
        if coupon is None:
            raise NotFound("coupon_not_found", coupon=coupon_id)
        if coupon.redeemed_at is not None or coupon.voided_at is not None:
            raise Conflict("coupon_used", at=(coupon.redeemed_at or coupon.voided_at or coupon.issued_at).isoformat())
        coupon.voided_at = utc_now()
        coupon.save(update_fields=["voided_at"])
        CouponKind.objects.filter(pk=coupon.kind_id).update(issued=F("issued") - 1)
        audit_record(actor=actor, action="coupon_void", object_type="coupon", object_id=coupon.pk)
    return coupon


def _visible(actor: Actor) -> QuerySet[CouponCode]:
    return CouponCode.objects.filter(customer__in=customers_visible(actor)).select_related("kind", "customer")
