"""权益: programme, points, coupons, 老带新."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query, Router

from liuke.accounts.domain.roles import Permission
from liuke.act.loyalty import coupons, points, programme, referrals
from liuke.facts.service import customer_get
from liuke.show.api.gate import reader_for
from liuke.show.api.schemas.common import OkOut, Page
from liuke.show.api.schemas.loyalty import (
    AdjustIn,
    CouponGiveIn,
    CouponKindIn,
    CouponKindOut,
    CouponOut,
    CouponUseIn,
    CustomerLoyaltyOut,
    LoyaltyIn,
    LoyaltyOut,
    MemberRow,
    NoteIn,
    PointsOut,
    QuoteOut,
    RedeemIn,
    ReferralIn,
    ReferralOut,
)
from liuke.show.api.schemas.queries import BenefitQuery, PageQuery, QuoteQuery
from liuke.show.queries import loyalty as queries

router = Router(tags=["loyalty"])


@router.get("/w/{slug}/loyalty", response=LoyaltyOut)
def loyalty_get(request: HttpRequest, slug: str) -> LoyaltyOut:
    """The programme with its versions, totals, and accrued benefits beside losses by month."""
    return queries.loyalty_out(reader=reader_for(request, slug))


@router.post("/w/{slug}/loyalty/publish", response=LoyaltyOut)
def loyalty_publish(request: HttpRequest, slug: str, data: LoyaltyIn) -> LoyaltyOut:
    """A new version of the programme, valid at once."""
    reader = reader_for(request, slug)
    programme.programme_publish(actor=reader.actor, spec=data.spec, note=data.note)
    return queries.loyalty_out(reader=reader)


@router.post("/w/{slug}/loyalty/versions/{number}/restore", response=LoyaltyOut)
def loyalty_restore(request: HttpRequest, slug: str, number: int, data: NoteIn) -> LoyaltyOut:
    """An earlier version, published anew."""
    reader = reader_for(request, slug)
    programme.programme_restore(actor=reader.actor, number=number, note=data.note)
    return queries.loyalty_out(reader=reader)


@router.get("/w/{slug}/loyalty/members", response=Page[MemberRow])
def loyalty_members(request: HttpRequest, slug: str, wanted: Query[BenefitQuery]) -> Page[MemberRow]:
    """Members: sort balance, yearly, keep_until; level by name, or `grace`."""
    reader = reader_for(request, slug)
    return queries.member_page(reader=reader, level=wanted.level, sort=wanted.sort, cursor=wanted.cursor, limit=wanted.limit)


@router.get("/w/{slug}/customers/{customer_id}/loyalty", response=CustomerLoyaltyOut)
def customer_loyalty(request: HttpRequest, slug: str, customer_id: int) -> CustomerLoyaltyOut:
    """One customer's points, level, coupons, volume and referrals."""
    return queries.customer_loyalty_out(reader=reader_for(request, slug), customer_id=customer_id)


@router.get("/w/{slug}/customers/{customer_id}/quote", response=QuoteOut)
def customer_quote(request: HttpRequest, slug: str, customer_id: int, wanted: Query[QuoteQuery]) -> QuoteOut:
    """LOY-05: the discount that an order of this amount reaches."""
    return queries.customer_quote(reader=reader_for(request, slug), customer_id=customer_id, amount=wanted.amount)


@router.post("/w/{slug}/customers/{customer_id}/points", response=PointsOut)
def points_adjust(request: HttpRequest, slug: str, customer_id: int, data: AdjustIn) -> PointsOut:
    """Points by hand, with a reason."""
    reader = reader_for(request, slug)
    entry = points.points_adjust(
        actor=reader.actor, customer_id=customer_id, points=data.points, note=data.note, request_key=data.request_key
    )
    return queries.entry_out(reader, entry)


@router.post("/w/{slug}/customers/{customer_id}/points/redeem", response=PointsOut)
def points_redeem(request: HttpRequest, slug: str, customer_id: int, data: RedeemIn) -> PointsOut:
    """Points for something of that worth; a customer at risk needs fewer."""
    reader = reader_for(request, slug)
    reader.actor.require(Permission.HANDLE)
    risk = queries.risk_of(customer_get(actor=reader.actor, customer_id=customer_id))
    entry = points.points_redeem(
        actor=reader.actor, customer_id=customer_id, value=data.value, risk=risk, note=data.note, request_key=data.request_key
    )
    return queries.entry_out(reader, entry)


@router.post("/w/{slug}/loyalty/entries/{entry_id}/reverse", response=PointsOut)
def points_reverse(request: HttpRequest, slug: str, entry_id: int, data: NoteIn) -> PointsOut:
    """Take a line back by another line."""
    reader = reader_for(request, slug)
    return queries.entry_out(reader, points.entry_reverse(actor=reader.actor, entry_id=entry_id, note=data.note))


@router.get("/w/{slug}/coupon-kinds", response=list[CouponKindOut])
def coupon_kind_list(request: HttpRequest, slug: str) -> list[CouponKindOut]:
    """All coupon kinds, those in use first."""
    return queries.coupon_kinds_out(reader=reader_for(request, slug))


@router.post("/w/{slug}/coupon-kinds", response=CouponKindOut)
def coupon_kind_create(request: HttpRequest, slug: str, data: CouponKindIn) -> CouponKindOut:
    """A new kind."""
    return _kind_saved(request, slug, data, None)


@router.put("/w/{slug}/coupon-kinds/{kind_id}", response=CouponKindOut)
def coupon_kind_update(request: HttpRequest, slug: str, kind_id: int, data: CouponKindIn) -> CouponKindOut:
    """New contents; what was given keeps its end."""
    return _kind_saved(request, slug, data, kind_id)


def _kind_saved(request: HttpRequest, slug: str, data: CouponKindIn, kind_id: int | None) -> CouponKindOut:
    reader = reader_for(request, slug)
    given = coupons.kind_from_plain(data.model_dump(exclude={"enabled"}))
    kind = coupons.coupon_kind_save(actor=reader.actor, given=given, kind_id=kind_id, enabled=data.enabled)
    return queries.coupon_kind_out(reader=reader, kind=kind)


@router.post("/w/{slug}/coupon-kinds/{kind_id}/archive", response=CouponKindOut)
def coupon_kind_archive(request: HttpRequest, slug: str, kind_id: int) -> CouponKindOut:
    """Put a kind away."""
    reader = reader_for(request, slug)
    return queries.coupon_kind_out(reader=reader, kind=coupons.coupon_kind_archive(actor=reader.actor, kind_id=kind_id, archived=True))


@router.post("/w/{slug}/coupon-kinds/{kind_id}/unarchive", response=CouponKindOut)
def coupon_kind_unarchive(request: HttpRequest, slug: str, kind_id: int) -> CouponKindOut:
    """Take it back."""
    reader = reader_for(request, slug)
    return queries.coupon_kind_out(reader=reader, kind=coupons.coupon_kind_archive(actor=reader.actor, kind_id=kind_id, archived=False))


@router.post("/w/{slug}/customers/{customer_id}/coupons", response=CouponOut)
def coupon_give(request: HttpRequest, slug: str, customer_id: int, data: CouponGiveIn) -> CouponOut:
    """A coupon by hand."""
    reader = reader_for(request, slug)
    coupon = coupons.coupon_give(actor=reader.actor, customer_id=customer_id, kind_id=data.kind_id, request_key=data.request_key)
    return queries.coupon_out(reader, coupon)


@router.post("/w/{slug}/coupons/redeem", response=CouponOut)
def coupon_redeem(request: HttpRequest, slug: str, data: CouponUseIn) -> CouponOut:
    """Use a code."""
    reader = reader_for(request, slug)
    return queries.coupon_out(reader, coupons.coupon_redeem(actor=reader.actor, code=data.code, amount=data.amount))


@router.post("/w/{slug}/coupons/{coupon_id}/void", response=CouponOut)
def coupon_void(request: HttpRequest, slug: str, coupon_id: int) -> CouponOut:
    """Take an unused coupon back."""
    reader = reader_for(request, slug)
    return queries.coupon_out(reader, coupons.coupon_void(actor=reader.actor, coupon_id=coupon_id))


@router.get("/w/{slug}/loyalty/referrals", response=Page[ReferralOut])
def referral_list(request: HttpRequest, slug: str, wanted: Query[PageQuery]) -> Page[ReferralOut]:
    """Who brought whom."""
    return queries.referral_page(reader=reader_for(request, slug), cursor=wanted.cursor, limit=wanted.limit)


@router.post("/w/{slug}/customers/{customer_id}/referral", response=ReferralOut)
def referral_add(request: HttpRequest, slug: str, customer_id: int, data: ReferralIn) -> ReferralOut:
    """Note who brought this customer."""
    reader = reader_for(request, slug)
    row = referrals.referral_add(actor=reader.actor, referrer_id=data.referrer_id, referred_id=customer_id, note=data.note)
    return queries.referral_out(reader=reader, referral_id=row.pk)


@router.delete("/w/{slug}/loyalty/referrals/{referral_id}", response=OkOut)
def referral_remove(request: HttpRequest, slug: str, referral_id: int) -> OkOut:
    """Take one back before it was rewarded."""
    referrals.referral_remove(actor=reader_for(request, slug).actor, referral_id=referral_id)
    return OkOut()
