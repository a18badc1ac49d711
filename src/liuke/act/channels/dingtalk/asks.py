"""What we ask DingTalk: what became of work notices, and whether the app is set up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from liuke.act.channels.dingtalk.app import app_of
from liuke.act.channels.dingtalk.cards import registered
from liuke.act.channels.vendor_results import fault_code
from liuke.act.domain.channel import ChannelTarget, Finding
from liuke.act.domain.channel_asks import ReceiptAsk
from liuke.act.domain.channel_events import Event, EventKind
from liuke.vendors.answers import Rejected, VendorFault
from liuke.vendors.dingtalk.app import App
from liuke.vendors.dingtalk.cards import card_update
from liuke.vendors.dingtalk.notices import SendResult, send_result
from liuke.vendors.dingtalk.todos import union_id
from liuke.vendors.state import InMemoryTokens

NOTICE, CARD = "notice:", "card:"
_NOBODY = "liuke-check"
"""A user id and a card that do not exist: being told so proves that the credentials are good."""


def receipts(asks: Sequence[ReceiptAsk], target: ChannelTarget) -> list[Event]:
    """Delivered or failed; nothing where DingTalk has not worked a notice yet or does not tell now."""
    app, found = app_of(target), []
    for ask in asks:
        state, code = _state(app, ask)
        if state:
            data = {"state": state, "code": code, "key": ask.key}
            found.append(Event(EventKind.RECEIPT, f"{ask.ref}:{state}", target.now(), ref=ask.ref, user=ask.to, data=data))
    return found


def _state(app: App, ask: ReceiptAsk) -> tuple[str, str]:
    """A card's delivery into the chat was told when it was sent; a notice's is asked for."""
    number = ask.ref.removeprefix(NOTICE)
    if ask.ref.startswith(CARD):
        return "delivered", ""
    if not ask.ref.startswith(NOTICE) or not number.isdigit():
        return "", ""
    try:
        return fate(send_result(app, int(number)), ask.to)
    except VendorFault:
        return "", ""


def fate(result: SendResult, user: str) -> tuple[str, str]:
    """(state, code) for one person; both empty while nothing is known. Held back = the day's limit or a repeated text."""
    if user in result.forbidden_user_id_list:
        return "failed", next((f"dingtalk_{each.code}" for each in result.forbidden_list if each.userid == user), "dingtalk_forbidden")
    if user in result.invalid_user_id_list:
        return "failed", "dingtalk_33012"
    if user in result.failed_user_id_list:
        return "failed", "dingtalk_failed"
    return ("delivered", "") if user in result.reached() else ("", "")


def check(target: ChannelTarget) -> list[Finding]:
    """Credentials at both hosts, tried afresh whatever token is still at hand; the agent id; the way back for clicks."""
    app = replace(app_of(target), tokens=InMemoryTokens(target.now))
    found = [
        _asked("credentials", "dingtalk_notices", lambda: _unknown_person(app)),
        _asked("credentials", "dingtalk_cards", lambda: _unknown_card(app)),
        Finding("agent_id", app.agent_id.isdigit(), "dingtalk_agent_id", {"got": app.agent_id}),
    ]
    if not target.text("card_template"):
        return [*found, Finding("template", ok=True, code="dingtalk_no_template")]
    if target.listens:
        return found
    if not target.callback_url.startswith("https://"):
        return [*found, Finding("callback", ok=False, code="dingtalk_not_public", params={"url": target.site.public_url})]
    return [*found, _asked("callback", "dingtalk_callback", lambda: registered(app, target))]


def _asked(name: str, code: str, call: Callable[[], object]) -> Finding:
    try:
        call()
    except VendorFault as fault:
        return Finding(name, ok=False, code=f"{code}_bad", params={"fault": fault_code("dingtalk", fault.code), "said": fault.said[:200]})
    return Finding(name, ok=True, code=f"{code}_good")


def _unknown_person(app: App) -> None:
    try:
        union_id(app, _NOBODY)
    except Rejected as refused:
        if refused.code not in {"33012", "60121"}:
            raise


def _unknown_card(app: App) -> None:
    try:
        card_update(app, _NOBODY, {})
    except Rejected as refused:
        if not refused.code.startswith("param."):
            raise
