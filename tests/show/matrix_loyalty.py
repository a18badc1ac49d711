"""Who may call what of 权益, and the rows that it needs."""

from __future__ import annotations

from tests.show.matrix import ELSEWHERE, HANDLERS, PUBLISHERS, READERS, Row, about

SPEC = {"enabled": True, "starts_on": "2026-01-01", "volume": [{"least": 1000, "percent": 5}]}
KIND = {"name": "满300减40", "form": "amount", "value": 40, "least_spend": 300}

TABLE: tuple[Row, ...] = (
    Row("loyalty_get", "get", "/loyalty", READERS),
    Row("loyalty_publish", "post", "/loyalty/publish", PUBLISHERS, body={"spec": SPEC}),
    Row("loyalty_restore", "post", "/loyalty/versions/1/restore", PUBLISHERS, body={}),
    Row("loyalty_members", "get", "/loyalty/members", READERS),
    about("customer_loyalty", "get", "/customers/{customer}/loyalty", READERS),
    about("customer_quote", "get", "/customers/{customer}/quote?amount=500", READERS),
    Row("points_adjust", "post", "/customers/{customer}/points", PUBLISHERS, body={"points": 5, "note": "补偿", "request_key": "k"}),
    about("points_redeem", "post", "/customers/{customer}/points/redeem", HANDLERS, {"value": 1, "request_key": "k"}),
    Row("points_reverse", "post", "/loyalty/entries/{points}/reverse", PUBLISHERS, body={}),
    Row("coupon_kind_list", "get", "/coupon-kinds", READERS),
    Row("coupon_kind_create", "post", "/coupon-kinds", PUBLISHERS, body=KIND),
    Row("coupon_kind_update", "put", "/coupon-kinds/{coupon_kind}", PUBLISHERS, body=KIND),
    Row("coupon_kind_archive", "post", "/coupon-kinds/{coupon_kind}/archive", PUBLISHERS),
    Row("coupon_kind_unarchive", "post", "/coupon-kinds/{coupon_kind}/unarchive", PUBLISHERS),
    about("coupon_give", "post", "/customers/{customer}/coupons", HANDLERS, {"kind_id": "{coupon_kind}", "request_key": "k"}),
    Row("coupon_redeem", "post", "/coupons/redeem", HANDLERS, HANDLERS & ELSEWHERE, {"code": "WELCOME22222", "amount": 500}),
    Row("coupon_void", "post", "/coupons/{coupon}/void", HANDLERS, HANDLERS & ELSEWHERE),
    Row("referral_list", "get", "/loyalty/referrals", READERS),
    about("referral_add", "post", "/customers/{customer}/referral", HANDLERS, {"referrer_id": "{referrer}"}),
    Row("referral_remove", "delete", "/loyalty/referrals/{referral}", HANDLERS, HANDLERS & ELSEWHERE),
)
