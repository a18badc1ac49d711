"""权益: the programme's page, its members, one customer's benefits, coupons and referrals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from liuke.act.loyalty.domain.earning import price_of
from liuke.act.loyalty.domain.ledger import Entry, lefts
from liuke.act.loyalty.domain.levels import reached
from liuke.act.loyalty.domain.programme import Programme
from liuke.act.loyalty.domain.volume import quote
from liuke.act.loyalty.programme import programme_of
from liuke.act.store.models import CouponCode, CouponKind, LoyaltyMember, LoyaltyVersion, PointsEntry, Referral
from liuke.facts.service import customer_get, customers_visible
from liuke.facts.store.models import Customer
from liuke.show.api.schemas.common import CustomerRef, Page
from liuke.show.api.schemas.loyalty import (
    CouponKindOut,
    CouponOut,
    CustomerLoyaltyOut,
    LoyaltyOut,
    LoyaltyVersionOut,
    MemberRow,
    PointsOut,
    QuoteOut,
    ReferralOut,
)
from liuke.show.queries.alert_list import customer_ref
from liuke.show.queries.loyalty_months import months_out
from liuke.show.queries.paging import chosen, cursor_read, limit_of, narrowed, page, sort_of
from liuke.show.queries.reader import Reader, word
from liuke.show.store.repository import card_of

SORTS = {"balance": "balance", "yearly": "yearly", "keep_until": "keep_until"}
ENTRIES = 100
ENDING_DAYS = 30


def loyalty_out(*, reader: Reader) -> LoyaltyOut:
    """The page of the programme over the customers that the reader sees."""
    reader.require_customers()
    programme = programme_of(reader.workspace.pk)
    members = _members(reader)
    sums = members.aggregate(members=Count("pk", filter=~Q(level="") | ~Q(balance=0)), points=Sum("balance"))
    levels = members.exclude(level="").values_list("level").annotate(n=Count("pk"))
    return LoyaltyOut(
        spec=programme.to_plain(),
        versions=[_version(reader, row) for row in LoyaltyVersion.objects.filter(workspace=reader.workspace).order_by("-number")[:50]],
        members=sums["members"],
        points=sums["points"] or 0,
        worth=round((sums["points"] or 0) * programme.worth, 2),
        coupons_open=_coupons(reader).filter(redeemed_at=None, voided_at=None, expires_at__gt=reader.now).count(),
        levels=dict(levels.order_by("level")),
        in_grace=members.filter(keep_until__isnull=False).count(),
        months=months_out(reader, programme),
    )


def _version(reader: Reader, row: LoyaltyVersion) -> LoyaltyVersionOut:
    by = reader.person(row.created_by_id)
    return LoyaltyVersionOut(number=row.number, note=row.note, created_by=by, created_at=row.created_at, spec=row.spec)


def _members(reader: Reader) -> QuerySet[LoyaltyMember]:
    return LoyaltyMember.objects.filter(customer__in=customers_visible(reader.actor))


def _coupons(reader: Reader) -> QuerySet[CouponCode]:
    return CouponCode.objects.filter(customer__in=customers_visible(reader.actor)).select_related("kind", "customer")


def member_page(*, reader: Reader, level: str, sort: str, cursor: str, limit: int) -> Page[MemberRow]:
    """Members by balance, yearly amount or end of the grace. `level`: names of member levels, comma-separated; `grace` for those in it."""
    reader.require_customers()
    names = [one.name for one in programme_of(reader.workspace.pk).levels]
    wanted, order, size = chosen("level", level, (*names, "grace")), sort_of(sort, SORTS), limit_of(limit)
    before, rows = cursor_read(cursor, order.text), _members(reader).exclude(level="", balance=0)
    if wanted:
        rows = rows.filter(Q(level__in=wanted) | (Q(keep_until__isnull=False) if "grace" in wanted else Q(pk__in=[])))
    rows, total = narrowed(rows, before)
    found = page([rows.select_related("customer__customercard")], order, before, size, total=total)
    items = [_member(reader, row) for row in found.rows]
    return Page(items=items, next_cursor=found.next_cursor, total=total[0], total_is_capped=total[1])


def _member(reader: Reader, row: LoyaltyMember) -> MemberRow:
    return MemberRow(
        customer=_ref(row.customer), owner=reader.person(row.customer.owner_id), level=word(card_of(row.customer).level),
        balance=row.balance, member_level=row.level, keep_until=row.keep_until, yearly=float(row.yearly),
    )  # fmt: skip


def _ref(customer: Customer) -> CustomerRef:
    return customer_ref(customer.pk, customer.key, customer.name, customer.sample_fields)


def risk_of(customer: Customer) -> str:
    """The customer's risk level at the last scoring."""
    return card_of(customer).level


def customer_loyalty_out(*, reader: Reader, customer_id: int) -> CustomerLoyaltyOut:
    """One customer's benefits. Raises NotFound, also for a stranger's."""
    reader.require_customers()
    customer = customer_get(actor=reader.actor, customer_id=customer_id)
    programme, risk = programme_of(reader.workspace.pk), risk_of(customer)
    member = LoyaltyMember.objects.filter(customer=customer).first() or LoyaltyMember(customer=customer)
    yearly = float(member.yearly)
    next_level, next_missing = _next_level(yearly, programme)
    coupons = list(_coupons(reader).filter(customer=customer).order_by("-issued_at", "-pk")[:ENTRIES])
    entries = list(PointsEntry.objects.filter(customer=customer).order_by("-at", "-pk"))
    worth = round(max(member.balance, 0) * programme.worth, 2)
    return CustomerLoyaltyOut(
        enabled=programme.enabled,
        balance=member.balance,
        worth=worth,
        at_stake=round(worth + sum(_worth(coupon) for coupon in coupons if _state(coupon, reader) == "open"), 2),
        member_level=member.level or _level_reached(yearly, programme),
        keep_until=member.keep_until,
        next_level=next_level,
        next_missing=next_missing,
        ending_points=_ending(reader, entries),
        redeem_factor=programme.ease(risk).price,
        earn_factor=programme.ease(risk).factor,
        volume=quote_out(yearly, 0, programme),
        entries=_entries(reader, entries[:ENTRIES]),
        coupons=[coupon_out(reader, coupon) for coupon in coupons],
        brought_by=next((_ref(row.referrer) for row in Referral.objects.filter(referred=customer).select_related("referrer")), None),
        brought=[_referral(row) for row in _referrals(reader).filter(referrer=customer)],
    )


def _level_reached(yearly: float, programme: Programme) -> str:
    level = reached(yearly, programme)
    return level.name if level else ""


def _next_level(yearly: float, programme: Programme) -> tuple[str | None, float | None]:
    """The lowest level above the yearly amount and what is missing to it; nothing above the highest."""
    ahead = next((level for level in programme.levels if level.least > yearly), None)
    return (ahead.name, round(ahead.least - yearly, 2)) if ahead else (None, None)


def _ending(reader: Reader, entries: Sequence[PointsEntry]) -> int:
    left = lefts(Entry(row.pk, row.points, row.at, row.expires_at) for row in entries)
    end = reader.now + timedelta(days=ENDING_DAYS)
    return sum(one.points for one in left if one.expires_at is not None and one.expires_at <= end)


def _worth(coupon: CouponCode) -> float:
    return 0.0 if coupon.kind.form == CouponKind.Form.PERCENT else float(coupon.kind.value)


def quote_out(yearly: float, amount: float, programme: Programme) -> QuoteOut:
    """LOY-05."""
    found = quote(yearly, amount, programme.volume)
    return QuoteOut(amount=found.amount, percent=found.percent, net=found.net, next_percent=found.next_percent, missing=found.missing)


def customer_quote(*, reader: Reader, customer_id: int, amount: float) -> QuoteOut:
    """What an order of that amount would be charged."""
    reader.require_customers()
    customer = customer_get(actor=reader.actor, customer_id=customer_id)
    member = LoyaltyMember.objects.filter(customer=customer).first()
    return quote_out(float(member.yearly) if member else 0.0, amount, programme_of(reader.workspace.pk))


def redeem_price(*, reader: Reader, customer_id: int, value: Decimal) -> int:
    """How many points a redemption of that worth would take from the customer."""
    customer = customer_get(actor=reader.actor, customer_id=customer_id)
    return price_of(float(value), risk=risk_of(customer), programme=programme_of(reader.workspace.pk))


def entry_out(reader: Reader, entry: PointsEntry) -> PointsOut:
    """One line of the ledger."""
    return _entries(reader, [entry])[0]


def _entries(reader: Reader, rows: Sequence[PointsEntry]) -> list[PointsOut]:
    backs = PointsEntry.objects.filter(workspace=reader.workspace, reason="reversal", ref__in=[str(row.pk) for row in rows])
    taken_back = set(backs.values_list("ref", flat=True))
    return [
        PointsOut(
            id=row.pk, points=row.points, reason=word(row.reason), at=row.at, expires_at=row.expires_at, value=float(row.value),
            note=row.note, by=reader.person(row.by_id), reversed=str(row.pk) in taken_back,
        )
        for row in rows
    ]  # fmt: skip


def _state(coupon: CouponCode, reader: Reader) -> str:
    if coupon.voided_at is not None:
        return "void"
    if coupon.redeemed_at is not None:
        return "used"
    return "over" if coupon.expires_at <= reader.now else "open"


def coupon_out(reader: Reader, coupon: CouponCode) -> CouponOut:
    """One coupon."""
    return CouponOut(
        id=coupon.pk, code=coupon.code, name=coupon.kind.name, text=_kind_text(reader, coupon.kind), state=word(_state(coupon, reader)),
        issued_at=coupon.issued_at, expires_at=coupon.expires_at, redeemed_at=coupon.redeemed_at,
        amount=None if coupon.amount is None else float(coupon.amount), customer=_ref(coupon.customer),
    )  # fmt: skip


def _kind_text(reader: Reader, kind: CouponKind) -> str:
    params = {"value": float(kind.value), "least": float(kind.least_spend), "percent": float(kind.value) / 100}
    return reader.text(f"show.coupon.{kind.form}{'_from' if kind.least_spend else ''}", params)


def coupon_kinds_out(*, reader: Reader) -> list[CouponKindOut]:
    """All kinds of the workspace, those in use first."""
    reader.require_customers()
    rows = CouponKind.objects.filter(workspace=reader.workspace).annotate(
        used=Count("couponcode", filter=Q(couponcode__redeemed_at__isnull=False))
    )
    listed = sorted(rows, key=lambda row: (row.archived_at is not None, not row.enabled, row.name))
    return [_kind(reader, row, row.used) for row in listed]


def coupon_kind_out(*, reader: Reader, kind: CouponKind) -> CouponKindOut:
    """One kind."""
    return _kind(reader, kind, CouponCode.objects.filter(kind=kind, redeemed_at__isnull=False).count())


def _kind(reader: Reader, row: CouponKind, used: int) -> CouponKindOut:
    return CouponKindOut(
        id=row.pk, code=row.code, name=row.name, text=_kind_text(reader, row), form=word(row.form), value=float(row.value),
        least_spend=float(row.least_spend), cost=float(row.cost), stock=row.stock, per_customer=row.per_customer,
        valid_days=row.valid_days, offer_class=row.offer_class, enabled=row.enabled, archived=row.archived_at is not None,
        issued=row.issued, used=used,
    )  # fmt: skip


def referral_page(*, reader: Reader, cursor: str, limit: int) -> Page[ReferralOut]:
    """Who brought whom, newest first, as far as the reader sees the new customer."""
    reader.require_customers()
    order, size = sort_of("-at", {"at": "at"}), limit_of(limit)
    before = cursor_read(cursor, order.text)
    rows, total = narrowed(_referrals(reader), before)
    found = page([rows.select_related("referrer", "referred")], order, before, size, total=total)
    items = [_referral(row) for row in found.rows]
    return Page(items=items, next_cursor=found.next_cursor, total=total[0], total_is_capped=total[1])


def _referrals(reader: Reader) -> QuerySet[Referral]:
    visible = customers_visible(reader.actor)
    return Referral.objects.filter(referred__in=visible, referrer__in=visible).select_related("referrer", "referred").order_by("-at")


def _referral(row: Referral) -> ReferralOut:
    return ReferralOut(
        id=row.pk, referrer=_ref(row.referrer), referred=_ref(row.referred), at=row.at, rewarded_at=row.rewarded_at, note=row.note
    )


def referral_out(*, reader: Reader, referral_id: int) -> ReferralOut:
    """One of them, as the reader sees it."""
    return _referral(_referrals(reader).get(pk=referral_id))
