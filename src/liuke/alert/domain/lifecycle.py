"""The life of an alert, decided for one customer and one moment: raise, update, escalate, lower, close or nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from liuke.alert.domain.policy import DEFAULT_POLICY, AlertPolicy
from liuke.alert.domain.scored import ScoredCustomer
from liuke.alert.domain.silence import Past, is_silenced
from liuke.base.times import local_day
from liuke.score.domain.levels import Bands, Level

DEFAULT_BANDS = Bands()


class Action(StrEnum):
    """What a review does to one customer's alert."""

    NOTHING = "nothing"
    RAISE = "raise"
    UPDATE = "update"
    ESCALATE = "escalate"
    LOWER = "lower"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class AlertState:
    """The part of an open alert that a review reads and changes."""

    level: Level
    score: float
    peak_score: float
    fingerprint: str
    level_since: datetime
    """When it entered this level by rising; a step down leaves it."""
    calm_since: datetime | None = None
    snoozed_until: datetime | None = None
    raised_by: tuple[int, ...] = ()
    """The rules that raised it or last lifted it; empty = the score."""


@dataclass(frozen=True, slots=True)
class Decision:
    """An action and the state after it; the state is None where there is nothing to keep."""

    action: Action
    state: AlertState | None = None
    close_reason: str = ""


@dataclass(frozen=True, slots=True)
class Occasion:
    """The moment and the manners of one review."""

    as_of: datetime
    zone: str
    policy: AlertPolicy = DEFAULT_POLICY
    bands: Bands = DEFAULT_BANDS


_NOTHING = Decision(Action.NOTHING)


def decide(alert: AlertState | None, past: Past | None, customer: ScoredCustomer, *, status: str, on: Occasion) -> Decision:
    """What becomes of the customer's alert. Deciding twice on the same occasion decides NOTHING the second time.

    `status` is the customer's standing (active, lost, paused, closed): whoever is not active is not alerted.
    """
    gone = _gone(customer, status)
    if alert is None:
        return _NOTHING if gone else _enter(past, customer, on)
    if gone:
        return Decision(Action.CLOSE, alert, gone)
    return _move(alert, customer, on)


def hold_level(score: float, bands: Bands, margin: float) -> Level:
    """The highest level that an open alert with this score keeps: its cut-off less the margin lies below the score."""
    for level, cut in ((Level.HIGH, bands.high), (Level.MEDIUM, bands.medium), (Level.EARLY, bands.early)):
        if score > cut - margin:
            return level
    return Level.NORMAL


def _gone(customer: ScoredCustomer, status: str) -> str:
    if customer.is_lost:
        return "lost"
    return "" if status == "active" else "outcome"


def _enter(past: Past | None, customer: ScoredCustomer, on: Occasion) -> Decision:
    if customer.alert_level is Level.NORMAL:
        return _NOTHING
    if past is not None and is_silenced(past, customer, as_of=on.as_of, zone=on.zone, policy=on.policy):
        return _NOTHING
    lifted = tuple(match.rule_id for match in customer.lifting)
    state = AlertState(customer.alert_level, customer.score, customer.score, customer.fingerprint(), on.as_of, raised_by=lifted)
    return Decision(Action.RAISE, state)


def _move(alert: AlertState, customer: ScoredCustomer, on: Occasion) -> Decision:
    snoozed_until = alert.snoozed_until if alert.snoozed_until and alert.snoozed_until > on.as_of else None
    seen = replace(
        alert,
        score=customer.score,
        peak_score=max(alert.peak_score, customer.score),
        fingerprint=customer.fingerprint(),
        snoozed_until=snoozed_until,
    )
    level = customer.alert_level
    if level.rank > alert.level.rank:
        lifted = tuple(match.rule_id for match in customer.lifting)
        risen = replace(seen, level=level, level_since=on.as_of, calm_since=None, snoozed_until=None, raised_by=lifted)
        return Decision(Action.ESCALATE, risen)
    own = hold_level(customer.score, customer.bands or on.bands, on.policy.close_margin_points)
    held = max(own, customer.rule_level, key=lambda level: level.rank)
    if held.rank >= alert.level.rank:
        seen = replace(seen, calm_since=None)
        return _NOTHING if seen == alert else Decision(Action.UPDATE, seen)
    return _calm(alert, replace(seen, calm_since=alert.calm_since or on.as_of), held, on)


def _calm(before: AlertState, seen: AlertState, held: Level, on: Occasion) -> Decision:
    calm_since = seen.calm_since or on.as_of
    calm_days = (local_day(on.as_of, on.zone) - local_day(calm_since, on.zone)).days
    if calm_days < on.policy.close_after_days:
        return _NOTHING if seen == before else Decision(Action.UPDATE, seen)
    if held is Level.NORMAL:
        return Decision(Action.CLOSE, seen, "calmed")
    return Decision(Action.LOWER, replace(seen, level=held, calm_since=None))
