"""Tencent Cloud's SMS as it behaves: HTTP 200 for everything, signed calls, no idempotency, marketing by day only, receipts, replies.

`sent` is what reached the carrier: the same asking twice is two SMS. `reports` writes the body that Tencent posts for them.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from tests.simulators.server import Asked, Clock, Reply, Simulator, route, said

CHINA = timezone(timedelta(hours=8))


@dataclass
class SentSms:
    """One SMS that was taken."""

    phone: str
    template: str
    params: list[str]
    session: str
    serial: str
    at: datetime
    state: str = "pending"
    code: str = ""


class TencentSms(Simulator):
    """One account `id`/`key` with the application 1400, the signature 留客, the notice 11 and the marketing template 22."""

    def __init__(self, clock: Clock | None = None) -> None:
        super().__init__(clock)
        self.keys, self.app = {"id": "key"}, "1400"
        self.templates = {"11": 1, "22": 1}
        """By id, how many variables."""
        self.marketing = {"22"}
        self.blocked: set[str] = set()
        self.sent: list[SentSms] = []

    @route("POST", "/")
    def ask(self, request: Asked) -> Reply:
        refused = self._refused(request)
        if refused:
            return fault(refused)
        action = request.headers["x-tc-action"]
        if action == "SendSms":
            return self._send(request)
        if action == "PullSmsSendStatusByPhoneNumber":
            return self._pull(request)
        return response(SendStatusStatistics={}) if action == "SendStatusStatistics" else fault("InvalidAction")

    def _refused(self, request: Asked) -> str:
        """The signature is computed from what came, by this simulator's own reading of the documents."""
        written = re.match(
            r"TC3-HMAC-SHA256 Credential=([^/]+)/(\S+), SignedHeaders=(\S+), Signature=(\w+)$", request.headers.get("authorization", "")
        )
        if written is None or written[1] not in self.keys:
            return "AuthFailure.SecretIdNotFound"
        stamp = request.headers["x-tc-timestamp"]
        if abs(int(stamp) - self.clock().timestamp()) > 300:
            return "AuthFailure.SignatureExpire"
        headers = "".join(f"{name}:{_low(name, request.headers[name])}\n" for name in written[3].split(";"))
        asked = "\n".join(["POST", "/", "", headers, written[3], hashlib.sha256(request.body).hexdigest()])
        scope = f"{datetime.fromtimestamp(int(stamp), UTC):%Y-%m-%d}/sms/tc3_request"
        text = "\n".join(["TC3-HMAC-SHA256", stamp, scope, hashlib.sha256(asked.encode()).hexdigest()])
        key = ("TC3" + self.keys[written[1]]).encode()
        for part in scope.split("/"):
            key = hmac.digest(key, part.encode(), "sha256")
        return "" if hmac.digest(key, text.encode(), "sha256").hex() == written[4] else "AuthFailure.SignatureFailure"

    def _send(self, request: Asked) -> Reply:
        asked = request.json
        if asked.get("SmsSdkAppId") != self.app:
            return fault("UnauthorizedOperation.SmsSdkAppIdVerifyFail")
        numbers = asked["PhoneNumberSet"]
        assert isinstance(numbers, list)
        return response(SendStatusSet=[self._one(str(number), asked) for number in numbers])

    def _one(self, number: str, asked: dict[str, object]) -> dict[str, object]:
        template, params = str(asked["TemplateId"]), asked.get("TemplateParamSet")
        assert isinstance(params, list)
        code = self._wrong(number, template, params)
        serial, fee = ("", 0) if code else (f"s{len(self.sent)}", 1)
        if not code:
            self.sent.append(SentSms(number, template, params, str(asked.get("SessionContext", "")), serial, self.clock()))
        return {
            "SerialNo": serial,
            "PhoneNumber": number,
            "Fee": fee,
            "Code": code or "Ok",
            "Message": f"{code or 'send success'}",
        }

    def _wrong(self, number: str, template: str, params: list[object]) -> str:
        if not re.fullmatch(r"\+\d{8,15}", number):
            return "InvalidParameterValue.IncorrectPhoneNumber"
        if number in self.blocked:
            return "FailedOperation.PhoneNumberInBlacklist"
        if template not in self.templates:
            return "FailedOperation.TemplateIncorrectOrUnapproved"
        if len(params) != self.templates[template]:
            return "FailedOperation.TemplateParamSetNotMatchApprovedTemplate"
        if template in self.marketing and not 8 <= self.clock().astimezone(CHINA).hour < 22:
            return "FailedOperation.MarketingSendTimeConstraint"
        same = [each for each in self.sent if each.phone == number and self.clock() - each.at < timedelta(seconds=30)]
        return "LimitExceeded.PhoneNumberThirtySecondLimit" if same else ""

    def _pull(self, request: Asked) -> Reply:
        asked = request.json
        since = float(str(asked["BeginTime"]))
        told = [
            each for each in self.sent if each.phone == asked["PhoneNumber"] and each.state != "pending" and each.at.timestamp() >= since
        ]
        rows = [
            {
                "SessionContext": each.session, "SerialNo": each.serial, "PhoneNumber": each.phone,
                "ReportStatus": "SUCCESS" if each.state == "delivered" else "FAIL", "Description": each.code,
            }
            for each in told
        ]  # fmt: skip
        return response(PullSmsSendStatusSet=rows)

    def _told(self) -> list[SentSms]:
        return [each for each in self.sent if each.state != "pending"]

    def carrier(self, state: str, code: str = "", phone: str = "") -> None:
        """The carrier tells Tencent what became of what is pending (of one number)."""
        for each in self.sent:
            if each.state == "pending" and phone in {"", each.phone}:
                each.state, each.code = state, code

    def reports(self) -> bytes:
        """What Tencent posts for all that the carrier has told."""
        rows = [
            {
                "user_receive_time": f"{self.clock().astimezone(CHINA):%Y-%m-%d %H:%M:%S}", "nationcode": "86",
                "mobile": each.phone.removeprefix("+86"), "report_status": "SUCCESS" if each.state == "delivered" else "FAIL",
                "errmsg": each.code, "description": "", "sid": each.serial, "ext": each.session,
            }
            for each in self._told()
        ]  # fmt: skip
        return json.dumps(rows, ensure_ascii=False).encode()

    def reply(self, phone: str, text: str) -> bytes:
        """What Tencent posts when a customer answers."""
        row = {"extend": "", "mobile": phone.removeprefix("+86"), "nationcode": "86", "sign": "留客", "text": text}
        return json.dumps({**row, "time": int(self.clock().timestamp())}, ensure_ascii=False).encode()


def _low(name: str, text: str) -> str:
    return text.lower() if name == "x-tc-action" else text


def response(**more: object) -> Reply:
    """Answered; whether it is done stands inside."""
    return said({"Response": {"RequestId": "r", **more}})


def fault(code: str) -> Reply:
    """Refused, with HTTP 200."""
    return response(Error={"Code": code, "Message": f"{code} was said"})
