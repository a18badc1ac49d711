"""The promise page: what the live model's precision was on its own past, and what a target would cost."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np

from liuke.accounts.domain.roles import Permission
from liuke.base.times import from_us, local_day
from liuke.learn.domain.backtest import Estimate
from liuke.learn.domain.promise import Decision, sigmoid
from liuke.learn.domain.promise_figures import Share
from liuke.learn.domain.promise_report import Option, Report, Weekly, reason_of
from liuke.learn.service.promise import Promise, promise_of, version_judged
from liuke.score.store.models import ModelVersion
from liuke.show.api.schemas.backtests import Interval
from liuke.show.api.schemas.promise import (
    PromiseBin,
    PromiseOption,
    PromiseOut,
    PromisePoint,
    PromiseRate,
    PromiseReport,
    PromiseShare,
    PromiseWeekly,
)
from liuke.show.queries.reader import Reader, word


def promise_out(reader: Reader, target: float | None, number: int | None) -> PromiseOut:
    """The page; without a judged model what is missing. Raises Invalid("promise_target")."""
    version = version_judged(reader.workspace, number)
    if version is None:
        return PromiseOut(report=None, missing=reader.text(f"promise.missing.{_missing(reader)}"))
    return PromiseOut(report=report_out(reader, promise_of(reader.workspace, version, reader.now, target)), missing=None)


def report_out(reader: Reader, found: Promise) -> PromiseReport:
    """One promise as the API shows it."""
    report, version = found.report, found.version
    chosen, now = report.chosen, report.chosen.now
    live = version.status == ModelVersion.Status.LIVE
    return PromiseReport(
        version=version.number,
        live=live,
        saved_target=found.saved_target,
        may_publish=live and reader.actor.may(Permission.PUBLISH),
        chosen=_option(reader, chosen),
        options=[_option(reader, option) for option in report.options],
        rule=word(now.rule),
        probability=_probability(now),
        rates=_rates(reader, now),
        horizon_days=found.asked.horizon_days,
        start=_day(reader, min(report.origins, default=None)),
        end=_day(reader, max(report.origins, default=None)),
        rows=report.rows,
        treated=report.treated,
        auc=chosen.figures.auc.value,
        reliability=[PromiseBin(said=one.said, happened=one.happened, low=one.low, high=one.high, n=one.n) for one in report.reliability],
        curve=[PromisePoint(recall=one.recall, precision=one.precision, false_rate=one.false_rate) for one in report.curve],
        chosen_point=_chosen_point(report),
        by_month=_shares(reader, report.by_origin, days=True),
        by_tier=_shares(reader, report.by_group.get("tier", ())),
        by_team=_shares(reader, report.by_group.get("team", ())),
        before=_weekly(found.before),
        after=_weekly(found.after),
        meaning=_meaning(reader, found),
    )


def _missing(reader: Reader) -> str:
    """Whether there is no model at all, none that is live, or none that could be judged."""
    versions = ModelVersion.objects.filter(workspace=reader.workspace)
    if versions.filter(status=ModelVersion.Status.LIVE).exists():
        return "unjudged"
    return "unpublished" if versions.exclude(status=ModelVersion.Status.TRAINING).exists() else "none"


def _option(reader: Reader, option: Option) -> PromiseOption:
    found = option.figures
    return PromiseOption(
        target=option.target,
        verdict=word(option.verdict.value),
        reason=reader.text(f"promise.reason.{reason_of(option)}"),
        threshold=option.now.threshold,
        precision=_interval(found.precision),
        wilson_low=found.wilson[0],
        wilson_high=found.wilson[1],
        base_rate=_interval(found.base_rate),
        lift=_interval(found.lift),
        recall=_interval(found.recall),
        lead_days=_interval(found.lead_days),
        alerts=found.alerts,
        hits=found.hits,
        alerts_per_week=found.alerts_per_week,
        judged=option.judged,
        made=option.made,
        kept=option.kept,
        refusals=option.refusals,
    )


def _interval(estimate: Estimate) -> Interval:
    return Interval(value=estimate.value, low=estimate.low, high=estimate.high, n=estimate.n)


def _probability(now: Decision) -> float | None:
    """The cautious probability at the threshold."""
    return None if now.threshold is None else float(sigmoid(np.array([now.slope * now.threshold + now.offset]))[0])


def _rates(reader: Reader, now: Decision) -> list[PromiseRate]:
    return [
        PromiseRate(
            source=word(one.source),
            day=local_day(from_us(one.origin_us), reader.workspace.time_zone),
            rate=one.rate,
            decides=one.offset == now.offset,
        )
        for one in now.rates
    ]


def _chosen_point(report: Report) -> PromisePoint | None:
    """Where today's threshold lies on the curve."""
    threshold = report.chosen.now.threshold
    above = [one for one in report.curve if threshold is not None and one.threshold >= threshold]
    if not above:
        return None
    point = above[-1]
    return PromisePoint(recall=point.recall, precision=point.precision, false_rate=point.false_rate)


def _shares(reader: Reader, shares: Iterable[Share], *, days: bool = False) -> list[PromiseShare]:
    return [
        PromiseShare(
            name=str(_day(reader, int(one.name))) if days else one.name,
            eligible=one.eligible,
            lost=one.lost,
            alerts=one.alerts,
            hits=one.hits,
            low=one.low,
            high=one.high,
        )
        for one in shares
    ]


def _weekly(weekly: Weekly) -> PromiseWeekly:
    return PromiseWeekly(per_week=weekly.per_week, stock=weekly.stock, precision=weekly.precision)


def _meaning(reader: Reader, found: Promise) -> list[str]:
    report, asked = found.report, found.asked
    params = {
        "days": asked.horizon_days,
        "judged": len(report.origins),
        "tolerance": f"{asked.tolerance * 100:g}",
        "treated": report.treated,
        "start": _day(reader, min(report.origins, default=None)),
        "end": _day(reader, max(report.origins, default=None)),
    }
    rule = (f"rule_{report.chosen.now.rule}",) if report.chosen.now.rule else ()
    names = ("alerts", "time", "kept", "base", *rule, "treated" if report.treated else "untreated", "cause")
    return [reader.text(f"promise.meaning.{name}", params) for name in names]


def _day(reader: Reader, origin_us: int | None) -> date | None:
    return None if origin_us is None else local_day(from_us(origin_us), reader.workspace.time_zone)
