"""Sends one SMS and asks what became of it. SendSms dedupes nothing: after `Unsure` ask, never send again."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from secrets import token_hex
from urllib.parse import urlsplit

from liuke.vendors.aliyun_sms.signing import Action, canonical_query, signed_headers
from liuke.vendors.answers import Busy, Rejected, Unsure
from liuke.vendors.http import Wire, call

BASE_URL = "https://dysmsapi.aliyuncs.com"
VERSION = "2017-05-25"
CHINA = timezone(timedelta(hours=8))
"""Aliyun's days."""
_JUDGED = frozenset({400, 403, 404})
_BUSY = ("Throttling", "isp.SYSTEM_ERROR", "isv.BUSINESS_LIMIT_CONTROL", "ServiceUnavailable")
STATES = {1: "pending", 2: "failed", 3: "delivered"}


@dataclass(frozen=True, slots=True)
class Account:
    """Who asks, where and when."""

    wire: Wire
    key_id: str
    secret: str
    now: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Sms:
    """One SMS to one mainland number (11 digits). `out_id` comes back in receipts and queries."""

    phone: str
    sign_name: str
    template: str
    params: Mapping[str, str]
    out_id: str


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of an SMS: pending, delivered or failed, with the carrier's code."""

    out_id: str
    state: str
    code: str
    at: str


def send(account: Account, sms: Sms) -> str:
    """The vendor's BizId of the accepted SMS. Raises Rejected, Busy, Unsure."""
    params = {"PhoneNumbers": sms.phone, "SignName": sms.sign_name, "TemplateCode": sms.template, "OutId": sms.out_id}
    if sms.params:
        params["TemplateParam"] = json.dumps(dict(sms.params), ensure_ascii=False)
    try:
        said = _ask(account, "SendSms", params)
    except Busy as busy:
        if busy.code.startswith("http_5"):
            raise Unsure(busy.code, busy.said) from None  # a server that broke may have sent it before
        raise
    return str(said.get("BizId", ""))


def fates(account: Account, phone: str, day: datetime) -> list[Fate]:
    """All SMS to a number on the Chinese day of `day`, at most 50; within the last 30 days."""
    params = {"PhoneNumber": phone, "SendDate": day.astimezone(CHINA).strftime("%Y%m%d"), "PageSize": "50", "CurrentPage": "1"}
    found = _ask(account, "QuerySendDetails", params).get("SmsSendDetailDTOs")
    rows = found.get("SmsSendDetailDTO") if isinstance(found, dict) else None
    return [_fate(row) for row in rows or [] if isinstance(row, dict)]


def templates_seen(account: Account) -> None:
    """A call that changes nothing and needs the credentials. Raises as `send` does."""
    _ask(account, "QuerySmsTemplateList", {"PageIndex": "1", "PageSize": "1"})


def _fate(row: Mapping[str, object]) -> Fate:
    status = row.get("SendStatus")
    state = STATES.get(status if isinstance(status, int) else 1, "pending")
    return Fate(str(row.get("OutId", "")), state, str(row.get("ErrCode") or ""), str(row.get("ReceiveDate") or row.get("SendDate") or ""))


def _ask(account: Account, action: str, params: Mapping[str, str]) -> Mapping[str, object]:
    query = canonical_query(params)
    headers = signed_headers(
        Action(action, VERSION),
        urlsplit(account.wire.base_url).netloc,
        query,
        key_id=account.key_id,
        secret=account.secret,
        at=account.now(),
        nonce=token_hex(16),
    )
    del headers["host"]  # the call writes it
    reached = call(account.wire, "POST", f"/?{query}", content=b"", headers=headers, judges=_JUDGED)
    try:
        said = json.loads(reached.body)
    except ValueError:
        raise Unsure("no_json") from None
    code = str(said.get("Code", "")) if isinstance(said, dict) else ""
    if code == "OK":
        return dict(said)
    kind = Busy if code.startswith(_BUSY) else Rejected
    raise kind(code or f"http_{reached.status}", str(said.get("Message", "")) if isinstance(said, dict) else "")
