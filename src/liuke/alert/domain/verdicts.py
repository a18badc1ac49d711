"""One-tap verdicts (BEY-03): what each asks, what it does to the alert, and how a signal's precision is counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from liuke.base.errors import Invalid

LONGEST_SILENCE = timedelta(days=366)


class VerdictKind(StrEnum):
    """有效 / 误报 / 已知 / 太晚."""

    VALID = "valid"
    FALSE_ALARM = "false_alarm"
    KNOWN = "known"
    TOO_LATE = "too_late"


class FalseReason(StrEnum):
    """Why it was a false alarm: 季节性 / 项目制 / 换主体下单 / 数据错误."""

    SEASONAL = "seasonal"
    PROJECT = "project"
    OTHER_ENTITY = "other_entity"
    BAD_DATA = "bad_data"


CLOSING = {VerdictKind.FALSE_ALARM: "false_alarm", VerdictKind.KNOWN: "known"}
"""Verdicts that close the alert, with the close reason. 有效 and 太晚 leave it open: the work is still to be done."""


@dataclass(frozen=True, slots=True)
class Given:
    """A verdict as a person gives it; `signal` empty = the alert's main reason."""

    kind: VerdictKind
    reason: FalseReason | None = None
    signal: str = ""
    until: datetime | None = None


def given(kind: str, *, reason: str = "", signal: str = "", until: datetime | None = None, signals: Iterable[str], now: datetime) -> Given:
    """A checked verdict on an alert whose reasons are `signals`, highest first.

    Raises Invalid: verdict_unknown, verdict_reason (误报 without one of the four), verdict_signal (a signal that is not a
    reason of this alert), verdict_until (已知 without a date, in the past, or over a year ahead).
    """
    known = list(signals)
    if kind not in set(VerdictKind):
        raise Invalid("verdict_unknown", got=kind, allowed=", ".join(VerdictKind))
    verdict = VerdictKind(kind)
    cause = _cause(reason) if verdict is VerdictKind.FALSE_ALARM else None
    if signal and signal not in known:
        raise Invalid("verdict_signal", got=signal, allowed=", ".join(known))
    silent_until = _silence_end(until, now) if verdict is VerdictKind.KNOWN else None
    return Given(verdict, cause, signal or (known[0] if known else ""), silent_until)


def _cause(reason: str) -> FalseReason:
    if reason not in set(FalseReason):
        raise Invalid("verdict_reason", got=reason, allowed=", ".join(FalseReason))
    return FalseReason(reason)


def _silence_end(until: datetime | None, now: datetime) -> datetime:
    latest = now + LONGEST_SILENCE
    if until is None or not now < until <= latest:
        raise Invalid("verdict_until", earliest=now.isoformat(), latest=latest.isoformat())
    return until


@dataclass(frozen=True, slots=True)
class SignalPrecision:
    """Verdicts on alerts whose main reason was one signal. 已知 is neither right nor wrong."""

    signal: str
    valid: int = 0
    false_alarm: int = 0
    too_late: int = 0
    known: int = 0

    @property
    def judged(self) -> int:
        """The n behind `precision`."""
        return self.valid + self.false_alarm + self.too_late

    @property
    def precision(self) -> float | None:
        """Share of right alerts among the judged, 0–1; 太晚 was right about the customer. None while nobody has judged."""
        return (self.valid + self.too_late) / self.judged if self.judged else None
