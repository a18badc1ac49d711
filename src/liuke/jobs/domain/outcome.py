"""What becomes of work that failed. The type of the fault alone decides whether it is tried again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from liuke.base.errors import LiukeError, Transient

MAX_TRIES = 8
"""Tries that may end in a transient fault: about ten minutes in all."""
MAX_DEATHS = 40
"""Claims of one job without an end: past it the job itself is what kills its workers."""
_LONGEST = timedelta(minutes=10)
LONGEST_WAIT = timedelta(hours=24)
"""Past it a message that still waits for room has missed its moment."""


@dataclass(frozen=True, slots=True)
class Fault:
    """`retry_in` null = never again. `error` is `{"code", "params"}`, rendered per reader."""

    error: Mapping[str, object]
    retry_in: timedelta | None = None
    waits: bool = False
    """The other side said when there is room: waiting for it counts as no failed try."""


def back_off(faults: int) -> timedelta:
    """5 s after the first transient fault, doubling, at most 10 minutes."""
    return min(timedelta(seconds=5) * (1 << min(faults, 10)), _LONGEST)


def judge(fault: BaseException, faults: int) -> Fault:
    """The verdict, `faults` transient faults having come before.

    `again_in` among a Transient's parameters is the number of seconds that the other side asks for.
    Anything that is no LiukeError is a bug of ours: code `internal`, details in the log.
    """
    if not isinstance(fault, LiukeError):
        return Fault({"code": "internal", "params": {}})
    error = {"code": fault.code, "params": dict(fault.params)}
    room_in = fault.params.get("again_in")
    if isinstance(fault, Transient) and isinstance(room_in, int | float) and room_in > 0:
        return Fault(error, min(timedelta(seconds=room_in), LONGEST_WAIT), waits=True)
    again = isinstance(fault, Transient) and faults + 1 < MAX_TRIES
    return Fault(error, back_off(faults) if again else None)
