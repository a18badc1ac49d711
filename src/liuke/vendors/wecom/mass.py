"""Mass messages to customers and moments: tasks that the colleague must confirm in WeCom (documents 92135, 93338, 95094)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from liuke.vendors.wecom.app import App
from liuke.vendors.wecom.texts import shortened

MOST_CUSTOMERS = 10_000
LONGEST_TEXT = 4000
CONFIRMED = 2
"""Of a task member's `status`; 0 = not yet."""
SENT = 1
RESULTS = {2: "no_longer_friend", 3: "got_another"}
"""Of a customer's `status`; 0 = not sent, 1 = sent."""


@dataclass(frozen=True, slots=True)
class MassLink:
    """A page under the text."""

    title: str
    url: str


class _Made(msgspec.Struct, frozen=True):
    msgid: str = ""
    fail_list: tuple[str, ...] = ()


class TaskMember(msgspec.Struct, frozen=True):
    """One colleague of a task; `status` 0 = must still confirm, 2 = confirmed."""

    userid: str
    status: int = 0


class CustomerResult(msgspec.Struct, frozen=True):
    """What became of a task for one customer: 0 not sent, 1 sent, 2 no longer a contact, 3 has got another mass message."""

    external_userid: str = ""
    userid: str = ""
    status: int = 0


class _Tasks(msgspec.Struct, frozen=True):
    task_list: tuple[TaskMember, ...] = ()
    next_cursor: str = ""


class _Results(msgspec.Struct, frozen=True):
    send_list: tuple[CustomerResult, ...] = ()
    next_cursor: str = ""


class MassMessage(msgspec.Struct, frozen=True):
    """A task as the list shows it."""

    msgid: str
    creator: str = ""
    create_time: int = 0


class _List(msgspec.Struct, frozen=True):
    group_msg_list: tuple[MassMessage, ...] = ()
    next_cursor: str = ""


class _Job(msgspec.Struct, frozen=True):
    jobid: str


def mass_create(
    app: App, *, sender: str, to: Sequence[str], text: str, link: MassLink | None = None
) -> tuple[str, frozenset[str]]:  # fmt: skip
    """The task's id, and who cannot be reached. Nothing is sent before the colleague confirms. Raises Rejected, Busy, Unsure."""
    body: dict[str, object] = {
        "chat_type": "single",
        "external_userid": list(to)[:MOST_CUSTOMERS],
        "sender": sender,
        "text": {"content": shortened(text, LONGEST_TEXT)},
    }
    if link is not None:
        body["attachments"] = [{"msgtype": "link", "link": {"title": link.title[:128], "url": link.url}}]
    made = app.post("externalcontact/add_msg_template", _Made, body)
    return made.msgid, frozenset(made.fail_list)


def mass_list(app: App, *, since: int, until: int) -> list[MassMessage]:
    """Tasks made in `[since, until]` (Unix seconds, at most a month apart)."""
    found: list[MassMessage] = []
    cursor = ""
    while True:
        body = {"chat_type": "single", "start_time": since, "end_time": until, "limit": 100, "cursor": cursor}
        page = app.post("externalcontact/get_groupmsg_list_v2", _List, body)
        found.extend(page.group_msg_list)
        if not page.next_cursor:
            return found
        cursor = page.next_cursor


def mass_members(app: App, task: str) -> list[TaskMember]:
    """Who confirms the task, and who has."""
    found: list[TaskMember] = []
    cursor = ""
    while True:
        page = app.post("externalcontact/get_groupmsg_task", _Tasks, {"msgid": task, "limit": 1000, "cursor": cursor})
        found.extend(page.task_list)
        if not page.next_cursor:
            return found
        cursor = page.next_cursor


def mass_results(app: App, task: str, user: str) -> list[CustomerResult]:
    """What became of the task for each customer of one colleague."""
    found: list[CustomerResult] = []
    cursor = ""
    while True:
        body = {"msgid": task, "userid": user, "limit": 1000, "cursor": cursor}
        page = app.post("externalcontact/get_groupmsg_send_result", _Results, body)
        found.extend(page.send_list)
        if not page.next_cursor:
            return found
        cursor = page.next_cursor


def moment_create(app: App, *, text: str, users: Sequence[str], link: MassLink | None = None) -> str:
    """A post for customers' moments as a task of the colleagues; WeCom makes it within a day. The job's id."""
    body: dict[str, object] = {
        "text": {"content": text[:2000]},
        "visible_range": {"sender_list": {"user_list": list(users)}},
    }
    if link is not None:
        body["attachments"] = [{"msgtype": "link", "link": {"title": link.title[:64], "url": link.url}}]
    return app.post("externalcontact/add_moment_task", _Job, body).jobid
