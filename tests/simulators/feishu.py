"""Feishu as it behaves: open and accounts hosts on one address, and a robot webhook.

Two tenant tokens are valid in the last thirty minutes of the first; 429 comes with seconds until there is room; a card cannot be changed
after fourteen days; a click's token works twice within thirty minutes. The codes 230031 and 300000 for the last two are ours: the
vendor's numbers are not verified.
"""

from __future__ import annotations

import hmac
import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx

from liuke.vendors.feishu.callbacks import SIGNED, SIGNED_AT, SIGNED_NONCE, CallbackKeys, encrypt, signature
from liuke.vendors.feishu.robot import sign
from tests.simulators.server import Asked, Clock, Reply, Simulator, route, said

CHANGEABLE = timedelta(days=14)
RECEIVER_KINDS = {"open_id", "user_id", "union_id", "email", "chat_id"}
CLICK_MINUTES = timedelta(minutes=30)


@dataclass
class SentMessage:
    """One message as its reader has it now."""

    to: str
    kind: str
    content: dict[str, object]
    at: datetime


@dataclass
class ClickToken:
    """What may still be done with a click."""

    message: str
    until: datetime
    left: int = 2


def ok(**data: object) -> Reply:
    """A success."""
    return said({"code": 0, "msg": "success", **data})


def no(code: int, text: str, status: int = 400, **headers: str) -> Reply:
    """A refusal."""
    return said({"code": code, "msg": text}, status, **headers)


class Feishu(Simulator):
    """One company with one app (cli_a/secret) and one robot (hook1/demo)."""

    def __init__(self, clock: Clock | None = None) -> None:
        super().__init__(clock)
        self.secret = "secret"
        self.robot_secret = "demo"
        self.keyword = ""
        self.active = True
        self.people = {"ou_zhang", "ou_li", "zhang@example.com", "u_zhang"}
        self.robot_posts: list[dict[str, object]] = []
        self._robot_moments: list[datetime] = []
        self._tokens: dict[str, datetime] = {}
        self._made = Counter[str]()
        self.messages: dict[str, SentMessage] = {}
        self._once: dict[str, tuple[str, datetime]] = {}
        self.clicks: dict[str, ClickToken] = {}
        self.chats: dict[str, dict[str, object]] = {}
        self.codes: dict[str, tuple[str, datetime]] = {}
        self.per_minute = 1000
        self._calls: dict[str, list[datetime]] = defaultdict(list)
        self._changes: dict[str, list[datetime]] = defaultdict(list)

    def answer(self, request: Asked) -> Reply:
        """The token first, then the rate."""
        if not request.path.startswith(("/open-apis/im/", "/open-apis/interactive/", "/open-apis/bot/v3/")):
            return super().answer(request)
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if self._tokens.get(token, self.clock()) <= self.clock():
            return no(99991663, "Invalid access token for authorization")
        calls = self._calls[request.path]
        calls[:] = [moment for moment in calls if self.clock() - moment < timedelta(minutes=1)]
        if len(calls) >= self.per_minute:
            reset = int((calls[0] + timedelta(minutes=1) - self.clock()).total_seconds())
            return no(99991400, "request trigger frequency limit", 429, x_ogw_ratelimit_limit="1000", x_ogw_ratelimit_reset=str(reset))
        calls.append(self.clock())
        return super().answer(request)

    # tokens

    @route("POST", "/open-apis/auth/v3/tenant_access_token/internal")
    def tenant(self, request: Asked) -> Reply:
        if request.json.get("app_secret") != self.secret:
            return no(10014, "app secret invalid", 200)
        newest = max(self._tokens.items(), key=lambda pair: pair[1], default=("", self.clock()))
        if newest[1] - self.clock() < timedelta(minutes=30):
            self._made["t"] += 1
            newest = (f"t-{self._made['t']}", self.clock() + timedelta(seconds=7200))
            self._tokens[newest[0]] = newest[1]
        left = int((newest[1] - self.clock()).total_seconds())
        return said({"code": 0, "msg": "ok", "tenant_access_token": newest[0], "expire": left})

    @route("POST", "/oauth/v3/token")
    def oauth(self, request: Asked) -> Reply:
        if "authorization" in request.headers and "client_secret" in request.json:
            return said({"code": 20070, "error": "invalid_request", "error_description": "two ways of client authentication"}, 400)
        if request.json.get("client_secret") != self.secret:
            return said({"code": 20002, "error": "invalid_client", "error_description": "client secret invalid"}, 400)
        if request.json.get("grant_type") == "client_credentials":
            self._made["jwt"] += 1
            token = f"eyJ{self._made['jwt']}." + "x" * 3000
            self._tokens[token] = self.clock() + timedelta(seconds=7200)
            return said({"code": 0, "access_token": token, "expires_in": 7200, "token_type": "Bearer"})
        who, until = self.codes.pop(str(request.json.get("code")), ("", self.clock()))
        if self.clock() >= until:
            return said({"code": 20003, "error": "invalid_grant", "error_description": "code"}, 400)
        return said({"code": 0, "access_token": f"u-{who}", "expires_in": 7200, "token_type": "Bearer"})

    def revoke(self) -> None:
        """All tokens die before their time."""
        self._tokens.clear()

    # robot

    @route("POST", "/open-apis/bot/v2/hook/*")
    def robot(self, request: Asked) -> Reply:
        now, body = self.clock(), request.json
        if not body.get("msg_type") or len(request.body) > 20 * 1024:
            return no(9499, "Bad Request", 200)
        if self.robot_secret and not self._signed(body, now):
            return no(19021, "sign match fail or timestamp is not within one hour from current time", 200)
        if self.keyword and self.keyword not in json.dumps(body, ensure_ascii=False):
            return no(19024, "Key Words Not Found", 200)
        self._robot_moments = [moment for moment in self._robot_moments if now - moment < timedelta(minutes=1)]
        if len([moment for moment in self._robot_moments if now - moment < timedelta(seconds=1)]) >= 5 or len(self._robot_moments) >= 100:
            return no(11232, "frequency limited psm[lark.oapi.app_platform_runtime]", 200)
        self._robot_moments.append(now)
        self.robot_posts.append(body)
        return said({"StatusCode": 0, "StatusMessage": "success", "code": 0, "msg": "success", "data": {}})

    def _signed(self, body: Mapping[str, object], now: datetime) -> bool:
        moment = str(body.get("timestamp", ""))
        if not moment.isdigit() or abs(now.timestamp() - int(moment)) > 3600:
            return False
        return hmac.compare_digest(sign(self.robot_secret, int(moment)), str(body.get("sign")))

    @route("GET", "/open-apis/bot/v3/info")
    def bot(self, request: Asked) -> Reply:
        return ok(bot={"activate_status": 2 if self.active else 0, "app_name": "留客", "open_id": "ou_bot"})

    # messages

    @route("POST", "/open-apis/im/v1/messages")
    def send(self, request: Asked) -> Reply:
        body, key = request.json, str(request.json.get("uuid", ""))
        to, kind, content = str(body.get("receive_id")), str(body.get("msg_type")), body.get("content")
        if request.query.get("receive_id_type") not in {"open_id", "user_id", "union_id", "email", "chat_id"} or not isinstance(
            content, str
        ):
            return no(230001, "invalid parameter")
        if to not in self.people and to not in self.chats:
            return no(230013, "Bot has NO availability to this user")
        known, at = self._once.get(key, ("", self.clock()))
        if not known or self.clock() - at > timedelta(hours=1):
            known = f"om_{len(self.messages) + 1}"
            self.messages[known] = SentMessage(to, kind, json.loads(content), self.clock())
            self._once[key] = (known, self.clock())
        return ok(data={"message_id": known, "msg_type": kind})

    @route("PATCH", "/open-apis/im/v1/messages/*")
    def change(self, request: Asked) -> Reply:
        name, now = request.path.rpartition("/")[2], self.clock()
        message = self.messages.get(name)
        if message is None:
            return no(230011, "message withdrawn or unknown")
        if now - message.at > CHANGEABLE:
            return no(230031, "message is older than 14 days")
        recent = self._changes[name] = [moment for moment in self._changes[name] if now - moment < timedelta(seconds=1)]
        if len(recent) >= 5:
            return no(230020, "frequency limit of the message")
        content = json.loads(str(request.json["content"]))
        if not (_shared(message.content) and _shared(content)):
            return no(230099, "update_multi")
        recent.append(now)
        message.content = content
        return ok(data={})

    @route("POST", "/open-apis/interactive/v1/card/update")
    def change_after_click(self, request: Asked) -> Reply:
        token = self.clicks.get(str(request.json.get("token")))
        if token is None or token.left == 0 or self.clock() >= token.until:
            return no(300000, "token of the click is used up or too old")
        token.left -= 1
        card = request.json["card"]
        assert isinstance(card, dict)
        self.messages[token.message].content = card
        return ok()

    # chats and log-in

    @route("POST", "/open-apis/im/v1/chats")
    def chat(self, request: Asked) -> Reply:
        members = request.json.get("user_id_list")
        if not isinstance(members, list) or any(member not in self.people for member in members):
            return no(232024, "a member is not visible to the app")
        known = [name for name, chat in self.chats.items() if chat["uuid"] == request.query.get("uuid")]
        name = known[0] if known else f"oc_{len(self.chats) + 1}"
        self.chats.setdefault(name, {**request.json, "uuid": request.query.get("uuid")})
        return ok(data={"chat_id": name})

    def code_for(self, who: str) -> str:
        """What the browser brings back after somebody agreed."""
        code = f"code-{len(self.codes) + 1}"
        self.codes[code] = (who, self.clock() + timedelta(minutes=5))
        return code

    @route("GET", "/open-apis/authen/v1/user_info")
    def user_info(self, request: Asked) -> Reply:
        who = request.headers.get("authorization", "").removeprefix("Bearer u-")
        return ok(data={"open_id": who, "union_id": f"on_{who[3:]}", "user_id": f"u_{who[3:]}", "name": who[3:], "tenant_key": "tenant"})

    # what it posts to us

    def posted(self, address: str, keys: CallbackKeys, body: Mapping[str, object]) -> httpx.Request:
        """A body as Feishu sends it: encrypted and signed where there is an encrypt key."""
        raw = json.dumps(body).encode()
        if not keys.encrypt_key:
            return httpx.Request("POST", address, content=raw, headers={"Content-Type": "application/json"})
        raw = json.dumps({"encrypt": encrypt(keys.encrypt_key, raw, start=b"0123456789abcdef")}).encode()
        stamp = str(int(self.clock().timestamp()))
        headers = {SIGNED_AT: stamp, SIGNED_NONCE: "nonce", SIGNED: signature(stamp, "nonce", keys.encrypt_key, raw)}
        return httpx.Request("POST", address, content=raw, headers={"Content-Type": "application/json", **headers})

    def challenge(self, address: str, keys: CallbackKeys) -> httpx.Request:
        """Sent when the address is saved."""
        return self.posted(address, keys, {"type": "url_verification", "token": keys.token, "challenge": "c-1"})

    def click(self, address: str, keys: CallbackKeys, message: str, who: str, value: Mapping[str, str]) -> httpx.Request:
        """A person presses a button of a card."""
        token = f"c-{len(self.clicks) + 1}"
        self.clicks[token] = ClickToken(message, self.clock() + CLICK_MINUTES)
        event = {
            "operator": {"open_id": who, "user_id": None, "union_id": f"on_{who[3:]}", "tenant_key": "tenant"},
            "token": token,
            "action": {"value": dict(value), "tag": "button"},
            "context": {"open_message_id": message, "open_chat_id": "oc_x"},
        }
        header = {"event_id": f"ev-{len(self.clicks)}", "event_type": "card.action.trigger", "token": keys.token, "app_id": "cli_a"}
        return self.posted(address, keys, {"schema": "2.0", "header": header, "event": event})


def _shared(card: Mapping[str, object]) -> bool:
    config = card.get("config")
    return isinstance(config, dict) and config.get("update_multi") is True
