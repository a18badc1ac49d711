"""A group's custom robot: one webhook, 20 messages a minute; the twenty-first blocks it for ten minutes, so it is never sent."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote_plus

from liuke.vendors.answers import Busy
from liuke.vendors.dingtalk.app import Nothing
from liuke.vendors.dingtalk.envelopes import old_answer
from liuke.vendors.http import Wire, call
from liuke.vendors.state import Limit, Limits

PER_MINUTE = Limit(20, 60)


@dataclass(frozen=True, slots=True)
class Robot:
    """`secret` is that of 加签; empty where the robot is secured by a keyword or by addresses instead."""

    wire: Wire
    access_token: str
    secret: str
    limits: Limits
    now: Callable[[], datetime]

    def post(self, message: Mapping[str, object], *, key: str) -> None:
        """One message; `key` ≤ 64 characters makes a repeat harmless. Raises Rejected, Busy, Unsure."""
        wait = self.limits.take(f"dingtalk_robot:{_name(self.access_token)}", PER_MINUTE)
        if wait:
            raise Busy("limited", "20 a minute", again_in=wait)
        path = f"/robot/send?access_token={quote_plus(self.access_token)}"
        if self.secret:
            moment = int(self.now().timestamp() * 1000)
            path += f"&timestamp={moment}&sign={sign(self.secret, moment)}"
        old_answer(call(self.wire, "POST", path, json={**message, "msgUuid": key}), Nothing)


def sign(secret: str, moment: int) -> str:
    """The value of `sign`, ready for the address. `moment` in milliseconds."""
    digest = hmac.new(secret.encode(), f"{moment}\n{secret}".encode(), hashlib.sha256).digest()
    return quote_plus(base64.b64encode(digest))


def markdown(title: str, text: str, *, mobiles: tuple[str, ...] = (), users: tuple[str, ...] = ()) -> dict[str, object]:
    """A Markdown message that names people; the text itself must contain `@<mobile or user id>` for each, which is added."""
    named = "".join(f" @{who}" for who in (*mobiles, *users))
    at = {"atMobiles": list(mobiles), "atUserIds": list(users), "isAtAll": False}
    return {"msgtype": "markdown", "markdown": {"title": title, "text": text + named}, "at": at}


def _name(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()[:16]
