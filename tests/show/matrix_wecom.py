"""Who may call what: ids in messengers, log-in offers, pages inside WeCom."""

from __future__ import annotations

from tests.show.matrix import ADMIN, ASSIGNERS, CUSTOMER, ELSEWHERE, MEMBERS, READERS, Row

TABLE: tuple[Row, ...] = (
    Row("login_offer_list", "get", "!/login-offers", open=True, outside=True),
    Row("staff_address_list", "get", "/staff-addresses", ADMIN),
    Row("staff_address_set", "put", "/people/{person}/addresses", ADMIN, body={"wecom": "zhangwei"}),
    Row("staff_roster", "post", "/staff-roster", ADMIN, body={"text": "email,wecom\nnobody@b.test,x\n"}),
    Row("wecom_jssdk", "get", "/wecom/jssdk?url=http://127.0.0.1:8000/sidebar", READERS, READERS, odd=dict.fromkeys(READERS, 422)),
    Row("wecom_customer", "get", "/wecom/customers/wm1", MEMBERS, MEMBERS),
    Row("wecom_id", "get", f"{CUSTOMER}/wecom", MEMBERS, ELSEWHERE | {"it", "key_none"}),
    Row("wecom_contact_list", "get", "/wecom/contacts", ASSIGNERS),
    Row("wecom_contact_match", "post", "/wecom/contacts/0/match", ASSIGNERS, ASSIGNERS, body={"customer_id": 0}),
)
