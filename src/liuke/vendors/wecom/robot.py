"""A group robot (消息推送, document 99110): posts to one group by a secret address, 20 a minute."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import msgspec

from liuke.vendors.answers import Busy
from liuke.vendors.http import Wire, call
from liuke.vendors.state import Limit, Limits
from liuke.vendors.wecom.envelopes import Nothing, answer_of
from liuke.vendors.wecom.texts import shortened

PER_MINUTE = Limit(20, 60)
LONGEST_TEXT = 2048
LONGEST_MARKDOWN = 4096
EVERYBODY = "@all"


@dataclass(frozen=True, slots=True)
class Robot:
    """One robot; its key is its whole secret."""

    key: str
    wire: Wire
    limits: Limits


def robot_text(robot: Robot, text: str, *, users: Sequence[str] = (), phones: Sequence[str] = ()) -> None:
    """Plain text that calls people by name. Raises Rejected, Busy, Unsure."""
    body: dict[str, object] = {"content": shortened(text, LONGEST_TEXT)}
    named = {"mentioned_list": list(users), "mentioned_mobile_list": list(phones)}
    _post(robot, {"msgtype": "text", "text": body | {name: who for name, who in named.items() if who}})


def robot_markdown(robot: Robot, text: str) -> None:
    """Markdown; `<@userid>` in it calls somebody by name."""
    _post(robot, {"msgtype": "markdown", "markdown": {"content": shortened(text, LONGEST_MARKDOWN)}})


def robot_card(robot: Robot, card: Mapping[str, object]) -> None:
    """A notice card: a robot's cards have no buttons that come back."""
    _post(robot, {"msgtype": "template_card", "template_card": card})


def _post(robot: Robot, body: Mapping[str, object]) -> None:
    wait = robot.limits.take(f"wecom.robot.{sha256(robot.key.encode()).hexdigest()[:16]}", PER_MINUTE)
    if wait > 0:
        raise Busy("own_limit", "robot", again_in=wait)
    content = msgspec.json.encode(body)
    headers = {"Content-Type": "application/json"}
    answer_of(call(robot.wire, "POST", "/cgi-bin/webhook/send", params={"key": robot.key}, content=content, headers=headers), Nothing)
