"""流失体检 (BEY-13): what an order list alone says about customers lost and about to be lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import msgspec
import numpy as np
from numpy.typing import NDArray

CALLS = 20
FLAGGED_SHARE = 0.2
"""Of the active customers so many are flagged at a moment: a fixed effort, so that the model and plain recency can be compared."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A message `checkup.reasons.<code>` and its parameters."""

    code: str
    params: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Call:
    """A customer to call: chance of being lost (0–1) within the horizon, worth of the last year, days since the last order."""

    key: str
    name: str
    chance: float
    annual_value: float
    silent_days: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its 95% interval by drawing customers; None where there are too few cases."""

    value: float | None
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Measured:
    """What flagging the riskiest fifth would have brought on moments after those learned from; `recency_…`: flagging the longest silent.

    `lead_days`: median days from the first flag to the day from which the customer counts as lost.
    """

    start: date
    end: date
    moments: int
    auc: float
    recency_auc: float
    base_rate: Share
    precision: Share
    caught: Share
    lead_days: Share
    recency_precision: Share
    recency_caught: Share


@dataclass(frozen=True, slots=True)
class Month:
    """Customers who became lost in a month, and what they were worth a year."""

    month: str
    customers: int
    money: float


@dataclass(frozen=True, slots=True)
class Losses:
    """The last year: `lost` of `opening` customers active a year ago or since, and the yearly worth of those lost."""

    opening: int
    lost: int
    money: float
    turnover: float
    months: tuple[Month, ...]


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What was read: rows, those left out, which column was taken for what, and the days that the orders cover."""

    name: str
    rows: int
    rejected: int
    columns: Mapping[str, str]
    first: date
    last: date
    customers: int
    orders: int
    cancelled: int
    amount: float


@dataclass(frozen=True, slots=True)
class Checkup:
    """The whole report. `churn_days`: silence that counts as lost; `returned`: share of so long silences that ended later after all.

    `measured` is None where the history is too short to be judged; then the chances follow from buying rhythms alone (BG/NBD).
    """

    facts: FileFacts
    currency: str
    churn_days: int
    returned: float | None
    active: int
    at_risk: int
    money_at_risk: float
    losses: Losses
    measured: Measured | None
    why_not_measured: str
    calls: tuple[Call, ...]
    seconds: float


def checkup_to_plain(found: Checkup) -> dict[str, object]:
    """JSON-ready; `checkup_from_plain` gives it back."""
    plain = msgspec.to_builtins(found)
    assert isinstance(plain, dict)  # noqa: S101 - of a dataclass
    return plain


def checkup_from_plain(data: object) -> Checkup:
    """A report as it was kept. Raises msgspec.ValidationError for anything else."""
    return msgspec.convert(data, Checkup)


def masked(text: str) -> str:
    """A name or number of which a stranger learns only the beginning: `王**`, `12***`."""
    shown = 1 if len(text) < 5 or not text.isascii() else 2
    return text[:shown] + "*" * min(3, max(2, len(text) - shown))


def with_masked_names(found: Checkup) -> Checkup:
    """The report without names that a stranger could read."""
    calls = tuple(replace(call, key=masked(call.key), name=masked(call.name) if call.name else "") for call in found.calls)
    return replace(found, calls=calls)


Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Habits:
    """What reasons are made of, one number per customer; NaN where unknown."""

    since: Numbers
    gap: Numbers
    now: Numbers
    before: Numbers
    money_now: Numbers
    money_before: Numbers
    last_year: Numbers
    cancelled: Numbers


def reasons_of(habits: Habits, row: int) -> tuple[Reason, ...]:
    """What stands out about a customer, the plainest first; at most three."""
    value = {name: float(getattr(habits, name)[row]) for name in Habits.__dataclass_fields__}
    found = []
    if value["gap"] > 0 and value["since"] > 1.5 * value["gap"]:
        found.append(Reason("overdue", {"gap": value["gap"], "since": value["since"]}))
    found += _declined(value)
    if value["last_year"] >= 1:
        found.append(Reason("season", {"times": value["last_year"]}))
    if value["cancelled"] >= 2:
        found.append(Reason("cancelled", {"times": value["cancelled"]}))
    if not found:
        found.append(Reason("silent", {"since": value["since"]}))
    return tuple(found[:3])


def _declined(value: dict[str, float]) -> list[Reason]:
    """Clearly fewer orders than before, or else clearly less money."""
    if value["before"] >= 2 and value["now"] <= 0.6 * value["before"]:
        return [Reason("fewer", {"now": value["now"], "before": value["before"]})]
    if value["money_before"] > 0 and value["money_now"] <= 0.6 * value["money_before"]:
        return [Reason("less", {"now": value["money_now"], "before": value["money_before"]})]
    return []
