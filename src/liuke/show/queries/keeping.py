"""备份与保留: what the page shows, and what a choice of months would change."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping

from liuke.accounts.store.models import Workspace
from liuke.base.backups import JOB, Listed, backups_listed
from liuke.base.settings import Settings
from liuke.facts.domain.retention import DAYS, Group, group_of
from liuke.facts.service.retention import Going, Kept, retention_of, retention_preview
from liuke.features.domain.metric import Declared, Follow, Metric, Streak, Swing
from liuke.features.service.metrics import metrics_of
from liuke.features.service.wording import metric_name
from liuke.jobs.store.models import Job
from liuke.score.store.versions import churn_of
from liuke.show.api.schemas.keeping import BackupOut, GoingOut, KeepingOut, KeepMonthsIn, KeptOut, RetentionPreviewOut
from liuke.show.queries.jobs import job_out
from liuke.show.queries.reader import Reader, word
from liuke.show.queries.warehouse import warehouse

SHOWN = 20
FOR_EVER = float("inf")
Months = Mapping[Group, int | None]


def keeping_out(reader: Reader, settings: Settings) -> KeepingOut:
    """The page."""
    folder = settings.backup_dir if settings.backup_dir.exists() else settings.data_dir
    last = Job.objects.filter(kind=JOB).order_by("-pk").first()
    running = last is not None and last.status in {Job.Status.QUEUED, Job.Status.RUNNING}
    failed = last is not None and last.status == Job.Status.FAILED
    kept = retention_of(workspace=reader.workspace, warehouse=warehouse(), churn=churn_rule(reader.workspace))
    return KeepingOut(
        backups=[_backup(one) for one in backups_listed(settings.backup_dir)],
        nightly=settings.backup_keep,
        free_bytes=shutil.disk_usage(folder).free,
        running=job_out(last, reader.language) if last and running else None,
        failed=job_out(last, reader.language) if last and failed else None,
        retention=[_kept(one) for one in kept],
    )


def preview_out(reader: Reader, months: Months) -> RetentionPreviewOut:
    """What would go, and the metrics that would see less than they ask for."""
    going = retention_preview(workspace=reader.workspace, warehouse=warehouse(), months=months)
    names = list(_short_sighted(reader, months))
    return RetentionPreviewOut(
        rows=sum(one.rows for one in going), going=[_going(one) for one in going], metrics=names[:SHOWN], metrics_total=len(names)
    )


def months_of(data: KeepMonthsIn) -> Months:
    """The choice, by group."""
    return {Group.USAGE: data.usage, Group.TALK: data.talk, Group.TRADE: data.trade}


def churn_rule(workspace: Workspace) -> tuple[tuple[str, ...], int]:
    """The kinds and days that decide who counts as lost."""
    churn = churn_of(workspace)
    return tuple(churn.kinds), churn.days


def _short_sighted(reader: Reader, months: Months) -> Iterator[str]:
    for metric in metrics_of(reader.workspace):
        if any(_sees_less(part, months) for part in metric.declared):
            yield metric_name(metric, reader.language)


def _sees_less(part: Declared, months: Months) -> bool:
    days, kinds = _reach(part)
    kept = {group: number * DAYS for group, number in months.items() if number is not None}
    groups = {group_of(kind) for kind in kinds} if kinds else set(kept)
    return any(days > kept[group] for group in groups if group in kept)


def _reach(part: Declared) -> tuple[float, tuple[str, ...]]:
    """How many days a declared number looks back, and at which kinds (none named: all)."""
    match part:
        case Metric():
            return (FOR_EVER if part.days is None else part.days + part.skip), part.kinds
        case Streak():
            return 7.0 * (part.weeks + part.usual_weeks), part.kinds
        case Follow():
            return float(part.last_days), part.first + part.then
        case Swing():
            return 7.0 * part.weeks, part.kinds
        case _:
            return 0.0, ()


def _backup(one: Listed) -> BackupOut:
    manifest = one.manifest
    return BackupOut(
        name=one.name,
        made_at=manifest.made_at,
        reason=word(manifest.reason.value),
        bytes=manifest.bytes,
        rows=sum(manifest.tables.values()),
        activities=sum(figures["activity"] for figures in manifest.warehouse.values()),
        has_secret=manifest.secret == "sealed",  # noqa: S105 - a state
    )


def _kept(one: Kept) -> KeptOut:
    return KeptOut(group=word(one.group.value), months=one.months, least=one.least, rows=one.rows, oldest=one.oldest)


def _going(one: Going) -> GoingOut:
    return GoingOut(group=word(one.group.value), months=one.months, since=one.since, rows=one.rows, customers=one.customers)
