"""To-dos in DingTalk: created once per `source`, closed by it. DingTalk wants union ids here, not user ids."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import quote

import msgspec

from liuke.vendors.answers import Rejected
from liuke.vendors.dingtalk.app import App


class _Todo(msgspec.Struct, frozen=True):
    id: str = ""


class _Done(msgspec.Struct, frozen=True):
    result: bool = False


class _Person(msgspec.Struct, frozen=True):
    unionid: str = ""


class _Found(msgspec.Struct, frozen=True):
    result: _Person = _Person()


def union_id(app: App, user_id: str) -> str:
    """The union id of a colleague. Raises Rejected("33012") for an unknown one."""
    found = app.ask_old("/topapi/v2/user/get", {"userid": user_id}, _Found).result.unionid
    if not found:
        raise Rejected("33012", user_id)
    return found


def todo_create(app: App, *, union: str, source: str, subject: str, due_at: datetime | None, link: str) -> str:
    """Its id; the same `source` again gives the same to-do. Raises Rejected, Busy, Unsure."""
    body: dict[str, object] = {
        "sourceId": source,
        "subject": subject,
        "creatorId": union,
        "executorIds": [union],
        "detailUrl": {"appUrl": link, "pcUrl": link},
        "isOnlyShowExecutor": True,
    }
    if due_at is not None:
        body["dueTime"] = int(due_at.timestamp() * 1000)
    return app.ask_new("POST", _path(union), _Todo, body, {"operatorId": union}).id


def todo_done(app: App, *, union: str, todo: str) -> None:
    """Closes one. Raises Rejected where DingTalk did not."""
    answer = app.ask_new("PUT", f"{_path(union)}/{quote(todo, safe='')}", _Done, {"done": True}, {"operatorId": union})
    if not answer.result:
        raise Rejected("todo.done", todo)


def todo_of(app: App, *, union: str, source: str) -> str:
    """The id of the to-do that was created for a source; "" = none."""
    return app.ask_new("GET", f"{_path(union)}/sources/{quote(source, safe='')}", _Todo).id


def _path(union: str) -> str:
    return f"/v1.0/todo/users/{quote(union, safe='')}/tasks"
