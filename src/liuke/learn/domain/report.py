"""A backtest's answer as plain data, to be kept and shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date

from liuke.base.times import from_us, local_day
from liuke.learn.domain.backtest import AtOrigin, Case, Figures, Found

KEPT = 2_000
"""Customers kept per list; how many there are in all is kept beside it."""


def plain_of(
    *,
    zone: str,
    origins: Sequence[date],
    days: tuple[int, int, int],
    owners: int,
    subject: Found,
    live: Found | None,
    without_history: Sequence[str],
    notes: Sequence[str],
) -> dict[str, object]:
    """JSON-ready. `days`: horizon, churn, repeat. Dates are local days of the workspace. Newest cases come first."""
    horizon, churn, repeat = days
    lists = {"caught": subject.caught, "missed": subject.missed, "false_alarms": subject.false_alarms}
    return {
        "origins": len(origins),
        "start": origins[0].isoformat(),
        "end": origins[-1].isoformat(),
        "horizon_days": horizon,
        "churn_days": churn,
        "repeat_days": repeat,
        "figures": _figures(subject.figures, owners),
        "live": None if live is None else _figures(live.figures, owners),
        "by_origin": [_origin(one, zone) for one in subject.by_origin],
        **{name: [_case(case, zone) for case in _newest(cases)] for name, cases in lists.items()},
        "counts": {name: len(cases) for name, cases in lists.items()},
        "without_history": list(without_history),
        "notes": list(notes),
    }


def _figures(figures: Figures, owners: int) -> dict[str, object]:
    return {**asdict(figures), "alerts_per_owner_week": figures.alerts_per_week / owners if owners else None}


def _origin(one: AtOrigin, zone: str) -> dict[str, object]:
    plain = asdict(one)
    return {"as_of": local_day(from_us(plain.pop("as_of_us")), zone).isoformat(), **plain}


def _newest(cases: Iterable[Case]) -> list[Case]:
    return sorted(cases, key=lambda case: (-(case.lost_us or case.first_flagged_us or 0), case.customer_id))[:KEPT]


def _case(case: Case, zone: str) -> dict[str, object]:
    def day(us: int | None) -> str | None:
        return None if us is None else local_day(from_us(us), zone).isoformat()

    return {
        "customer_id": case.customer_id,
        "first_flagged": day(case.first_flagged_us),
        "lost_on": day(case.lost_us),
        "lead_days": case.lead_days,
    }
