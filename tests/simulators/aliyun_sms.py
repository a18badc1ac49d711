"""Aliyun's SMS as it behaves: signed calls, no idempotency, receipts that come late, twice or before the answer, replies.

`sent` is what reached the carrier: the same asking twice is two SMS. `reports` writes the body that Aliyun posts for them.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from urllib.parse import quote, urlencode

from tests.simulators.server import Asked, Clock, Reply, Simulator, route, said

CHINA = timezone(timedelta(hours=8))
PER_DAY = 50
CLOCK_SKEW = timedelta(minutes=15)


@dataclass
class SentSms:
    """One SMS that was taken."""

    phone: str
    template: str
    params: dict[str, str]
    out_id: str
    biz_id: str
    at: datetime
    state: str = "pending"
    code: str = ""


class AliyunSms(Simulator):
    """One account `key`/`secret` with the signature 留客 and the template SMS_1."""

    def __init__(self, clock: Clock | None = None) -> None:
        super().__init__(clock)
        self.keys = {"key": "secret"}
        self.signs, self.templates = {"留客"}, {"SMS_1"}
        self.balance = 10_000_000
        self.sent: list[SentSms] = []
        self.sent_to: defaultdict[str, list[SentSms]] = defaultdict(list)

    @route("POST", "/")
    def ask(self, request: Asked) -> Reply:
        refused = self._refused(request)
        if refused is not None:
            return refused
        action = request.headers["x-acs-action"]
        if action == "SendSms":
            return self._send(request)
        if action == "QuerySendDetails":
            return self._details(request)
        return ok() if action == "QuerySmsTemplateList" else fault("InvalidAction.NotFound", 404)

    def _refused(self, request: Asked) -> Reply | None:
        """The signature is computed from what came, by this simulator's own reading of the documents."""
        written = dict(part.partition("=")[::2] for part in request.headers.get("authorization", "").partition(" ")[2].split(","))
        secret = self.keys.get(written.get("Credential", ""))
        if secret is None:
            return fault("InvalidAccessKeyId.NotFound", 404)
        at = datetime.fromisoformat(request.headers["x-acs-date"])
        if abs(at - self.clock()) > CLOCK_SKEW:
            return fault("InvalidTimeStamp.Expired", 400)
        names = written["SignedHeaders"].split(";")
        headers = "\n".join(f"{name}:{request.headers[name].strip()}" for name in names)
        query = urlencode(sorted(request.query.items()), quote_via=quote, safe="-_.~")
        digest = hashlib.sha256(request.body).hexdigest()
        asked = "\n".join(["POST", "/", query, headers, "", ";".join(names), digest])
        to_sign = "ACS3-HMAC-SHA256\n" + hashlib.sha256(asked.encode()).hexdigest()
        right = hmac.new(secret.encode(), to_sign.encode(), "sha256").hexdigest()
        fine = right == written["Signature"] and digest == request.headers["x-acs-content-sha256"]
        return None if fine else fault("SignatureDoesNotMatch", 400)

    def _send(self, request: Asked) -> Reply:
        asked, now = request.query, self.clock()
        wrong = self._wrong(request)
        if wrong:
            return fault(wrong)
        self.balance -= 1
        biz_id = f"{900_000 + len(self.sent)}^0"
        params = json.loads(asked.get("TemplateParam", "{}"))
        sms = SentSms(asked["PhoneNumbers"], asked["TemplateCode"], params, asked.get("OutId", ""), biz_id, now)
        self.sent.append(sms)
        self.sent_to[sms.phone].append(sms)
        return ok(BizId=biz_id)

    def _wrong(self, request: Asked) -> str:
        asked, day_ago = request.query, self.clock() - timedelta(days=1)
        if asked["SignName"] not in self.signs:
            return "isv.SMS_SIGNATURE_ILLEGAL"
        if asked["TemplateCode"] not in self.templates:
            return "isv.SMS_TEMPLATE_ILLEGAL"
        if not (len(asked["PhoneNumbers"]) == 11 and asked["PhoneNumbers"].isdigit()):
            return "isv.MOBILE_NUMBER_ILLEGAL"
        if self.balance <= 0:
            return "isv.AMOUNT_NOT_ENOUGH"
        same = [each for each in self.sent_to[asked["PhoneNumbers"]] if each.template == asked["TemplateCode"]]
        return "isv.BUSINESS_LIMIT_CONTROL" if sum(each.at > day_ago for each in same) >= PER_DAY else ""

    def _details(self, request: Asked) -> Reply:
        day = request.query["SendDate"]
        rows = [each for each in self.sent_to[request.query["PhoneNumber"]] if f"{each.at.astimezone(CHINA):%Y%m%d}" == day]
        status = {"pending": 1, "failed": 2, "delivered": 3}
        details = [
            {
                "OutId": each.out_id,
                "SendStatus": status[each.state],
                "ErrCode": each.code,
                "PhoneNum": each.phone,
                "TemplateCode": each.template,
            }
            for each in reversed(rows)
        ]
        return ok(TotalCount=len(details), SmsSendDetailDTOs={"SmsSendDetailDTO": details[:50]})

    def carrier(self, state: str, code: str = "", phone: str = "") -> None:
        """The carrier tells Aliyun what became of what is pending (of one number)."""
        for each in self.sent:
            if each.state == "pending" and phone in {"", each.phone}:
                each.state, each.code = state, code

    def reports(self) -> bytes:
        """What Aliyun posts for all that the carrier has told."""
        stamp = f"{self.clock().astimezone(CHINA):%Y-%m-%d %H:%M:%S}"
        told = [each for each in self.sent if each.state != "pending"]
        rows = [
            {
                "phone_number": each.phone, "success": each.state == "delivered", "err_code": each.code, "err_msg": "", "sms_size": "1",
                "biz_id": each.biz_id, "out_id": each.out_id, "send_time": stamp, "report_time": stamp,
            }
            for each in told
        ]  # fmt: skip
        return json.dumps(rows, ensure_ascii=False).encode()

    def reply(self, phone: str, text: str) -> bytes:
        """What Aliyun posts when a customer answers."""
        stamp = f"{self.clock().astimezone(CHINA):%Y-%m-%d %H:%M:%S}"
        row = {"phone_number": phone, "content": text, "send_time": stamp, "sign_name": "留客", "dest_code": "1069", "sequence_id": 7}
        return json.dumps([row], ensure_ascii=False).encode()


def ok(**more: object) -> Reply:
    """Taken."""
    return said({"Code": "OK", "Message": "OK", "RequestId": "r", **more})


def fault(code: str, status: int = 200) -> Reply:
    """Refused."""
    return said({"Code": code, "Message": f"{code} was said", "RequestId": "r"}, status)
