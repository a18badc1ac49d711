"""A group's custom robot: one webhook, 5 messages a second and 100 a minute. It cannot tell a repeat from a new message."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from liuke.vendors.answers import Busy, Rejected
from liuke.vendors.feishu.app import Nothing
from liuke.vendors.feishu.envelopes import STATUSES, answer_of
from liuke.vendors.http import Wire, call
from liuke.vendors.state import Limit, Limits

PER_SECOND = Limit(5, 1)
PER_MINUTE = Limit(100, 60)
LONGEST_BYTES = 20 * 1024


@dataclass(frozen=True, slots=True)
class Robot:
    """`hook` is the last part of the webhook's address; `secret` that of 签名校验, empty where there is none."""

    wire: Wire
    hook: str
    secret: str
    limits: Limits
    now: Callable[[], datetime]

    def post(self, message: Mapping[str, object]) -> None:
        """One message. Raises Rejected, Busy, Unsure."""
        key = f"feishu_robot:{hashlib.sha256(self.hook.encode()).hexdigest()[:16]}"
        for name, limit in (("second", PER_SECOND), ("minute", PER_MINUTE)):
            wait = self.limits.take(f"{key}.{name}", limit)
            if wait:
                raise Busy("limited", f"{limit.most} in {limit.seconds} s", again_in=wait)
        signed: dict[str, object] = {}
        if self.secret:
            moment = int(self.now().timestamp())
            signed = {"timestamp": str(moment), "sign": sign(self.secret, moment)}
        body = json.dumps({**signed, **message}, ensure_ascii=False).encode()
        if len(body) > LONGEST_BYTES:
            raise Rejected("9499", "longer than 20 KB")
        headers = {"Content-Type": "application/json; charset=utf-8"}
        answer_of(call(self.wire, "POST", f"/open-apis/bot/v2/hook/{self.hook}", content=body, headers=headers, judges=STATUSES), Nothing)


def sign(secret: str, moment: int) -> str:
    """The value of `sign`: the text is the key and the message is empty. `moment` in seconds."""
    return base64.b64encode(hmac.new(f"{moment}\n{secret}".encode(), b"", hashlib.sha256).digest()).decode()
