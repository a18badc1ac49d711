"""Sends one SMS and asks what became of it. SendSms dedupes nothing: after `Unsure` ask, never send again."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from liuke.vendors.answers import Busy, Rejected, Unsure
from liuke.vendors.http import Wire, call
from liuke.vendors.tencent_sms.signing import CONTENT_TYPE, authorization

BASE_URL = "https://sms.tencentcloudapi.com"
VERSION = "2021-01-11"
REGION = "ap-guangzhou"
NIGHT = frozenset({"FailedOperation.MarketingSendTimeConstraint", "1029"})
"""Marketing goes out between 08:00 and 22:00 only."""
_BUSY = (
    "RequestLimitExceeded",
    "InternalError",
    "LimitExceeded.PhoneNumberThirtySecondLimit",
    "LimitExceeded.DeliveryFrequencyLimit",
)


@dataclass(frozen=True, slots=True)
class Account:
    """Who asks, with which SMS application, where and when."""

    wire: Wire
    key_id: str
    secret: str
    app_id: str
    now: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Sms:
    """One SMS to one number (E.164). Template variables are positional. `session` comes back in receipts, at most 512 bytes."""

    phone: str
    sign_name: str
    template: str
    params: Sequence[str]
    session: str


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of an SMS, as far as a receipt has come."""

    session: str
    serial: str
    ok: bool
    code: str


def send(account: Account, sms: Sms) -> str:
    """The vendor's SerialNo of the accepted SMS. Raises Rejected, Busy, Unsure."""
    asked = {
        "PhoneNumberSet": [sms.phone],
        "SmsSdkAppId": account.app_id,
        "TemplateId": sms.template,
        "SignName": sms.sign_name,
        "TemplateParamSet": list(sms.params),
        "SessionContext": sms.session,
    }
    try:
        said = _ask(account, "SendSms", asked)
    except Busy as busy:
        if busy.code.startswith(("http_5", "InternalError")):
            raise Unsure(busy.code, busy.said) from None  # a server that broke may have sent it before
        raise
    statuses = said.get("SendStatusSet")
    first = statuses[0] if isinstance(statuses, list) and statuses and isinstance(statuses[0], dict) else {}
    code = str(first.get("Code", ""))
    if code == "Ok":
        return str(first.get("SerialNo", ""))
    raise _fault(code or "no_status", str(first.get("Message", "")))


def fates(account: Account, phone: str, since: datetime) -> list[Fate]:
    """Receipts for a number since `since` (within the last 7 days), at most 100."""
    asked = {"BeginTime": int(since.timestamp()), "Offset": 0, "Limit": 100, "PhoneNumber": phone, "SmsSdkAppId": account.app_id}
    rows = _ask(account, "PullSmsSendStatusByPhoneNumber", asked).get("PullSmsSendStatusSet")
    return [
        Fate(
            str(row.get("SessionContext") or ""),
            str(row.get("SerialNo") or ""),
            row.get("ReportStatus") == "SUCCESS",
            str(row.get("Description") or ""),
        )
        for row in (rows if isinstance(rows, list) else [])
        if isinstance(row, dict)
    ]


def statistics(account: Account) -> None:
    """A call that changes nothing and needs the credentials. Raises as `send` does."""
    hour = account.now().strftime("%Y%m%d%H")
    _ask(account, "SendStatusStatistics", {"BeginTime": hour, "EndTime": hour, "SmsSdkAppId": account.app_id, "Limit": 0, "Offset": 0})


def _ask(account: Account, action: str, asked: Mapping[str, object]) -> Mapping[str, object]:
    body, host, at = json.dumps(asked, ensure_ascii=False).encode(), urlsplit(account.wire.base_url).netloc, account.now()
    headers = {
        "Authorization": authorization(
            service="sms", host=host, action=action, body=body, key_id=account.key_id, secret=account.secret, at=at
        ),
        "Content-Type": CONTENT_TYPE,
        "X-TC-Action": action,
        "X-TC-Timestamp": str(int(at.timestamp())),
        "X-TC-Version": VERSION,
        "X-TC-Region": REGION,
    }
    reached = call(account.wire, "POST", "/", content=body, headers=headers)
    try:
        said = json.loads(reached.body)["Response"]
        error = said.get("Error")
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Unsure("no_json") from None
    if error:
        raise _fault(str(error.get("Code", "")), str(error.get("Message", "")))
    return dict(said)


def _fault(code: str, said: str) -> Busy | Rejected:
    return Busy(code, said) if code.startswith(_BUSY) else Rejected(code, said)
