"""What a handler of background work gets, gives and may raise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class Cancelled(Exception):
    """The job was cancelled, or its lease went to another worker: stop without writing anything more."""


class JobContext(Protocol):
    """The handler's view of its job.

    A job may run again after a crash, from its start: everything a handler writes must be idempotent.
    """

    @property
    def job_id(self) -> int:
        """The row's id; stable over retries, so good for idempotency keys."""
        ...

    @property
    def workspace_id(self) -> int | None:
        """Null for work of the whole installation."""
        ...

    @property
    def payload(self) -> Mapping[str, object]:
        """As enqueued."""
        ...

    @property
    def attempt(self) -> int:
        """1 for the first run."""
        ...

    def progress(self, fraction: float, stage_key: str, **params: object) -> None:
        """Tell the reader how far (0–1) and what (`stages.<x>`); cheap, written at most every 0.5 s. Raises Cancelled."""
        ...

    def check_cancelled(self) -> None:
        """Raises Cancelled where the job should stop; call it between units of work."""
        ...


Handler = Callable[[JobContext], Mapping[str, object]]
"""Returns the job's result (plain data). Raises `base.errors.Transient` to be tried again later, any other LiukeError to fail."""


class Delivered(StrEnum):
    """What became of an outbox message, as the deliverer reports it."""

    SENT = "sent"
    SUPPRESSED = "suppressed"
    """Deliberately not sent: simulated workspace, channel off, opt-out."""
    UNKNOWN = "unknown"
    """The provider may or may not have it and does not dedupe: never re-sent blindly."""


@dataclass(frozen=True, slots=True)
class Message:
    """One outbox row to deliver; `key` is the idempotency key to give to the provider."""

    id: int
    key: str
    topic: str
    payload: Mapping[str, object]
    workspace_id: int | None
    attempt: int
    faults: int = 0

    @property
    def lane(self) -> tuple[str, int | None, str]:
        """What shares one way out, and with it one vendor's limit: topic, workspace and, where the payload names it, channel."""
        return self.topic, self.workspace_id, str(self.payload.get("channel", ""))


@dataclass(frozen=True, slots=True)
class Topic:
    """How messages of a topic leave.

    `deliver` raises Transient to be tried again, any other LiukeError to fail. `dedupes` says whether sending the same key
    twice is harmless: where it is not, a message whose deliverer died half-way is marked `unknown` instead of re-sent.
    """

    deliver: Callable[[Message], Delivered]
    dedupes: bool


@dataclass(slots=True)
class PlainContext:
    """A JobContext outside the queue, for tests and for commands that run a handler directly."""

    workspace_id: int | None = None
    payload: Mapping[str, object] = field(default_factory=dict)
    job_id: int = 0
    attempt: int = 1
    steps: list[tuple[float, str, Mapping[str, object]]] = field(default_factory=list)
    listener: Callable[[float, str, Mapping[str, object]], None] | None = None

    def progress(self, fraction: float, stage_key: str, **params: object) -> None:
        """Kept in `steps` and told to `listener`."""
        self.steps.append((fraction, stage_key, params))
        if self.listener:
            self.listener(fraction, stage_key, params)

    def check_cancelled(self) -> None:
        """Never cancelled."""
