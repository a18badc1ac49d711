"""Answers that cost a scan of the whole stream, kept for a minute in this process."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any, TypeVar

Answer = TypeVar("Answer")
LASTS_S = 60.0
MOST = 500
_kept: dict[tuple[object, ...], tuple[float, Any]] = {}


def kept(key: tuple[object, ...], ask: Callable[[], Answer]) -> Answer:
    """The answer kept under `key`, else a fresh one. Put the moment into the key: a moved clock must not see old answers."""
    now = monotonic()
    found = _kept.get(key)
    if found is not None and now - found[0] < LASTS_S:
        answer: Answer = found[1]
        return answer
    answer = ask()
    if len(_kept) >= MOST:
        _kept.clear()
    _kept[key] = (now, answer)
    return answer


def forget() -> None:
    """Drop everything kept."""
    _kept.clear()
