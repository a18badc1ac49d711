"""DingTalk's Stream mode and Feishu's long connection: no public address, each click stored once and acknowledged only then."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from threading import Event as Flag
from threading import Thread

import pytest
from django.db import DatabaseError

from liuke.act.channels import KINDS
from liuke.act.channels.dingtalk.app import clicks as dingtalk_clicks
from liuke.act.channels.feishu.app import clicks as feishu_clicks
from liuke.act.domain.channel import ChannelTarget
from liuke.act.domain.channel_events import Event, EventKind
from liuke.act.outgoing import listening
from liuke.act.outgoing.callbacks import event_store
from liuke.act.outgoing.listening import Listener, pause, wanted
from liuke.act.outgoing.listening_state import FRESH, beat_name, listening_finding
from liuke.act.outgoing.manage import findings_of
from liuke.act.outgoing.sealing import seal
from liuke.act.store.models import CallbackEvent, Channel
from liuke.base.errors import Transient
from liuke.base.times import utc_now
from liuke.jobs.service.claims import heartbeat
from liuke.jobs.store.models import Heartbeat, OutboxMessage
from liuke.vendors.answers import Busy, Rejected
from liuke.vendors.feishu import long_connection as feishu
from liuke.vendors.feishu.long_connection import Frame, Parts, frame_read, frame_write
from liuke.vendors.websocket import Closed
from tests.act.targets import target
from tests.factories import make_workspace
from tests.simulators.server import Asked, Reply, Simulator, route, said
from tests.simulators.websocket import SocketServer, Talk

pytestmark = pytest.mark.django_db


class Gateway(Simulator):
    """The two endpoints that tell where to connect, with their one app `app`/`secret`."""

    def __init__(self, server: SocketServer) -> None:
        super().__init__()
        self.server = server
        self.asked_for: list[dict[str, object]] = []

    @route("POST", "/v1.0/gateway/connections/open")
    def dingtalk(self, request: Asked) -> Reply:
        """DingTalk's."""
        self.asked_for.append(request.json)
        if request.json.get("clientSecret") != "secret":
            return said({"code": "authFailed", "message": "bad secret"}, 401)
        return said({"endpoint": f"{self.server.url}/connect", "ticket": "t+1"})

    @route("POST", "/callback/ws/endpoint")
    def feishu(self, request: Asked) -> Reply:
        """Feishu's."""
        self.asked_for.append(request.json)
        if request.json.get("AppSecret") != "secret":
            return said({"code": 514, "msg": "auth failed"})
        config = {"ReconnectCount": -1, "ReconnectInterval": 120, "ReconnectNonce": 30, "PingInterval": 120}
        return said({"code": 0, "msg": "ok", "data": {"URL": f"{self.server.url}/ws?device_id=d&service_id=33", "ClientConfig": config}})


@dataclass
class Heard:
    """Ears that note; `full` makes storing fail."""

    events: list[Event] = field(default_factory=list)
    stop: Flag = field(default_factory=Flag)
    up: Flag = field(default_factory=Flag)
    full: bool = False

    def connected(self) -> None:
        self.up.set()

    def hear(self, events: Sequence[Event]) -> None:
        if self.full:
            raise Transient("database_busy")
        self.events += events

    def stopped(self) -> bool:
        return self.stop.is_set()


CONFIG = {
    "dingtalk": {"app_key": "app", "agent_id": "7", "card_template": "t.schema", "clicks_by": "stream"},
    "feishu": {"app_id": "app", "clicks_by": "stream"},
}


@contextmanager
def listened(kind: str, ears: Heard, secret: str = "secret") -> Iterator[tuple[Talk, Gateway, list[BaseException]]]:
    """A channel that listens in a thread, and the vendor's end of its connection."""
    with SocketServer() as server, Gateway(server) as gateway:
        place = target({**CONFIG[kind], "base_url": gateway.base_url}, {"app_secret": secret})
        listen, raised = KINDS[kind].listen, []
        assert listen is not None

        def run() -> None:
            try:
                listen(replace(place, listens=True), ears)
            except (Closed, Rejected, Busy) as end:
                raised.append(end)

        thread = Thread(target=run, daemon=True)
        thread.start()
        talk = server.next()
        yield talk, gateway, raised
        ears.stop.set()
        talk.close()
        thread.join(5)
        assert not thread.is_alive()


def dingtalk_frame(
    message: str = "m1", *, kind: str = "CALLBACK", topic: str = "/v1.0/card/instances/callback", data: object = None
) -> dict[str, object]:
    content = json.dumps({"cardPrivateData": {"actionIds": ["b1"], "params": {"button": "claim"}}})
    click = {"outTrackId": "task-9", "userId": "u7", "type": "actionCallback", "corpId": "c", "content": content}
    headers = {"topic": topic, "messageId": message, "contentType": "application/json", "time": "1700000000000"}
    return {"specVersion": "1.0", "type": kind, "headers": headers, "data": json.dumps(click if data is None else data)}


def feishu_click(event: str = "e1") -> bytes:
    trigger = {
        "operator": {"open_id": "ou_1"},
        "token": "tok",
        "action": {"value": {"task_id": "task-9", "button": "claim"}},
        "context": {"open_message_id": "om_1"},
    }
    return json.dumps({"schema": "2.0", "header": {"event_id": event, "event_type": "card.action.trigger"}, "event": trigger}).encode()


def feishu_frame(payload: bytes, **headers: str) -> bytes:
    told = {"type": "event", "message_id": "m1", "trace_id": "x", "sum": "1", "seq": "0"} | headers
    return frame_write(Frame(1, 33, told, payload, seq=5, log=6, others=((6, b"gzip"), (9, b"log-new"))))


def test_dingtalk_is_told_what_we_want_to_hear_and_its_ticket_opens_the_connection() -> None:
    with listened("dingtalk", Heard()) as (talk, gateway, _):
        assert talk.path == "/connect?ticket=t%2B1"
    [asked] = gateway.asked_for
    assert asked["clientId"] == "app"
    assert {"type": "CALLBACK", "topic": "/v1.0/card/instances/callback"} in asked["subscriptions"]  # type: ignore[operator]


def test_a_click_over_dingtalks_stream_is_stored_before_it_is_acknowledged_and_the_card_says_so() -> None:
    ears = Heard()
    with listened("dingtalk", ears) as (talk, _, _raised):
        talk.tell(dingtalk_frame())
        told = talk.told()
    [event] = ears.events
    assert (event.user, event.data["task_id"], event.data["button"]) == ("u7", "task-9", "claim")
    assert (told["code"], told["headers"]["messageId"]) == (200, "m1")  # type: ignore[index]
    assert "cardData" in json.loads(str(told["data"]))["response"]


def test_dingtalk_hears_that_a_click_could_not_be_kept_and_sends_it_again() -> None:
    ears = Heard(full=True)
    with listened("dingtalk", ears) as (talk, _, _raised):
        talk.tell(dingtalk_frame())
        assert talk.told()["code"] == 500
        ears.full = False
        talk.tell(dingtalk_frame())
        talk.tell(dingtalk_frame())
        assert [talk.told()["code"] for _ in range(2)] == [200, 200]
    assert len({event.dedupe for event in ears.events}) == 1, "the same frame is the same event"


def test_dingtalks_pings_events_and_nonsense_are_answered_and_change_nothing() -> None:
    ears = Heard()
    with listened("dingtalk", ears) as (talk, _, _raised):
        talk.tell(dingtalk_frame("p", kind="SYSTEM", topic="ping", data={"opaque": "7"}))
        assert json.loads(str(talk.told()["data"])) == {"opaque": "7"}
        talk.tell(dingtalk_frame("e", kind="EVENT", topic="*", data={}))
        assert json.loads(str(talk.told()["data"]))["status"] == "SUCCESS"
        talk.say("not json")
        talk.tell(dingtalk_frame("b", data={"odd": 1}))
        assert talk.told()["code"] == 200
    assert ears.events == []


def test_dingtalks_goodbye_ends_the_connection_without_a_fault() -> None:
    with listened("dingtalk", Heard()) as (talk, _, raised):
        talk.tell(dingtalk_frame("d", kind="SYSTEM", topic="disconnect", data={}))
        assert talk.hear()[0] == 8
    assert raised == []


def test_a_click_over_feishus_long_connection_is_stored_and_answered_with_a_toast() -> None:
    ears = Heard()
    with listened("feishu", ears) as (talk, gateway, _raised):
        talk.say(feishu_frame(feishu_click()))
        kind, raw = talk.hear()
    back = frame_read(raw)
    assert (kind, back.seq, back.log, back.service, back.headers["message_id"]) == (2, 5, 6, 33, "m1")
    assert back.others == ((6, b"gzip"), (9, b"log-new"))
    answer = json.loads(back.payload)
    assert answer["code"] == 200
    assert json.loads(base64.b64decode(answer["data"]))["toast"]["type"] == "info"
    [event] = ears.events
    assert (event.user, event.data["task_id"], event.data["button"], event.dedupe, event.ref) == ("ou_1", "task-9", "claim", "e1", "om_1")
    assert gateway.asked_for == [{"AppID": "app", "AppSecret": "secret"}]


def test_feishu_hears_that_a_click_could_not_be_kept() -> None:
    with listened("feishu", Heard(full=True)) as (talk, _, _raised):
        talk.say(feishu_frame(feishu_click()))
        assert json.loads(frame_read(talk.hear()[1]).payload)["code"] == 500


def test_an_event_in_several_frames_is_put_together_in_whatever_order_they_come() -> None:
    ears, payload = Heard(), feishu_click("e9")
    with listened("feishu", ears) as (talk, _, _raised):
        talk.say(feishu_frame(payload[40:], sum="2", seq="1"))
        talk.say(feishu_frame(payload[:40], sum="2", seq="0"))
        talk.hear()
    assert [event.dedupe for event in ears.events] == ["e9"]


def test_other_events_and_nonsense_of_feishu_are_passed_over() -> None:
    ears = Heard()
    with listened("feishu", ears) as (talk, _, _raised):
        talk.say(frame_write(Frame(0, 33, {"type": "pong"}, b"{}")))
        talk.say(b"\xff\xff")
        talk.say(feishu_frame(b'{"header": {"event_type": "im.message"}}'))
        assert json.loads(frame_read(talk.hear()[1]).payload)["code"] == 200
    assert ears.events == []


def test_a_frame_is_written_as_protocol_buffers_write_it() -> None:
    """By hand from the encoding's documents: tag = number << 3 | type, then a varint or a length and bytes."""
    written = frame_write(Frame(0, 300, {"type": "ping"}))
    assert written == bytes.fromhex("0800 1000 18ac02 2000 2a0c 0a04") + b"type" + bytes.fromhex("1204") + b"ping" + bytes.fromhex("4200")
    assert frame_read(written) == Frame(0, 300, {"type": "ping"})


@pytest.mark.parametrize("raw", [b"\x2a\x09x", b"\x0d0000", b"\x08", b"\x08" + b"\x80" * 11])
def test_what_is_no_frame_is_told(raw: bytes) -> None:
    with pytest.raises(feishu.BadCallback):
        frame_read(raw)


def test_parts_beyond_reason_are_refused() -> None:
    for headers in ({"sum": "65"}, {"sum": "2", "seq": "2"}, {"sum": "x"}):
        with pytest.raises(feishu.BadCallback):
            Parts().whole(Frame(1, 1, headers))


@pytest.mark.parametrize("kind", ["dingtalk", "feishu"])
def test_a_wrong_secret_is_the_vendors_refusal(kind: str) -> None:
    with SocketServer() as server, Gateway(server) as gateway:
        place = target({**CONFIG[kind], "base_url": gateway.base_url}, {"app_secret": "wrong"})
        listen = KINDS[kind].listen
        assert listen is not None
        with pytest.raises(Rejected):
            listen(place, Heard())


def test_buttons_act_without_a_public_address_where_the_channel_listens() -> None:
    at_home: ChannelTarget = target({"card_template": "t"}, callback_url="http://192.168.1.2/api")
    for clicks in (dingtalk_clicks, feishu_clicks):
        assert not clicks(at_home)
        assert clicks(replace(at_home, listens=True))


def test_pauses_grow_to_two_minutes_and_are_not_the_same_for_everybody() -> None:
    assert [pause(n, lambda: 1.0) for n in (0, 1, 2, 6, 7, 99)] == [1, 2, 4, 64, 120, 120]
    assert [pause(n, lambda: 0.0) for n in (0, 7)] == [0.5, 60]


@pytest.fixture
def channel(db: None, monkeypatch: pytest.MonkeyPatch) -> Channel:
    monkeypatch.setattr(listening.connections, "close_all", lambda: None)
    return Channel.objects.create(
        workspace=make_workspace(), kind="dingtalk", name="钉钉", config=CONFIG["dingtalk"], secret=seal({"app_secret": "s"})
    )


def click(key: str = "k") -> Event:
    return Event(EventKind.CLICKED, key, utc_now(), user="u", data={"task_id": "t", "button": "claim"})


def test_an_event_told_twice_is_kept_once_and_worked_once(channel: Channel) -> None:
    listener = Listener(channel)
    listener.hear([click(), click("other")])
    listener.hear([click()])
    assert CallbackEvent.objects.filter(channel=channel).count() == 2
    assert OutboxMessage.objects.filter(topic="callback").count() == 2
    channel.refresh_from_db()
    assert channel.last_callback_at is not None


def test_what_cannot_be_stored_is_a_passing_fault_and_nothing_of_it_stays(channel: Channel, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(kept: Channel, event: Event) -> None:
        event_store(kept, event)
        if event.dedupe == "second":
            raise DatabaseError("disk full")

    monkeypatch.setattr(listening, "event_store", full)
    with pytest.raises(Transient):
        Listener(channel).hear([click("first"), click("second")])
    assert not CallbackEvent.objects.exists()


@pytest.mark.parametrize("end", [Busy("unreachable"), Closed("ended"), Rejected("authFailed"), None])
def test_whatever_ends_a_connection_it_is_opened_again_after_a_longer_pause(
    channel: Channel, monkeypatch: pytest.MonkeyPatch, end: Exception | None
) -> None:
    waits: list[int] = []
    listener = Listener(channel)

    def wait(failures: int) -> float:
        waits.append(failures)
        if len(waits) == 3:
            listener.stop.set()
        return 0.0

    def listen(_target: ChannelTarget, _ears: object) -> None:
        if end is not None:
            raise end

    monkeypatch.setitem(KINDS, "dingtalk", replace(KINDS["dingtalk"], listen=listen))
    listener.wait = wait
    listener.run()
    assert waits == [0, 1, 2]
    assert Heartbeat.objects.get(name=beat_name(channel.pk)).detail["state"] == "apart"


def test_a_connection_that_stood_starts_with_short_pauses_again(channel: Channel) -> None:
    listener = Listener(channel, failures=9)
    listener.connected()
    assert listener.failures == 0
    assert Heartbeat.objects.get(name=beat_name(channel.pk)).detail["state"] == "connected"


def test_only_channels_that_are_on_and_choose_it_listen_and_no_workspace_that_rehearses(channel: Channel) -> None:
    def made(name: str, **fields: object) -> Channel:
        return Channel.objects.create(
            **({"workspace": channel.workspace, "kind": "feishu", "name": name, "config": CONFIG["feishu"]} | fields)
        )

    feishu_one = made("a")
    made("off", enabled=False)
    made("by callback", config={"app_id": "x"})
    made("mail", kind="email")
    made("rehearsal", workspace=make_workspace(simulated_as_of=utc_now()))
    assert set(wanted()) == {channel.pk, feishu_one.pk}


@pytest.mark.parametrize(("state", "ok", "code"), [("connected", True, "stream_connected"), ("apart", False, "stream_apart")])
def test_doctor_and_health_say_that_the_connection_is_the_way_and_whether_it_stands(
    channel: Channel, monkeypatch: pytest.MonkeyPatch, state: str, ok: bool, code: str
) -> None:
    heartbeat(name=beat_name(channel.pk), detail={"state": state, "code": "unreachable"})
    monkeypatch.setitem(KINDS, "dingtalk", replace(KINDS["dingtalk"], check=None))
    [finding] = findings_of(channel)
    assert (finding.name, finding.ok, finding.code) == ("callback", ok, code)


def test_a_sign_of_life_of_long_ago_is_none(channel: Channel) -> None:
    heartbeat(name=beat_name(channel.pk), detail={"state": "connected"})
    Heartbeat.objects.update(at=utc_now() - FRESH * 2)
    assert not listening_finding(channel).ok
