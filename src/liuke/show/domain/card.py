"""One customer's card: how the numbers of a scoring run become a row that lists can sort and filter."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from liuke.score.domain.points import OVERRIDE

SEGMENT_ATTRIBUTES = ("segment", "country", "region", "industry")
"""The first of these attributes that a customer has is the segment that boards group by."""
TOP_REASONS = 3
HISTORY = 12


def is_adjusted(reasons: Iterable[Mapping[str, Any]]) -> bool:
    """Whether a person's adjustment is among the reasons; it comes first, so a card always keeps it."""
    return any(reason["signal"] == OVERRIDE for reason in reasons)


@dataclass(frozen=True, slots=True)
class Past:
    """Scores before the run: about 7 and 30 days ago, and up to eleven weekly ones, oldest first."""

    score_7d: float | None = None
    score_30d: float | None = None
    history: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """Field for field a `CustomerCard` row, in the order of its columns; money yearly in the workspace's currency."""

    customer_id: int
    key: str
    name: str
    owner_id: int | None
    team_id: int | None
    status: str
    is_lost: bool = False
    tier: str = "low"
    segment: str = ""
    level: str = "normal"
    score: float = 0.0
    delta_7d: float | None = None
    delta_30d: float | None = None
    reasons: list[Mapping[str, Any]] = field(default_factory=list)
    main_family: str = ""
    confidence: float = 1.0
    history: list[float] = field(default_factory=list)
    annual_value: float = 0.0
    expected_loss: float = 0.0
    last_order_at: datetime | None = None
    last_activity_at: datetime | None = None
    contract_ends_on: date | None = None

    def digest(self) -> str:
        """Changes exactly when a column changes."""
        return hashlib.blake2b(repr(tuple(getattr(self, name) for name in self.__slots__)).encode(), digest_size=12).hexdigest()


def segment_of(attributes: Mapping[str, object]) -> str:
    """The segment of a customer, at most 40 characters; blank where it has none of SEGMENT_ATTRIBUTES."""
    found = (attributes.get(name) for name in SEGMENT_ATTRIBUTES)
    return next((str(value)[:40] for value in found if value not in (None, "")), "")


def status_of(status: str, is_lost: bool) -> str:
    """A registered status stands; an active customer that is lost by the churn definition shows as lost."""
    return "lost" if status == "active" and is_lost else status


def top_reasons(reasons_json: str | None) -> list[Mapping[str, Any]]:
    """At most three reasons that raise the score, most points first; the clipping is none. Without a model's `parts`."""
    if not reasons_json or reasons_json == "[]":
        return []
    reasons = json.loads(reasons_json)
    said = [reason for reason in reasons if reason["signal"] == OVERRIDE]
    rising = [_without_parts(reason) for reason in reasons if reason["points"] > 0 and reason["signal"] not in {"clip", OVERRIDE}]
    return said + sorted(rising, key=lambda reason: -float(reason["points"]))[:TOP_REASONS]


def _without_parts(reason: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: value for name, value in reason.items() if name != "parts"}


def change(score: float, before: float | None) -> float | None:
    """Points gained since an earlier score, one decimal; None where there is none."""
    return None if before is None else round(score - before, 1)


def next_end(ends: Iterable[date], today: date) -> date | None:
    """The contract end that matters: the next one from today on, else the latest past one."""
    known = sorted(ends)
    return next((end for end in known if end >= today), known[-1] if known else None)
