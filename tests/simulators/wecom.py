"""WeCom as it behaves (integrations §9, items 1 and 2): one company, one app, colleagues, customers, robots and groups.

What people of the company do, a test does: `click`, `confirm_mass`, `customer_deletes`, `settle_transfers`. Events that WeCom would send
are kept in `events` as they come over the wire; `deliver` brings one to the product, as often as the test likes.
"""

from __future__ import annotations

import secrets
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from xml.sax.saxutils import escape

from liuke.vendors.aes_callback import CallbackKeys, closed, signature
from tests.simulators.server import Asked, Clock, Reply, Simulator, route, said

CORP, AGENT = "wwcorp", 1000002
SECRET = "app-secret"
KEYS = CallbackKeys(token="cbtoken", aes_key="jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", receiver=CORP)
TOKEN_LIFE = timedelta(seconds=7200)
WRONG_PER_HOUR = 2000
CARD_LIFE = timedelta(hours=72)
FREE = {"/cgi-bin/gettoken", "/cgi-bin/webhook/send"}
"""Calls without a token."""


@dataclass(slots=True)
class Message:
    """One accepted message to one colleague; `delivered` is what WeCom does not tell."""

    id: str
    user: str
    body: dict[str, object]
    at: datetime
    delivered: bool
    response: str = ""


@dataclass(slots=True)
class Mass:
    """A mass task: waits for the sender's hand."""

    id: str
    sender: str
    to: list[str]
    text: str
    at: datetime
    confirmed: bool = False
    results: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Callback:
    """A POST as it comes over the wire."""

    query: dict[str, str]
    body: bytes


def refuse(code: int, text: str = "refused") -> Reply:
    """HTTP 200 with an errcode, a hint and the caller's address, as WeCom writes them."""
    return said({"errcode": code, "errmsg": f"{text}, hint: [{secrets.token_hex(6)}], from ip: 127.0.0.1"})


def fine(**more: object) -> Reply:
    """A success."""
    return said({"errcode": 0, "errmsg": "ok", **more})


class WeCom(Simulator):
    """The company's WeCom."""

    def __init__(self, clock: Clock | None = None) -> None:
        super().__init__(clock)
        self.users = {"zhangwei", "lina"}
        self.unlicensed: set[str] = set()
        self.contacts: dict[str, set[str]] = {"zhangwei": {"wm1", "wm2", "wm3"}, "lina": {"wm2"}}
        self.tags: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self.messages: list[Message] = []
        self.robot_posts: list[tuple[datetime, dict[str, object]]] = []
        self.chats: dict[str, dict[str, object]] = {}
        self.masses: dict[str, Mass] = {}
        self.moves: dict[str, tuple[str, str, datetime, int]] = {}
        self.codes: dict[str, tuple[str, datetime]] = {}
        self.events: list[Callback] = []
        self.trusted_ip = True
        self.visible_to_root = True
        self.cards: dict[str, dict[str, object]] = {}
        self._tokens: dict[str, datetime] = {}
        self._wrong: list[datetime] = []
        self._responses: dict[str, tuple[str, str, datetime]] = {}
        self._calls: Counter[str] = Counter()

    def answer(self, request: Asked) -> Reply:
        """What every call has in common: the address, the token."""
        self._calls[request.path] += 1
        if not self.trusted_ip and request.path not in FREE:
            return refuse(60020, "not allow to access from your ip")
        if request.path not in FREE:
            token = request.query.get("access_token", "")
            if not token:
                return refuse(41001, "access_token missing")
            if token not in self._tokens:
                return refuse(40014, "invalid access_token")
            if self._tokens[token] <= self.clock():
                return refuse(42001, "access_token expired")
        return super().answer(request)

    def revoke(self) -> None:
        """All tokens die before their time."""
        self._tokens.clear()

    def expire(self) -> None:
        """All tokens are past their end, whatever was told."""
        self._tokens = dict.fromkeys(self._tokens, self.clock())

    @route("GET", "/cgi-bin/gettoken")
    def gettoken(self, request: Asked) -> Reply:
        """A token; wrong secrets are counted, and too many close the company for an hour."""
        self._wrong = [at for at in self._wrong if self.clock() - at < timedelta(hours=1)]
        if len(self._wrong) > WRONG_PER_HOUR:
            return refuse(45009, "api freq out of limit")
        if request.query.get("corpid") != CORP:
            self._wrong.append(self.clock())
            return refuse(40013, "invalid corpid")
        if request.query.get("corpsecret") != SECRET:
            self._wrong.append(self.clock())
            return refuse(40001, "invalid credential")
        token = f"T{secrets.token_hex(20)}"
        self._tokens[token] = self.clock() + TOKEN_LIFE
        return fine(access_token=token, expires_in=7200)

    @route("POST", "/cgi-bin/message/send")
    def send(self, request: Asked) -> Reply:
        """Errcode 0 although some are unknown, and although the 31st of a minute is dropped."""
        body = request.json
        asked = str(body.get("touser", "")).split("|")
        known = [user for user in asked if user in self.users]
        invalid = [user.lower() for user in asked if user not in self.users]
        if body.get("agentid") != AGENT:
            return refuse(42009, "token does not match the app") if isinstance(body.get("agentid"), int) else refuse(40035)
        if not known:
            return refuse(81013, "user & party & tag all invalid")
        card = body.get("template_card")
        if isinstance(card, dict) and card.get("task_id") in self.cards:
            return refuse(40035, "task_id is used")
        response = ""
        if isinstance(card, dict) and card.get("card_type") == "button_interaction":
            self.cards[str(card["task_id"])] = card
            response = secrets.token_hex(8)
        sent = f"M{len(self.messages) + 1}"
        for user in known:
            self.messages.append(Message(sent, user, body, self.clock(), self._room(user) and user not in self.unlicensed, response))
            self._responses[response] = (user, str(card.get("task_id", "")) if isinstance(card, dict) else "", self.clock())
        unlicensed = "|".join(user for user in known if user in self.unlicensed)
        return fine(
            msgid=sent, invaliduser="|".join(invalid), invalidparty="", invalidtag="", unlicenseduser=unlicensed, response_code=response
        )

    def _room(self, user: str) -> bool:
        lately = [each for each in self.messages if each.user == user and each.delivered and self.clock() - each.at < timedelta(minutes=1)]
        return len(lately) < 30

    def shown(self, user: str) -> list[Message]:
        """What the colleague sees."""
        return [each for each in self.messages if each.user == user and each.delivered]

    @route("POST", "/cgi-bin/message/update_template_card")
    def update_card(self, request: Asked) -> Reply:
        """Each response code once, within 72 hours."""
        response = str(request.json.get("response_code", ""))
        user, task, at = self._responses.pop(response, ("", "", self.clock()))
        if not user or self.clock() - at > CARD_LIFE:
            return refuse(40035, "response_code invalid or used")
        self.cards[task] = self.cards[task] | {"updated": request.json.get("button") or request.json.get("template_card")}
        return fine(invaliduser=[])

    @route("POST", "/cgi-bin/media/upload")
    def upload(self, request: Asked) -> Reply:
        """Any multipart file."""
        if b'name="media"' not in request.body:
            return refuse(44001, "empty media data")
        return fine(type=request.query.get("type"), media_id=f"MEDIA{len(request.body)}", created_at="1")

    @route("POST", "/cgi-bin/webhook/send")
    def robot(self, request: Asked) -> Reply:
        """Twenty a minute."""
        if request.query.get("key") != "robotkey":
            return refuse(93000, "invalid webhook url")
        lately = [at for at, _ in self.robot_posts if self.clock() - at < timedelta(minutes=1)]
        if len(lately) >= 20:
            return refuse(45009, "api freq out of limit")
        self.robot_posts.append((self.clock(), request.json))
        return fine()

    @route("POST", "/cgi-bin/appchat/create")
    def chat(self, request: Asked) -> Reply:
        """Needs two members and an app that the root department sees."""
        members = request.json.get("userlist")
        if not self.visible_to_root:
            return refuse(60011, "no privilege to access/modify contact/party/agent")
        if not isinstance(members, list) or len(members) < 2 or not set(members) <= self.users:
            return refuse(40003, "invalid userid")
        name = str(request.json.get("chatid") or f"C{len(self.chats) + 1}")
        if name in self.chats:
            return refuse(86215, "chatid is used")
        self.chats[name] = {"name": request.json.get("name"), "members": members, "shown": False, "texts": []}
        return fine(chatid=name)

    @route("POST", "/cgi-bin/appchat/send")
    def chat_send(self, request: Asked) -> Reply:
        """The first message makes the group visible."""
        chat = self.chats.get(str(request.json.get("chatid")))
        if chat is None:
            return refuse(86003, "chatid is invalid")
        text = request.json.get("text")
        chat["texts"] = [*list(chat["texts"] if isinstance(chat["texts"], list) else []), text["content"] if isinstance(text, dict) else ""]
        chat["shown"] = True
        return fine()

    @route("GET", "/cgi-bin/get_jsapi_ticket")
    def corp_ticket(self, request: Asked) -> Reply:
        """The company's ticket."""
        return fine(ticket="corp-ticket", expires_in=7200)

    @route("GET", "/cgi-bin/ticket/get")
    def app_ticket(self, request: Asked) -> Reply:
        """The app's ticket."""
        return fine(ticket="app-ticket", expires_in=7200) if request.query.get("type") == "agent_config" else refuse(40035)

    def log_in(self, user: str) -> str:
        """A colleague (or an id that begins with `wo`: an outsider) scans: the code of the redirect."""
        code = secrets.token_hex(8)
        self.codes[code] = (user, self.clock())
        return code

    @route("GET", "/cgi-bin/auth/getuserinfo")
    def who(self, request: Asked) -> Reply:
        """A code once, within five minutes."""
        user, at = self.codes.pop(request.query.get("code", ""), ("", self.clock()))
        if not user or self.clock() - at > timedelta(minutes=5):
            return refuse(40029, "invalid code")
        return fine(openid=user) if user.startswith("wo") else fine(userid=user, user_ticket="ticket")

    @route("GET", "/cgi-bin/agent/get")
    def agent(self, request: Asked) -> Reply:
        """The app's own settings."""
        return fine(agentid=AGENT, name="Liuke", redirect_domain="liuke.example", isreportenter=0)

    def click(self, message: Message, button: str, user: str = "") -> Callback:
        """A press on a card's button, kept in `events`; gives the response code that updates the card once."""
        response = secrets.token_hex(8)
        card = message.body["template_card"]
        assert isinstance(card, dict)
        task = str(card["task_id"])
        self._responses[response] = (message.user, task, self.clock())
        return self.event(
            user or message.user, Event="template_card_event", EventKey=button, TaskId=task, CardType="button_interaction",
            ResponseCode=response, AgentID=str(AGENT),
        )  # fmt: skip

    def customer_deletes(self, external: str, user: str, *, moved: bool = False, lost: bool = False) -> Callback:
        """A customer removes a colleague. `lost`: WeCom's event never arrives."""
        self.contacts[user].discard(external)
        fields = {"Event": "change_external_contact", "ChangeType": "del_follow_user", "UserID": user, "ExternalUserID": external}
        made = self.event("sys", **fields, **({"Source": "DELETE_BY_TRANSFER"} if moved else {}))
        if lost:
            self.events.pop()
        return made

    def event(self, sender: str, **fields: str) -> Callback:
        """An event over the wire, signed and encrypted."""
        told = {"ToUserName": CORP, "FromUserName": sender, "CreateTime": str(int(self.clock().timestamp())), "MsgType": "event", **fields}
        plain = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in told.items())
        made = wire(f"<xml>{plain}</xml>".encode(), int(self.clock().timestamp()))
        self.events.append(made)
        return made


def wire(plain: bytes, timestamp: int, keys: CallbackKeys = KEYS) -> Callback:
    """A plain message as a POST."""
    encrypted, nonce = closed(keys, plain), secrets.token_hex(5)
    query = {"msg_signature": signature(keys.token, str(timestamp), nonce, encrypted), "timestamp": str(timestamp), "nonce": nonce}
    return Callback(query, f"<xml><ToUserName>{CORP}</ToUserName><AgentID>{AGENT}</AgentID><Encrypt>{encrypted}</Encrypt></xml>".encode())


def echo(text: str, timestamp: int, keys: CallbackKeys = KEYS) -> dict[str, str]:
    """The query of the verification of an address."""
    encrypted = closed(keys, text.encode())
    signed = signature(keys.token, str(timestamp), "n", encrypted)
    return {"msg_signature": signed, "timestamp": str(timestamp), "nonce": "n", "echostr": encrypted}
