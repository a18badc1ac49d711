"""How DingTalk's two hosts answer, and how they say no.

Old host (oapi): HTTP 200 with `errcode`; 88 wraps the real code as `sub_code`. New host (api): HTTP status with `code` and `message`.
Both, when an address calls too often: an HTML page or `{"status": 1111, "wait": 5}`, and the address is blocked for five minutes.
"""

from __future__ import annotations

from typing import TypeVar

import msgspec

from liuke.vendors.answers import Busy, Rejected, VendorFault
from liuke.vendors.http import Reached

BLOCKED = "1111"
BLOCK_SECONDS = 300.0
ROBOT_BLOCK_SECONDS = 600.0
WRAPPED = "88"
TOKEN_OLD = frozenset({"40014", "42001"})
TOKEN_NEW = frozenset({"InvalidAuthentication", "InvalidAccessToken"})
TOO_FAST = {
    "-1": 0.0,
    "90002": 60.0,
    "130101": ROBOT_BLOCK_SECONDS,
    "410100": ROBOT_BLOCK_SECONDS,
    "143103": 60.0,
    "143104": 60.0,
    "Throttling": 60.0,
    "todo.taskCreate.flowControlError": 60.0,
}
"""Codes that may pass by themselves, with the seconds after which."""
STATUSES = frozenset({400, 401, 403, 404, 409, 429, 500, 503})
"""The new host says in the body what they mean."""
Answer = TypeVar("Answer", bound=msgspec.Struct)


class OldEnvelope(msgspec.Struct, frozen=True):
    """What every answer of the old host has."""

    errcode: int | str = 0
    errmsg: str = ""
    sub_code: int | str = ""
    sub_msg: str = ""
    status: int = 0
    wait: float = 0


class NewEnvelope(msgspec.Struct, frozen=True):
    """What every refusal of the new host has."""

    code: int | str = ""
    message: str = ""
    status: int = 0
    wait: float = 0


def old_answer(reached: Reached, kind: type[Answer]) -> Answer:
    """The answer of the old host, read as `kind`. Raises Rejected or Busy with DingTalk's code."""
    said = _read(reached, OldEnvelope)
    _not_blocked(said.status)
    code, text = str(said.errcode), said.errmsg
    if code == WRAPPED and str(said.sub_code):
        code, text = str(said.sub_code), said.sub_msg or said.errmsg
    if code != "0":
        raise _fault(code, text)
    return _read(reached, kind)


def new_answer(reached: Reached, kind: type[Answer]) -> Answer:
    """The answer of the new host, read as `kind`. Raises Rejected or Busy with DingTalk's code."""
    if reached.status >= 400:
        said = _read(reached, NewEnvelope)
        _not_blocked(said.status)
        raise _fault(str(said.code) or f"http_{reached.status}", said.message, busy=reached.status in {429, 500, 503})
    _not_blocked(_read(reached, NewEnvelope).status)
    return _read(reached, kind)


def _fault(code: str, text: str, *, busy: bool = False) -> VendorFault:
    again = next((seconds for prefix, seconds in TOO_FAST.items() if code == prefix or code.startswith(f"{prefix}.")), None)
    return Rejected(code, text) if again is None and not busy else Busy(code, text, again_in=again or 0.0)


def _not_blocked(status: int) -> None:
    if status == int(BLOCKED):
        raise Busy(BLOCKED, "blocked", again_in=BLOCK_SECONDS)


def _read(reached: Reached, kind: type[Answer]) -> Answer:
    try:
        return msgspec.json.decode(reached.body or b"{}", type=kind)
    except msgspec.DecodeError:
        if reached.body.lstrip().startswith(b"<"):
            raise Busy(BLOCKED, "blocked", again_in=BLOCK_SECONDS) from None
        raise Rejected("unreadable", reached.body[:200].decode("utf-8", "replace")) from None
