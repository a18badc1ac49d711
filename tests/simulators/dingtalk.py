"""DingTalk as it behaves: both hosts on one address, and a robot webhook.

It accepts repeated work notices and does not deliver them; refuses stale signatures; blocks a robot for ten minutes after its 21st
message in a minute; lets tokens expire by the clock; answers an address that calls too often with a page instead of JSON; renews the
same old-host token on a refetch; waits 1.5 s for callbacks and tries three times more.
"""

from __future__ import annotations

import hmac
import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import parse_qs, unquote_plus

import httpx

from liuke.vendors.aes_callback import CallbackKeys, closed, signature
from liuke.vendors.dingtalk.callbacks import SIGNED, SIGNED_AT, card_signature
from liuke.vendors.dingtalk.robot import sign
from tests.simulators.server import Asked, Clock, Reply, Simulator, route, said

HOUR_MS = 3_600_000
HTML = Reply(200, b"<!DOCTYPE html><html><title>blocked</title></html>", {"Content-Type": "text/html"})


@dataclass
class Notice:
    """One accepted task. `reached` is who really has it."""

    text: str
    users: list[str]
    reached: list[str] = field(default_factory=list)
    forbidden: list[str] = field(default_factory=list)
    invalid: list[str] = field(default_factory=list)


@dataclass
class SentCard:
    """A delivered card and its variables now."""

    template: str
    space: str
    values: dict[str, str]
    route: str


def old(code: int = 0, text: str = "ok", **more: object) -> Reply:
    """An answer of the old host."""
    return said({"errcode": code, "errmsg": text, **more})


def wrapped(code: int, text: str) -> Reply:
    """A refusal of the old host as `topapi` gives it."""
    return old(88, "ding talk error", sub_code=str(code), sub_msg=text)


def new(code: str, text: str, status: int = 400) -> Reply:
    """A refusal of the new host."""
    return said({"code": code, "message": text, "requestid": "r1"}, status)


class DingTalk(Simulator):
    """One company with one app (key/secret) and one robot (rt/SECdemo)."""

    def __init__(self, clock: Clock | None = None) -> None:
        super().__init__(clock)
        self.people = {"zhang": "u-zhang", "li": "u-li", "wang": "u-wang"}
        self.secret = "secret"
        self.robot_secret = "SECdemo"
        self.keyword = ""
        self.disabled = False
        self.robot_posts: list[dict[str, object]] = []
        self._robot_moments: list[datetime] = []
        self._robot_blocked: datetime | None = None
        self._robot_keys: set[str] = set()
        self._old = ""
        self._old_until = self.clock()
        self._new_tokens: dict[str, datetime] = {}
        self._made = Counter[str]()
        self.notices: dict[int, Notice] = {}
        self._told: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.cards: dict[str, SentCard] = {}
        self.templates = {"tpl"}
        self.routes: dict[str, tuple[str, str]] = {}
        self.todos: dict[str, dict[str, object]] = {}
        self.chats: dict[str, dict[str, object]] = {}
        self.codes: dict[str, tuple[str, datetime]] = {}
        self.months_left = 10_000
        self.blocked_page = HTML

    def answer(self, request: Asked) -> Reply:
        """Tokens first, as both hosts do; the monthly quota counts every call but those for tokens."""
        if request.path.startswith(("/gettoken", "/v1.0/oauth2/", "/robot/")):
            return super().answer(request)
        refused = self._new_refused(request) if request.path.startswith("/v1.0/") else self._old_refused(request)
        return refused or super().answer(request)

    # tokens

    @route("GET", "/gettoken")
    def gettoken(self, request: Asked) -> Reply:
        if request.query.get("appsecret") != self.secret:
            return old(40001, "secret")
        if not self._old or self.clock() >= self._old_until:
            self._made["old"] += 1
        self._old = f"old-{self._made['old']}"
        self._old_until = self.clock() + timedelta(seconds=7200)
        return old(access_token=self._old, expires_in=7200)

    @route("POST", "/v1.0/oauth2/accessToken")
    def access_token(self, request: Asked) -> Reply:
        if request.json.get("appSecret") != self.secret:
            return new("invalidClientIdOrSecret", "secret")
        self._made["new"] += 1
        token = f"new-{self._made['new']}"
        self._new_tokens[token] = self.clock() + timedelta(seconds=7200)
        return said({"accessToken": token, "expireIn": 7200})

    def revoke(self) -> None:
        """All tokens die before their time."""
        self._old_until = self.clock()
        self._new_tokens.clear()

    def _old_refused(self, request: Asked) -> Reply | None:
        if request.query.get("access_token") != self._old or self.clock() >= self._old_until:
            return wrapped(40014, "token") if request.path.startswith("/topapi") else old(40014, "token")
        self.months_left -= 1
        return old(90020, "quota") if self.months_left < 0 else None

    def _new_refused(self, request: Asked) -> Reply | None:
        until = self._new_tokens.get(request.headers.get("x-acs-dingtalk-access-token", ""))
        if until is None or self.clock() >= until:
            if request.headers.get("x-acs-dingtalk-access-token", "").startswith("user-"):
                return None
            return new("InvalidAuthentication", "token", 401)
        self.months_left -= 1
        return new("Forbidden.AccessDenied.ApiCountLimitForOrg", "quota", 403) if self.months_left < 0 else None

    # robot

    @route("POST", "/robot/send")
    def robot(self, request: Asked) -> Reply:
        refused = self._robot_refused(request)
        if refused is not None:
            return refused
        key = str(request.json.get("msgUuid", ""))
        if key not in self._robot_keys:
            self.robot_posts.append(request.json)
            self._robot_keys.add(key)
        return old()

    def _robot_refused(self, request: Asked) -> Reply | None:
        now = self.clock()
        text = json.dumps(request.json, ensure_ascii=False)
        refusals = [
            (request.query.get("access_token") != "rt", 400101, "token"),
            (self.disabled, 400102, "disabled"),
            (bool(self.robot_secret) and not self._signed(request, now), 310000, "sign not match"),
            (bool(self.keyword) and self.keyword not in text, 310000, "keywords not in content"),
            (self._robot_blocked is not None and now < self._robot_blocked, 410100, "send too fast"),
        ]
        refused = next((old(code, why) for wrong, code, why in refusals if wrong), None)
        return refused or self._robot_counted(now)

    def _robot_counted(self, now: datetime) -> Reply | None:
        self._robot_moments = [moment for moment in self._robot_moments if now - moment < timedelta(minutes=1)]
        if len(self._robot_moments) >= 20:
            self._robot_blocked = now + timedelta(minutes=10)
            return old(410100, "send too fast")
        self._robot_moments.append(now)
        return None

    def _signed(self, request: Asked, now: datetime) -> bool:
        moment = request.query.get("timestamp", "")
        if not moment.isdigit() or abs(now.timestamp() * 1000 - int(moment)) > HOUR_MS:
            return False
        return hmac.compare_digest(unquote_plus(sign(self.robot_secret, int(moment))), request.query.get("sign", ""))

    # work notices

    @route("POST", "/topapi/message/corpconversation/asyncsend_v2")
    def asyncsend(self, request: Asked) -> Reply:
        users = str(request.json.get("userid_list", "")).split(",")
        message = json.dumps(request.json.get("msg"), sort_keys=True)
        if len(users) > 100 or not users[0]:
            return wrapped(33012, "userid")
        notice = Notice(message, users)
        today = (self.clock() + timedelta(hours=8)).date().isoformat()
        for user in users:
            told = self._told[(user, today)]
            if user not in self.people:
                notice.invalid.append(user)
            elif message in told or len(told) >= 500:
                notice.forbidden.append(user)
            else:
                told.add(message)
                notice.reached.append(user)
        task = 1000 + len(self.notices)
        self.notices[task] = notice
        return old(task_id=task, request_id="r1")

    @route("POST", "/topapi/message/corpconversation/getsendresult")
    def sendresult(self, request: Asked) -> Reply:
        notice = self.notices.get(int(str(request.json.get("task_id", 0))))
        if notice is None:
            return wrapped(33012, "task")
        result = {
            "invalid_user_id_list": notice.invalid,
            "forbidden_user_id_list": notice.forbidden,
            "failed_user_id_list": [],
            "read_user_id_list": notice.reached[:1],
            "unread_user_id_list": notice.reached[1:],
            "forbidden_list": [{"userid": user, "code": "143105", "count": 1} for user in notice.forbidden],
        }
        return old(send_result=result)

    # cards

    @route("POST", "/v1.0/card/callbacks/register")
    def register(self, request: Asked) -> Reply:
        body = request.json
        self.routes[str(body.get("callbackRouteKey"))] = (str(body.get("callbackUrl")), str(body.get("apiSecret")))
        return said({"success": True, "result": {"callbackUrl": body.get("callbackUrl")}})

    @route("POST", "/v1.0/card/instances/createAndDeliver")
    def deliver(self, request: Asked) -> Reply:
        body = request.json
        track, space = str(body.get("outTrackId")), str(body.get("openSpaceId"))
        if body.get("cardTemplateId") not in self.templates:
            return new("param.cardTemplateId", "no such template")
        if track in self.cards:
            return said({"success": True, "result": {"outTrackId": track, "deliverResults": [{"success": True}]}})
        user = space.rpartition(".")[2]
        if ".card//IM_ROBOT." in f".{space}" and user not in self.people:
            failed = {"spaceType": "IM_ROBOT", "success": False, "errorMsg": "user not found"}
            return said({"success": True, "result": {"outTrackId": track, "deliverResults": [failed]}})
        self.cards[track] = SentCard(str(body["cardTemplateId"]), space, _values(body), str(body.get("callbackRouteKey", "")))
        return said({"success": True, "result": {"outTrackId": track, "deliverResults": [{"success": True}]}})

    @route("PUT", "/v1.0/card/instances")
    def change(self, request: Asked) -> Reply:
        card = self.cards.get(str(request.json.get("outTrackId")))
        if card is None:
            return new("param.outTrackId", "unknown card", 404)
        card.values.update(_values(request.json))
        return said({"success": True, "result": True})

    # to-dos

    @route("POST", "/topapi/v2/user/get")
    def user(self, request: Asked) -> Reply:
        union = self.people.get(str(request.json.get("userid")))
        return wrapped(33012, "userid") if union is None else old(result={"userid": request.json["userid"], "unionid": union})

    @route("POST", "/v1.0/todo/users/*")
    def todo(self, request: Asked) -> Reply:
        body = request.json
        if not body.get("subject") or body.get("executorIds") != [request.path.split("/")[4]]:
            return new("todo.taskCreate.paramError", "executorIds")
        source = str(body.get("sourceId"))
        known = self.todos.setdefault(source, {**body, "id": f"todo-{len(self.todos) + 1}", "done": False})
        return said({"id": known["id"], "done": known["done"]})

    @route("PUT", "/v1.0/todo/users/*")
    def todo_close(self, request: Asked) -> Reply:
        found = [each for each in self.todos.values() if each["id"] == request.path.rpartition("/")[2]]
        for each in found:
            each["done"] = request.json.get("done")
        return said({"result": bool(found)})

    @route("GET", "/v1.0/todo/users/*")
    def todo_by_source(self, request: Asked) -> Reply:
        return said({"id": self.todos.get(request.path.rpartition("/")[2], {}).get("id", "")})

    # chats

    @route("POST", "/chat/create")
    def chat(self, request: Asked) -> Reply:
        members = request.json.get("useridlist")
        if not isinstance(members, list) or any(member not in self.people for member in members):
            return old(33012, "userid")
        chatid = f"chat{len(self.chats) + 1}"
        self.chats[chatid] = {**request.json, "messages": []}
        return old(chatid=chatid, openConversationId=f"cid{chatid}==")

    @route("POST", "/chat/send")
    def chat_send(self, request: Asked) -> Reply:
        chat = self.chats.get(str(request.json.get("chatid")))
        if chat is None:
            return old(34001, "chatid")
        messages = chat["messages"]
        assert isinstance(messages, list)
        messages.append(request.json["msg"])
        return old(messageId="m1")

    # log-in

    def code_for(self, union: str) -> str:
        """What the browser brings back after somebody agreed."""
        code = f"code-{len(self.codes) + 1}"
        self.codes[code] = (union, self.clock() + timedelta(minutes=5))
        return code

    @route("POST", "/v1.0/oauth2/userAccessToken")
    def user_token(self, request: Asked) -> Reply:
        union, until = self.codes.pop(str(request.json.get("code")), ("", self.clock()))
        if request.json.get("clientSecret") != self.secret or self.clock() >= until:
            return new("invalidParameter.authCode.notFound", "code")
        return said({"accessToken": f"user-{union}", "refreshToken": "r", "expireIn": 7200, "corpId": "corp"})

    @route("GET", "/v1.0/contact/users/me")
    def me(self, request: Asked) -> Reply:
        union = request.headers.get("x-acs-dingtalk-access-token", "").removeprefix("user-")
        return said({"nick": union.removeprefix("u-"), "unionId": union, "openId": f"o-{union}"})

    @route("POST", "/topapi/user/getbyunionid")
    def by_union(self, request: Asked) -> Reply:
        users = [user for user, union in self.people.items() if union == request.json.get("unionid")]
        return old(result={"userid": users[0], "contact_type": 0}) if users else wrapped(60121, "no such user")

    # what it posts to us

    def click(self, track: str, user: str, params: Mapping[str, str]) -> httpx.Request:
        """A person presses a button of a card: the request as DingTalk would send it to the registered address."""
        address, secret = self.routes[self.cards[track].route]
        content = {"cardPrivateData": {"actionIds": [params.get("button", "")], "params": dict(params)}}
        body = {"type": "actionCallback", "outTrackId": track, "userId": user, "corpId": "corp", "content": json.dumps(content)}
        stamp = str(int(self.clock().timestamp() * 1000))
        headers = {SIGNED_AT: stamp, SIGNED: card_signature(secret, stamp), "Content-Type": "application/json"}
        return httpx.Request("POST", address, headers=headers, content=json.dumps(body).encode())

    def event(self, address: str, keys: CallbackKeys, event: Mapping[str, object]) -> httpx.Request:
        """An encrypted event; `{"EventType": "check_url"}` when the address is saved."""
        stamp, nonce = str(int(self.clock().timestamp() * 1000)), "nonce"
        encrypted = closed(keys, json.dumps(event).encode())
        params = {"signature": signature(keys.token, stamp, nonce, encrypted), "timestamp": stamp, "nonce": nonce}
        params["msg_signature"] = params["signature"]
        return httpx.Request("POST", address, params=params, json={"encrypt": encrypted})


def tries(send: httpx.Client, request: httpx.Request, *, deadline: float = 1.5, times: int = 3) -> int:
    """Posts as DingTalk does: an answer later than `deadline` seconds, or no 200, is tried again. Returns how many posts it took."""
    for done in range(1, times + 1):
        try:
            answer = send.send(httpx.Request(request.method, request.url, headers=request.headers, content=request.content))
        except httpx.HTTPError:
            continue
        if answer.status_code == 200 and answer.elapsed.total_seconds() <= deadline:
            return done
    return times


def query_of(address: str) -> dict[str, str]:
    """The query of an address that a browser was sent to."""
    return {name: values[0] for name, values in parse_qs(address.partition("?")[2]).items()}


def _values(body: Mapping[str, object]) -> dict[str, str]:
    data = body.get("cardData")
    found = data.get("cardParamMap", {}) if isinstance(data, dict) else {}
    return {str(name): str(value) for name, value in found.items()}
