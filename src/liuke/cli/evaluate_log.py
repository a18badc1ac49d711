"""`liuke evaluate-log`: any log of activities, judged forward in time."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

import typer

from liuke.base.errors import Invalid
from liuke.base.times import day_start, to_us, utc_now
from liuke.cli.terminal import AsJson, console, errors, faults_told, print_json, progress_shown, words
from liuke.learn.domain.log_plan import days_of, label_of
from liuke.learn.service.evaluate_log import Evaluation, LogAsked, plain_of
from liuke.learn.service.evaluate_log import evaluate_log as evaluated


def evaluate_log(
    file: Annotated[Path, typer.Argument(help="CSV, Excel or Parquet: customer_id, ts, and perhaps kind, value and others.")],
    *,
    label: Annotated[str, typer.Option(help="inactivity:90d[@kind+kind] or event:KIND.")],
    horizon: Annotated[str, typer.Option(help="Days ahead, e.g. 30d; an inactivity's own days if left out, else 30d.")] = "",
    customers: Annotated[Path | None, typer.Option(help="A table of customers' attributes with the column customer_id.")] = None,
    origins: Annotated[int, typer.Option(min=0, max=60, help="Moments to test at; 0: three, or as many as fit after --train-before.")] = 0,
    train_before: Annotated[str, typer.Option(help="Learn only from what was known before this day (YYYY-MM-DD); test from then on.")] = "",
    active: Annotated[str, typer.Option(help="Only customers with an activity in so many days count.")] = "365d",
    zone: Annotated[str, typer.Option(help="Time zone of times that name none.")] = "UTC",
    as_json: AsJson = False,
) -> None:
    """Judge on a log how well losses can be told ahead: learned on earlier moments, tested on later ones."""
    with faults_told(as_json=as_json):
        asked = LogAsked(label_of(label, horizon), origins, _day(train_before, zone), days_of(active), zone)
        with progress_shown(quiet=as_json) as context:
            found = evaluated(
                file,
                asked,
                now_us=to_us(utc_now()),
                customers=customers,
                told=lambda share, step: context.progress(share, "stages.log_features" if step == "features" else "stages.log_fit"),
            )
    _shown(found, as_json=as_json)


def known_zone(zone: str) -> str:
    """The zone. Raises Invalid("log_zone") for a name that is none."""
    if zone not in available_timezones():
        raise Invalid("log_zone", got=zone)
    return zone


def _day(text: str, zone: str) -> int | None:
    known_zone(zone)
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as fault:
        raise Invalid("log_day", got=text) from fault
    return (
        to_us(day_start(moment.date(), zone))
        if len(text) <= 10
        else to_us(moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone)))
    )


def _shown(found: Evaluation, *, as_json: bool) -> None:
    warnings = [words(f"warnings.{one.code}", rows=one.rows, what=one.what) for one in found.warnings]
    if as_json:
        print_json({**plain_of(found), "warnings": warnings})
        return
    quality = found.quality
    low, high = quality.auc_ci
    figures = {"auc": quality.auc, "low": low, "high": high, "recency": quality.recency_auc, "n": quality.n}
    console.print(words("cli.log_quality", **figures, base=quality.base_rate, top=quality.precision_top10))
    for warning in warnings:
        errors.print(f"· {warning}")
