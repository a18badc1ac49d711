"""How Feishu answers: `code` 0 is success whatever the HTTP status; too many calls come with the seconds until there is room."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from liuke.vendors.answers import Busy, Rejected
from liuke.vendors.http import Reached

STATUSES = frozenset({400, 401, 403, 404, 409, 429, 500, 502, 503, 504})
RESET = "x-ogw-ratelimit-reset"
TOKEN = frozenset({"99991661", "99991663", "99991664", "99991668", "99991677"})
TOO_FAST = frozenset({"99991400", "230020", "11232"})
Answer = TypeVar("Answer", bound=msgspec.Struct)


class Envelope(msgspec.Struct, frozen=True):
    """What every answer has: open APIs say `msg`, the log-in endpoint `error` and `error_description`, old robots `StatusCode`."""

    code: int | str = 0
    msg: str = ""
    error: str = ""
    error_description: str = ""


def answer_of(reached: Reached, kind: type[Answer]) -> Answer:
    """The answer read as `kind`. Raises Rejected or Busy with Feishu's code."""
    code, text = _said(reached)
    if code in TOO_FAST or reached.status == 429 or reached.status >= 500:
        raise Busy(code, text, again_in=_seconds(reached.headers.get(RESET, "")))
    if code != "0":
        raise Rejected(code, text)
    try:
        return msgspec.json.decode(reached.body or b"{}", type=kind)
    except msgspec.DecodeError:
        raise Rejected("unreadable", _text(reached)) from None


def _said(reached: Reached) -> tuple[str, str]:
    """Code and words of an answer. An HTTP status of refusal stands in for a code that is missing or speaks of success."""
    by_status = f"http_{reached.status}" if reached.status >= 400 else ""
    try:
        said = msgspec.json.decode(reached.body or b"{}", type=Envelope)
    except msgspec.DecodeError:
        return by_status or "unreadable", _text(reached)
    code = str(said.code)
    return by_status if by_status and code == "0" else code, said.msg or said.error_description or said.error


def _text(reached: Reached) -> str:
    return reached.body[:200].decode("utf-8", "replace")


def _seconds(text: str) -> float:
    return float(text) if text.isdigit() else 0.0
