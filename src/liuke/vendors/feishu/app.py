"""One app of a company at Feishu: its tenant token and its calls. A refused token is fetched again once.

Two ways to a token, told apart by `by_oauth`: the tenant endpoint (within thirty minutes of its end it gives a second token, and both
work), and the newer OAuth endpoint of the accounts host, whose tokens are longer (up to 4 KB).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from liuke.vendors.answers import Rejected
from liuke.vendors.feishu.envelopes import STATUSES, TOKEN, Answer, answer_of
from liuke.vendors.http import Wire, call
from liuke.vendors.state import Limits, Token, Tokens

OPEN_HOST = "https://open.feishu.cn"
ACCOUNTS_HOST = "https://accounts.feishu.cn"
OAUTH = "/oauth/v3/token"
TENANT = "/open-apis/auth/v3/tenant_access_token/internal"


class Nothing(msgspec.Struct, frozen=True):
    """An answer of which only the success matters."""


class _Tenant(msgspec.Struct, frozen=True):
    tenant_access_token: str
    expire: int = 7200


class _OAuth(msgspec.Struct, frozen=True):
    access_token: str
    expires_in: int = 7200


@dataclass(frozen=True, slots=True)
class App:
    """What calls need."""

    app_id: str
    app_secret: str
    open: Wire
    accounts: Wire
    tokens: Tokens
    limits: Limits
    now: Callable[[], datetime]
    by_oauth: bool = False

    def ask(self, method: str, path: str, kind: type[Answer], body: object = None, params: Mapping[str, str] | None = None) -> Answer:
        """A call in the app's own name. Raises Rejected, Busy, Unsure."""
        key = f"feishu.{self.app_id}"
        for last in (False, True):
            token = self.tokens.get(key, self._token)
            bearer = {"Authorization": f"Bearer {token}"}
            try:
                return answer_of(call(self.open, method, path, params=params, json=body, headers=bearer, judges=STATUSES), kind)
            except Rejected as refused:
                if last or refused.code not in TOKEN:
                    raise
                self.tokens.drop(key, token)
        raise AssertionError("unreachable")

    def _token(self) -> Token:
        if self.by_oauth:
            asked = {"grant_type": "client_credentials", "client_id": self.app_id, "client_secret": self.app_secret}
            got = answer_of(call(self.accounts, "POST", OAUTH, json=asked, judges=STATUSES), _OAuth)
            return Token(got.access_token, self.now() + timedelta(seconds=got.expires_in))
        asked = {"app_id": self.app_id, "app_secret": self.app_secret}
        tenant = answer_of(call(self.open, "POST", TENANT, json=asked, judges=STATUSES), _Tenant)
        return Token(tenant.tenant_access_token, self.now() + timedelta(seconds=tenant.expire))
