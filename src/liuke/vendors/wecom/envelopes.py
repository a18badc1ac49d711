"""How WeCom answers: HTTP 200 with `errcode`, which alone decides (document 90455; the text of `errmsg` may change any day)."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from liuke.vendors.answers import Busy, Rejected
from liuke.vendors.http import Reached

TOKEN = frozenset({"40014", "42001", "42009"})
"""The token is no longer good, whatever its end was: fetch another and ask again once."""
BUSY = {"-1": 0.0, "45009": 60.0, "45033": 5.0}
"""Codes that may pass by themselves, with the seconds after which."""
Answer = TypeVar("Answer", bound=msgspec.Struct)


class Nothing(msgspec.Struct, frozen=True):
    """An answer of which only the success matters."""


class Envelope(msgspec.Struct, frozen=True):
    """What every answer has."""

    errcode: int = 0
    errmsg: str = ""


def answer_of(reached: Reached, kind: type[Answer]) -> Answer:
    """The answer read as `kind`. Raises Rejected or Busy with WeCom's code."""
    said = _read(reached, Envelope)
    code = str(said.errcode)
    if code in BUSY:
        raise Busy(code, said.errmsg, again_in=BUSY[code])
    if said.errcode:
        raise Rejected(code, said.errmsg)
    return _read(reached, kind)


def _read(reached: Reached, kind: type[Answer]) -> Answer:
    try:
        return msgspec.json.decode(reached.body, type=kind)
    except msgspec.DecodeError:
        raise Rejected("unreadable", reached.body[:200].decode("utf-8", "replace")) from None
