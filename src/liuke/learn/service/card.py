"""The model card of a version: what was kept of its training, with the promise measured anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from importlib.metadata import version as version_of

from liuke.accounts.store.models import Workspace
from liuke.base.times import from_us, local_day
from liuke.learn.domain.backtest import Estimate
from liuke.learn.domain.card import CardFacts, OriginRate, Ranked
from liuke.learn.domain.leaks import findings_from_plain
from liuke.learn.domain.promise_report import Report
from liuke.learn.service.promise import promise_of
from liuke.score.store.models import ModelVersion

LIBRARIES = ("liuke", "numpy", "scikit-learn", "xgboost-cpu", "duckdb")


def card_facts(workspace: Workspace, version: ModelVersion, now: datetime) -> CardFacts:
    """Everything that the card says of a version."""
    kept: Mapping[str, object] = version.card
    report = _report(workspace, version, now)
    zone = workspace.time_zone
    return CardFacts(
        number=version.number,
        stage=version.stage,
        status=version.status,
        created=local_day(version.created_at, zone).isoformat(),
        published=local_day(version.published_at, zone).isoformat() if version.published_at else None,
        definition=version.definition,
        rows=_whole(kept.get("rows")),
        customers=_whole(kept.get("customers")),
        lost=_whole(kept.get("lost")),
        stayed=_whole(kept.get("stayed")),
        origins=tuple(OriginRate(str(row["day"]), _float(row["rate"]), _whole(row["n"])) for row in _rows(kept.get("origins"))),
        ranked=tuple(_ranked(row) for row in _rows(kept.get("comparison"))),
        slope=_number(kept.get("slope")),
        members=_numbers(kept.get("members")),
        importance=_numbers(kept.get("importance")),
        findings=findings_from_plain(_rows(kept.get("leaks"))),
        versions={name: version_of(name) for name in LIBRARIES},
        report=report,
        days={origin: local_day(from_us(origin), zone).isoformat() for origin in report.origins} if report else {},
    )


def _report(workspace: Workspace, version: ModelVersion, now: datetime) -> Report | None:
    return None if version.predictions is None else promise_of(workspace, version, now).report


def _ranked(row: Mapping[str, object]) -> Ranked:
    auc, ap, top = (_estimate(row.get(name)) for name in ("auc", "ap", "top"))
    return Ranked(str(row["name"]), auc, ap, top, _number(row.get("ece")))


def _estimate(plain: object) -> Estimate:
    if not isinstance(plain, Mapping):
        return Estimate(None, None, None, 0)
    value, low, high = (_number(plain.get(name)) for name in ("value", "low", "high"))
    return Estimate(value, low, high, _whole(plain.get("n")))


def _rows(value: object) -> Iterable[Mapping[str, object]]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []


def _numbers(value: object) -> dict[str, float]:
    return {str(name): float(size) for name, size in value.items()} if isinstance(value, Mapping) else {}


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _float(value: object) -> float:
    return _number(value) or 0.0


def _whole(value: object) -> int:
    return int(value) if isinstance(value, int | float) else 0
