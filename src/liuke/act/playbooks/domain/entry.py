"""Who may enter, and who is held out. The same question always has the same answer (BEY-07)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from liuke.act.playbooks.domain.spec import Audience, Reentry, ReentryMode
from liuke.base.times import to_us
from liuke.rules.evaluate import Row, matches


class Refusal(StrEnum):
    """Why an occurrence led to no entry."""

    INACTIVE = "inactive"
    """The customer is lost, paused or closed and the flow is no 召回."""
    PAUSED = "paused"
    AUDIENCE = "audience"
    EXCLUDED = "excluded"
    ALREADY_IN = "already_in"
    REENTRY = "reentry"
    BUDGET = "budget"
    TRIAL = "trial"
    """It would have entered; the version is on trial."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a customer before an entry."""

    active: bool
    running: bool = False
    last_entered: datetime | None = None


def portion(salt: str, customer_id: int) -> float:
    """A number in [0, 1) that the same salt and customer always get; over customers it is uniform."""
    digest = sha256(f"{salt}:{customer_id}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def held_out(salt: str, customer_id: int, share: float) -> bool:
    """Whether the customer is left alone. A larger share holds out the same customers and more."""
    return portion(salt, customer_id) < share


def audience_refusal(audience: Audience, row: Row, *, now: datetime, zone: str) -> Refusal | None:
    """None where the customer belongs to the audience. A value that is missing counts as not fulfilled."""
    now_us = to_us(now)
    if audience.when is not None and not matches(audience.when, row, now_us=now_us, zone=zone):
        return Refusal.AUDIENCE
    if audience.exclude is not None and matches(audience.exclude, row, now_us=now_us, zone=zone):
        return Refusal.EXCLUDED
    return None


def reentry_refusal(reentry: Reentry, standing: Standing, at: datetime) -> tuple[Refusal, datetime | None] | None:
    """None where the customer may enter; else why not and, for a span, from when on."""
    if standing.running:
        return Refusal.ALREADY_IN, None
    last = standing.last_entered
    if last is None or reentry.mode is ReentryMode.ALWAYS:
        return None
    if reentry.mode is ReentryMode.NEVER:
        return Refusal.REENTRY, None
    allowed = last + timedelta(days=reentry.days)
    return (Refusal.REENTRY, allowed) if at < allowed else None


def may_act_on(kind: str, status: str, allowed: Collection[str] = ("active",)) -> bool:
    """召回 acts on customers who are lost, every other flow on active ones."""
    return status in {"lost", "active"} if kind == "recall" else status in allowed
