"""Work notices (工作通知): what an app writes to people, and what became of it.

DingTalk accepts more than it delivers: the same text reaches a person once a day, one person gets 500 a day. What was held back is
told by `send_result` only.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import msgspec

from liuke.vendors.answers import Rejected
from liuke.vendors.dingtalk.app import App

MOST_PEOPLE = 100
LONGEST_BYTES = 2048
SEND = "/topapi/message/corpconversation/asyncsend_v2"
RESULT = "/topapi/message/corpconversation/getsendresult"


class _Sent(msgspec.Struct, frozen=True):
    task_id: int


class Forbidden(msgspec.Struct, frozen=True):
    """Why somebody did not get it; `code` is DingTalk's."""

    userid: str = ""
    code: int | str = ""


class SendResult(msgspec.Struct, frozen=True):
    """What became of one task, by user ids."""

    invalid_user_id_list: list[str] = []
    forbidden_user_id_list: list[str] = []
    failed_user_id_list: list[str] = []
    read_user_id_list: list[str] = []
    unread_user_id_list: list[str] = []
    forbidden_list: list[Forbidden] = []

    def reached(self) -> list[str]:
        """Who has it, read or unread."""
        return [*self.read_user_id_list, *self.unread_user_id_list]


class _Result(msgspec.Struct, frozen=True):
    send_result: SendResult = SendResult()


def notice_send(app: App, users: Sequence[str], message: Mapping[str, object]) -> int:
    """Hands one message to DingTalk; the task id asks later for its result. Raises Rejected, Busy, Unsure.

    More than 100 people or 2048 bytes are refused here with DingTalk's own codes.
    """
    if not 0 < len(users) <= MOST_PEOPLE:
        raise Rejected("33012", f"{len(users)} people")
    if len(json.dumps(message, ensure_ascii=False).encode()) > LONGEST_BYTES:
        raise Rejected("34016", "longer than 2048 bytes")
    body = {"agent_id": _agent(app), "userid_list": ",".join(users), "to_all_user": False, "msg": message}
    return app.ask_old(SEND, body, _Sent).task_id


def send_result(app: App, task_id: int) -> SendResult:
    """What became of a task; empty until DingTalk has worked it."""
    return app.ask_old(RESULT, {"agent_id": _agent(app), "task_id": task_id}, _Result).send_result


def markdown(title: str, text: str) -> dict[str, object]:
    """A notice without buttons."""
    return {"msgtype": "markdown", "markdown": {"title": title, "text": text}}


def action_card(title: str, text: str, buttons: Sequence[tuple[str, str]]) -> dict[str, object]:
    """A notice whose buttons open addresses: `(label, address)`."""
    listed = [{"title": label, "action_url": address} for label, address in buttons]
    return {"msgtype": "action_card", "action_card": {"title": title, "markdown": text, "btn_orientation": "1", "btn_json_list": listed}}


def _agent(app: App) -> int:
    if not app.agent_id.isdigit():
        raise Rejected("agent_id", app.agent_id)
    return int(app.agent_id)
