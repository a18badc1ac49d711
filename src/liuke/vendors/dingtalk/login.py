"""Log-in with DingTalk: the address to go to, and who came back. The code works once, for five minutes."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

import msgspec

from liuke.vendors.answers import Rejected
from liuke.vendors.dingtalk.app import ACCESS_HEADER, App
from liuke.vendors.dingtalk.envelopes import STATUSES, new_answer
from liuke.vendors.http import call

LOGIN_HOST = "https://login.dingtalk.com"


@dataclass(frozen=True, slots=True)
class Person:
    """Who logged in. `user_id` is the one of this company; an outsider has none and is refused before."""

    union_id: str
    user_id: str
    name: str


class _UserToken(msgspec.Struct, frozen=True, rename="camel"):
    access_token: str


class _Me(msgspec.Struct, frozen=True):
    nick: str = ""
    union_id: str = msgspec.field(default="", name="unionId")


class _ByUnion(msgspec.Struct, frozen=True):
    userid: str = ""


class _Found(msgspec.Struct, frozen=True):
    result: _ByUnion = _ByUnion()


def login_address(app_key: str, *, redirect: str, state: str, host: str = LOGIN_HOST) -> str:
    """Where the browser goes. `state` is compared on return by the caller."""
    asked = {
        "redirect_uri": redirect,
        "response_type": "code",
        "client_id": app_key,
        "scope": "openid",
        "state": state,
        "prompt": "consent",
    }
    return f"{host}/oauth2/auth?{urlencode({**asked, 'prompt': 'consent'})}"


def login_person(app: App, code: str) -> Person:
    """Who gave the code. Raises Rejected for a used or old code, and ("60121") for somebody outside the company."""
    body = {"clientId": app.app_key, "clientSecret": app.app_secret, "code": code, "grantType": "authorization_code"}
    reached = call(app.new, "POST", "/v1.0/oauth2/userAccessToken", json=body, judges=STATUSES)
    token = new_answer(reached, _UserToken).access_token
    told = call(app.new, "GET", "/v1.0/contact/users/me", headers={ACCESS_HEADER: token}, judges=STATUSES)
    me = new_answer(told, _Me)
    found = app.ask_old("/topapi/user/getbyunionid", {"unionid": me.union_id}, _Found).result.userid
    if not found:
        raise Rejected("60121", me.nick)
    return Person(me.union_id, found, me.nick)
