"""Logging in through the messenger that the company uses: where the browser goes, and whose id came back. One row per vendor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from liuke.act.channels.dingtalk.app import app_of as dingtalk_app
from liuke.act.channels.feishu.app import app_of as feishu_app
from liuke.act.channels.wecom.app import app_of as wecom_app
from liuke.act.domain.channel import ChannelTarget
from liuke.vendors.dingtalk import login as dingtalk
from liuke.vendors.feishu import login as feishu
from liuke.vendors.wecom import login as wecom


@dataclass(frozen=True, slots=True)
class LoginAsk:
    """`redirect` is our address, `state` what must come back unchanged, `inside` whether the page is open in the messenger itself."""

    redirect: str
    state: str
    inside: bool


@dataclass(frozen=True, slots=True)
class LoginWay:
    """`users` gives the ids under which the person may be bound here, best first. Raises VendorFault."""

    address: Callable[[ChannelTarget, LoginAsk], str]
    users: Callable[[ChannelTarget, str, str], tuple[str, ...]]


def _wecom_address(target: ChannelTarget, ask: LoginAsk) -> str:
    app = wecom_app(target)
    where = wecom.inside_address if ask.inside else wecom.desktop_address
    return where(corp_id=app.corp_id, agent_id=app.agent_id, redirect=ask.redirect, state=ask.state)


def _wecom_users(target: ChannelTarget, code: str, _redirect: str) -> tuple[str, ...]:
    return (wecom.login_user(wecom_app(target), code),)


def _dingtalk_address(target: ChannelTarget, ask: LoginAsk) -> str:
    return dingtalk.login_address(target.text("app_key"), redirect=ask.redirect, state=ask.state)


def _dingtalk_users(target: ChannelTarget, code: str, _redirect: str) -> tuple[str, ...]:
    return (dingtalk.login_person(dingtalk_app(target), code).user_id,)


def _feishu_address(target: ChannelTarget, ask: LoginAsk) -> str:
    return feishu.login_address(target.text("app_id"), redirect=ask.redirect, state=ask.state)


def _feishu_users(target: ChannelTarget, code: str, redirect: str) -> tuple[str, ...]:
    found = feishu.login_person(feishu_app(target), code, redirect=redirect)
    return tuple(each for each in (found.open_id, found.user_id) if each)


LOGINS: Mapping[str, LoginWay] = {
    "wecom": LoginWay(_wecom_address, _wecom_users),
    "dingtalk": LoginWay(_dingtalk_address, _dingtalk_users),
    "feishu": LoginWay(_feishu_address, _feishu_users),
}
"""By channel kind, which is also the kind of the address."""
