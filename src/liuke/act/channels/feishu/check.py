"""Whether the app is set up: its credentials, and the way back for clicks."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from liuke.act.channels.feishu.app import app_of
from liuke.act.channels.vendor_results import fault_code
from liuke.act.domain.channel import ChannelTarget, Finding
from liuke.vendors.answers import VendorFault
from liuke.vendors.feishu.app import App
from liuke.vendors.state import InMemoryTokens


class _Bot(msgspec.Struct, frozen=True):
    app_name: str = ""
    activate_status: int = 2


class _Told(msgspec.Struct, frozen=True):
    bot: _Bot = _Bot()


ACTIVE = 2


def check(target: ChannelTarget) -> list[Finding]:
    """Asks for the robot of the app, which needs credentials and nothing else; they are tried afresh whatever token is still at hand."""
    robot = _robot(replace(app_of(target), tokens=InMemoryTokens(target.now)))
    return [robot] if target.listens else [robot, _callback(target)]


def _robot(app: App) -> Finding:
    try:
        bot = app.ask("GET", "/open-apis/bot/v3/info", _Told).bot
    except VendorFault as fault:
        params = {"fault": fault_code("feishu", fault.code), "said": fault.said[:200]}
        return Finding("credentials", ok=False, code="feishu_credentials_bad", params=params)
    active = bot.activate_status == ACTIVE
    return Finding("credentials", ok=active, code="feishu_credentials_good" if active else "feishu_inactive", params={"name": bot.app_name})


def _callback(target: ChannelTarget) -> Finding:
    if not target.secrets.get("verification_token"):
        return Finding("callback", ok=True, code="feishu_no_clicks")
    if not target.callback_url.startswith("https://"):
        return Finding("callback", ok=False, code="feishu_not_public", params={"url": target.site.public_url})
    return Finding("callback", ok=True, code="feishu_callback", params={"url": target.callback_url})
