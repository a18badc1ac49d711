"""One app of a company at WeCom: its token and its calls. A refused token is fetched again once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

import msgspec

from liuke.vendors.answers import Busy, Rejected
from liuke.vendors.http import Reached, Wire, call
from liuke.vendors.state import Limit, Limits, Token, Tokens
from liuke.vendors.wecom.envelopes import TOKEN, Answer, answer_of

HOST = "https://qyapi.weixin.qq.com"
PER_MINUTE = Limit(10_000, 60)
"""Calls of one company to one interface (document 90454)."""
FETCHES = Limit(60, 3600)
"""Token fetches: far below the 2,000 wrong ones in an hour after which WeCom blocks the company for an hour."""


class _Got(msgspec.Struct, frozen=True):
    access_token: str
    expires_in: int = 7200


@dataclass(frozen=True, slots=True)
class App:
    """What calls need. Every app of the company has its own secret and its own token."""

    corp_id: str
    secret: str
    agent_id: int
    wire: Wire
    tokens: Tokens
    limits: Limits
    now: Callable[[], datetime]

    @property
    def key(self) -> str:
        """Names this app in tokens and limits; tells nothing of the secret."""
        return f"wecom.{self.corp_id}.{self.agent_id}.{sha256(self.secret.encode()).hexdigest()[:8]}"

    def get(self, path: str, kind: type[Answer], params: Mapping[str, str] | None = None) -> Answer:
        """GET `/cgi-bin/<path>`. Raises Rejected, Busy, Unsure."""
        return self._ask("GET", path, kind, params=params)

    def post(self, path: str, kind: type[Answer], body: object) -> Answer:
        """POST JSON to `/cgi-bin/<path>`. Raises Rejected, Busy, Unsure."""
        return self._ask("POST", path, kind, content=msgspec.json.encode(body))

    def upload(self, path: str, kind: type[Answer], *, content: bytes, boundary: str, params: Mapping[str, str]) -> Answer:
        """POST a multipart body made by the caller. Raises Rejected, Busy, Unsure."""
        return self._ask("POST", path, kind, params=params, content=content, content_type=f"multipart/form-data; boundary={boundary}")

    def room(self, key: str, limit: Limit, n: int = 1) -> None:
        """Take `n` of a limit. Raises Busy("own_limit") with the seconds until there is room."""
        wait = self.limits.take(key, limit, n)
        if wait > 0:
            raise Busy("own_limit", key, again_in=wait)

    def _ask(
        self,
        method: str,
        path: str,
        kind: type[Answer],
        *,
        params: Mapping[str, str] | None = None,
        content: bytes | None = None,
        content_type: str = "application/json",
    ) -> Answer:
        self.room(f"wecom.{self.corp_id}.call.{path}", PER_MINUTE)
        for last in (False, True):
            token = self.tokens.get(self.key, self._fetch)
            reached = self._call(method, path, {"access_token": token, **(params or {})}, content, content_type)
            try:
                return answer_of(reached, kind)
            except Rejected as refused:
                if last or refused.code not in TOKEN:
                    raise
                self.tokens.drop(self.key, token)
        raise AssertionError("unreachable")

    def _call(self, method: str, path: str, params: Mapping[str, str], content: bytes | None, content_type: str) -> Reached:
        headers = {} if content is None else {"Content-Type": content_type}
        return call(self.wire, method, f"/cgi-bin/{path}", params=params, content=content, headers=headers)

    def _fetch(self) -> Token:
        self.room(f"{self.key}.gettoken", FETCHES)
        reached = call(self.wire, "GET", "/cgi-bin/gettoken", params={"corpid": self.corp_id, "corpsecret": self.secret})
        got = answer_of(reached, _Got)
        return Token(got.access_token, self.now() + timedelta(seconds=got.expires_in))
