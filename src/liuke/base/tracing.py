"""Which request, and whose workspace, the work at hand belongs to. Log lines and jobs carry it; no personal data does."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

_SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{3,63}")


@dataclass(frozen=True, slots=True)
class Trace:
    """`request_id` is empty where nobody asked (scheduled work); `workspace_id` is None until it is known."""

    request_id: str = ""
    workspace_id: int | None = None


_NOBODY = Trace()
_trace: ContextVar[Trace] = ContextVar("trace", default=_NOBODY)


def current() -> Trace:
    """The trace of this thread or task."""
    return _trace.get()


def request_id_of(given: str) -> str:
    """The caller's own id where it is sane (4–64 letters, digits, `.`, `_`, `-`), else a new one of 16 hex digits."""
    return given if _SANE.fullmatch(given) else secrets.token_hex(8)


@contextmanager
def tracing(*, request_id: str, workspace_id: int | None = None) -> Iterator[None]:
    """Everything inside belongs to this request; threads are reused, so it is taken back at the end."""
    token = _trace.set(Trace(request_id, workspace_id))
    try:
        yield
    finally:
        _trace.reset(token)


def in_workspace(workspace_id: int) -> None:
    """From here on the request at hand is about this workspace. Outside of `tracing` nothing would take it back: nothing is noted."""
    trace = _trace.get()
    if trace is not _NOBODY:
        _trace.set(Trace(trace.request_id, workspace_id))
