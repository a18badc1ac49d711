"""One app of a company at DingTalk: its two hosts and their tokens. A refused token is fetched again once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from liuke.vendors.answers import Rejected
from liuke.vendors.dingtalk.envelopes import STATUSES, TOKEN_NEW, TOKEN_OLD, Answer, new_answer, old_answer
from liuke.vendors.http import Wire, call
from liuke.vendors.state import Limit, Limits, Token, Tokens

OLD_HOST = "https://oapi.dingtalk.com"
NEW_HOST = "https://api.dingtalk.com"
ACCESS_HEADER = "x-acs-dingtalk-access-token"

MONTH = 30 * 86400
"""Seconds."""


class Nothing(msgspec.Struct, frozen=True):
    """An answer of which only the success matters."""


class _OldToken(msgspec.Struct, frozen=True):
    access_token: str
    expires_in: int = 7200


class _NewToken(msgspec.Struct, frozen=True, rename="camel"):
    access_token: str
    expire_in: int = 7200


@dataclass(frozen=True, slots=True)
class App:
    """What calls need. `robot_code` sends cards; it is the app key unless the company gave it another."""

    app_key: str
    app_secret: str
    old: Wire
    new: Wire
    tokens: Tokens
    limits: Limits
    now: Callable[[], datetime]
    agent_id: str = ""
    robot_code: str = ""
    monthly_calls: int = 0
    """What the company's edition allows in a month; calls are counted against it and never held back. 0 = not counted."""

    def ask_old(self, path: str, body: Mapping[str, object], kind: type[Answer]) -> Answer:
        """POST to oapi.dingtalk.com. Raises Rejected, Busy, Unsure."""
        key = f"dingtalk.old.{self.app_key}"
        self._count()
        for last in (False, True):
            token = self.tokens.get(key, self._old_token)
            try:
                return old_answer(call(self.old, "POST", path, params={"access_token": token}, json=body), kind)
            except Rejected as refused:
                if last or refused.code not in TOKEN_OLD:
                    raise
                self.tokens.drop(key, token)
        raise AssertionError("unreachable")

    def ask_new(self, method: str, path: str, kind: type[Answer], body: object = None, params: Mapping[str, str] | None = None) -> Answer:
        """A call to api.dingtalk.com. Raises Rejected, Busy, Unsure."""
        key = f"dingtalk.new.{self.app_key}"
        self._count()
        for last in (False, True):
            token = self.tokens.get(key, self._new_token)
            try:
                reached = call(self.new, method, path, params=params, json=body, headers={ACCESS_HEADER: token}, judges=STATUSES)
                return new_answer(reached, kind)
            except Rejected as refused:
                if last or refused.code not in TOKEN_NEW:
                    raise
                self.tokens.drop(key, token)
        raise AssertionError("unreachable")

    def _count(self) -> None:
        if self.monthly_calls:
            self.limits.take(f"dingtalk:{self.app_key}", Limit(self.monthly_calls, MONTH))

    def _old_token(self) -> Token:
        answer = call(self.old, "GET", "/gettoken", params={"appkey": self.app_key, "appsecret": self.app_secret})
        got = old_answer(answer, _OldToken)
        return Token(got.access_token, self.now() + timedelta(seconds=got.expires_in))

    def _new_token(self) -> Token:
        body = {"appKey": self.app_key, "appSecret": self.app_secret}
        got = new_answer(call(self.new, "POST", "/v1.0/oauth2/accessToken", json=body, judges=STATUSES), _NewToken)
        return Token(got.access_token, self.now() + timedelta(seconds=got.expire_in))
