"""Log-in with WeCom: by QR code on a desktop, silently inside WeCom (documents 98152, 91022, 91023). A code works once, in five minutes."""

from __future__ import annotations

from urllib.parse import urlencode

import msgspec

from liuke.vendors.answers import Rejected
from liuke.vendors.wecom.app import App

DESKTOP_HOST = "https://login.work.weixin.qq.com"
INSIDE_HOST = "https://open.weixin.qq.com"
OUTSIDER = "outsider"


class _Who(msgspec.Struct, frozen=True):
    userid: str = ""
    openid: str = ""
    external_userid: str = ""


def desktop_address(*, corp_id: str, agent_id: int, redirect: str, state: str, host: str = DESKTOP_HOST) -> str:
    """The page with the QR code. `state` is compared on return by the caller."""
    asked = {"login_type": "CorpApp", "appid": corp_id, "agentid": str(agent_id), "redirect_uri": redirect, "state": state}
    return f"{host}/wwlogin/sso/login?{urlencode(asked)}"


def inside_address(*, corp_id: str, agent_id: int, redirect: str, state: str, host: str = INSIDE_HOST) -> str:
    """Where a page inside WeCom goes: nobody has to confirm anything."""
    asked = {
        "appid": corp_id,
        "redirect_uri": redirect,
        "response_type": "code",
        "scope": "snsapi_base",
        "state": state,
        "agentid": str(agent_id),
    }
    return f"{host}/connect/oauth2/authorize?{urlencode(asked)}#wechat_redirect"


def login_user(app: App, code: str) -> str:
    """The user id of the colleague who gave the code. Raises Rejected("40029") for a used or old one, ("outsider"), Busy, Unsure."""
    who = app.get("auth/getuserinfo", _Who, {"code": code})
    if not who.userid:
        raise Rejected(OUTSIDER)
    return who.userid
