"""When a customer at risk is deliberately not alerted again: the repeat interval, and what people said they know (已知)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from liuke.alert.domain.policy import AlertPolicy
from liuke.alert.domain.scored import ScoredCustomer
from liuke.base.times import day_start, local_day
from liuke.score.domain.levels import Level

SPACED = frozenset({"calmed", "handled", "false_alarm"})
"""Close reasons after which the repeat interval holds. 已知 has its own date; a returning lost customer is news."""


@dataclass(frozen=True, slots=True)
class Mute:
    """A reason that somebody knows about until a date, and how things stood when they said so."""

    signal: str
    until: datetime
    points: float
    score: float
    families: frozenset[str]

    def to_plain(self) -> dict[str, object]:
        """JSON values for `Alert.muted`."""
        return {
            "signal": self.signal,
            "until": self.until.isoformat(),
            "points": self.points,
            "score": self.score,
            "families": sorted(self.families),
        }

    @classmethod
    def from_plain(cls, data: Mapping[str, object]) -> Mute:
        """Reads `to_plain` back."""
        families = data["families"]
        return cls(
            signal=str(data["signal"]),
            until=datetime.fromisoformat(str(data["until"])),
            points=float(str(data["points"])),
            score=float(str(data["score"])),
            families=frozenset(map(str, families)) if isinstance(families, list) else frozenset(),
        )


@dataclass(frozen=True, slots=True)
class Past:
    """The customer's last closed alert and every mute that has not run out."""

    level: Level
    closed_at: datetime
    close_reason: str
    mutes: tuple[Mute, ...] = ()


@dataclass(frozen=True, slots=True)
class Silence:
    """Why a raise is held back: `repeat` (closed a short while ago) or `known` (somebody knows), until when."""

    kind: str
    until: datetime


def silence_of(past: Past, customer: ScoredCustomer, *, as_of: datetime, zone: str, policy: AlertPolicy) -> Silence | None:
    """What holds a raise back now; None where nothing does."""
    if past.close_reason in SPACED and customer.alert_level.rank <= past.level.rank:
        closed_on = local_day(past.closed_at, zone)
        if (local_day(as_of, zone) - closed_on).days < policy.repeat_after_days:
            return Silence("repeat", day_start(closed_on + timedelta(days=policy.repeat_after_days), zone))
    active = [mute for mute in past.mutes if mute.until > as_of]
    if not active or any(is_broken(mute, customer, policy.worsen_points) for mute in active):
        return None
    return Silence("known", max(mute.until for mute in active))


def is_silenced(past: Past, customer: ScoredCustomer, *, as_of: datetime, zone: str, policy: AlertPolicy) -> bool:
    """Whether a raise is held back now."""
    return silence_of(past, customer, as_of=as_of, zone=zone, policy=policy) is not None


def is_broken(mute: Mute, customer: ScoredCustomer, worsen_points: float) -> bool:
    """A known reason speaks again: it or the whole score worsened by `worsen_points`, or a new family of reasons appeared."""
    now = customer.points()
    reason_points = sum(points for signal, _, points in now if signal == mute.signal)
    new_family = {family for _, family, _ in now} - mute.families
    worse = reason_points >= mute.points + worsen_points or customer.score >= mute.score + worsen_points
    return worse or bool(new_family)
