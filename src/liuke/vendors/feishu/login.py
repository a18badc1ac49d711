"""Log-in with Feishu: the address to go to, and who came back. The code works once, for five minutes."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

import msgspec

from liuke.vendors.feishu.app import ACCOUNTS_HOST, OAUTH, App
from liuke.vendors.feishu.envelopes import STATUSES, answer_of
from liuke.vendors.http import call


@dataclass(frozen=True, slots=True)
class Person:
    """Who logged in. `tenant` is their company's key: the caller compares it; `user_id` is empty without that permission."""

    open_id: str
    union_id: str
    user_id: str
    name: str
    tenant: str


class _Token(msgspec.Struct, frozen=True):
    access_token: str


class _Info(msgspec.Struct, frozen=True):
    open_id: str
    union_id: str = ""
    user_id: str = ""
    name: str = ""
    tenant_key: str = ""


class _Me(msgspec.Struct, frozen=True):
    data: _Info


def login_address(app_id: str, *, redirect: str, state: str, host: str = ACCOUNTS_HOST) -> str:
    """Where the browser goes. `state` is compared on return by the caller."""
    asked = {"client_id": app_id, "response_type": "code", "redirect_uri": redirect, "state": state}
    return f"{host}/open-apis/authen/v1/authorize?{urlencode(asked)}"


def login_person(app: App, code: str, *, redirect: str) -> Person:
    """Who gave the code; `redirect` as it was in `login_address`. Raises Rejected for a used or old code, Busy, Unsure."""
    asked = {
        "grant_type": "authorization_code",
        "client_id": app.app_id,
        "client_secret": app.app_secret,
        "code": code,
        "redirect_uri": redirect,
    }
    token = answer_of(call(app.accounts, "POST", OAUTH, json=asked, judges=STATUSES), _Token).access_token
    bearer = {"Authorization": f"Bearer {token}"}
    me = answer_of(call(app.open, "GET", "/open-apis/authen/v1/user_info", headers=bearer, judges=STATUSES), _Me).data
    return Person(me.open_id, me.union_id, me.user_id, me.name, me.tenant_key)
