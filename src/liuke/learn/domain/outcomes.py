"""What became of a customer (OUT-01): what each outcome asks, and the standing it gives."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from liuke.base.errors import Invalid


class OutcomeKind(StrEnum):
    """已续约 / 已复购 / 确认流失 / 暂停合作 / 无法挽回."""

    RENEWED = "renewed"
    REPURCHASED = "repurchased"
    CHURNED = "churned"
    PAUSED = "paused"
    UNSAVEABLE = "unsaveable"


class Cause(StrEnum):
    """Why; the three after `other` belong to 无法挽回 alone."""

    PRODUCT = "product"
    COMPETITOR = "competitor"
    SERVICE = "service"
    PRICE = "price"
    OTHER = "other"
    CLOSED_DOWN = "closed_down"
    """注销."""
    MERGED = "merged"
    """并购."""
    OTHER_ENTITY = "other_entity"
    """换主体."""


FINAL_CAUSES = frozenset({Cause.CLOSED_DOWN, Cause.MERGED, Cause.OTHER_ENTITY})
STANDING = {
    OutcomeKind.RENEWED: "active",
    OutcomeKind.REPURCHASED: "active",
    OutcomeKind.CHURNED: "lost",
    OutcomeKind.PAUSED: "paused",
    OutcomeKind.UNSAVEABLE: "closed",
}
"""The customer status after each outcome; `lost` is the 已流失 pool."""


def check(*, kind: str, occurred_on: date, cause: str, today: date) -> OutcomeKind:
    """A checked outcome kind.

    Raises Invalid: outcome_kind, outcome_date (in the future of the workspace clock), outcome_cause (not of the list),
    outcome_final_cause (无法挽回 without 注销, 并购 or 换主体; or one of them with another outcome).
    """
    if kind not in set(OutcomeKind):
        raise Invalid("outcome_kind", got=kind, allowed=", ".join(OutcomeKind))
    if occurred_on > today:
        raise Invalid("outcome_date", got=occurred_on.isoformat(), latest=today.isoformat())
    if cause and cause not in set(Cause):
        raise Invalid("outcome_cause", got=cause, allowed=", ".join(Cause))
    if (kind == OutcomeKind.UNSAVEABLE) != (cause in FINAL_CAUSES):
        raise Invalid("outcome_final_cause", kind=kind, got=cause, allowed=", ".join(sorted(FINAL_CAUSES)))
    return OutcomeKind(kind)
