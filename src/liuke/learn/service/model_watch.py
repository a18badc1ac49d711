"""What happens to models by itself, once a day: the shadow is compared, drift is looked for, and a new training begins when it is time."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from liuke.accounts.service import workspace_now
from liuke.accounts.store.models import Workspace
from liuke.base.times import local_day
from liuke.jobs.domain.contract import JobContext
from liuke.jobs.service import job_enqueue
from liuke.learn.domain.drift import Drift, drift_of
from liuke.learn.domain.samples import Sample
from liuke.learn.domain.shadow import shadow_day
from liuke.learn.service.dataset import Past, past_of, sample_at
from liuke.learn.service.model_settings import definition_read, setting_of
from liuke.learn.service.model_versions import KIND, UNDER_WAY, Status, model_train
from liuke.score.domain.calibration import Calibration
from liuke.score.domain.levels import Bands
from liuke.score.service.model import model_of
from liuke.score.store.models import ModelSetting, ModelVersion
from liuke.warehouse import Warehouse

WATCH = "model_watch"
"""The kind of its job."""
MONTH = timedelta(days=30)
MATURED = 7
"""An origin whose outcome became known within so many days tells whether the base rate is the one expected."""


def watch_enqueue(workspace: Workspace) -> bool:
    """One job per workspace and day of its clock, only where a model is live or in shadow; whether there is anything to watch."""
    watched = ModelVersion.objects.filter(workspace=workspace, status__in=[Status.LIVE, Status.SHADOW]).exists()
    if watched:
        day = local_day(workspace_now(workspace), workspace.time_zone)
        job_enqueue(kind=WATCH, key=f"{WATCH}:{workspace.pk}:{day.isoformat()}", payload={}, workspace_id=workspace.pk)
    return watched


def model_watch(*, workspace: Workspace, warehouse: Warehouse, context: JobContext) -> dict[str, object]:
    """The job: safe to repeat. Says whether a shadow was compared and why a training began, if one did."""
    day = local_day(workspace_now(workspace), workspace.time_zone)
    context.progress(0.0, "stages.model_shadow")
    shadow = ModelVersion.objects.filter(workspace=workspace, status=Status.SHADOW).first()
    if shadow is not None:
        _compare(workspace, warehouse, shadow, day)
    context.progress(0.5, "stages.model_drift")
    why = _why(workspace, warehouse, day)
    ModelSetting.objects.filter(workspace=workspace).update(checked_on=day)
    if why:
        model_train(workspace=workspace, why=why)
    return {"shadow": shadow.number if shadow else None, "training": why}


def _compare(workspace: Workspace, warehouse: Warehouse, version: ModelVersion, day: date) -> None:
    """The model in shadow against the newest scores in use, of the customers who could be lost."""
    model = model_of(version)
    if model is None:
        return
    sample = sample_at(past_of(workspace, warehouse, definition_read(workspace, version.definition)), day)
    sql = "SELECT customer_id, score FROM score WHERE as_of_us = (SELECT max(as_of_us) FROM score) ORDER BY customer_id"
    used = warehouse.query(workspace.pk, sql)
    ids, places, mine = np.intersect1d(np.asarray(used["customer_id"]), sample.customers, assume_unique=True, return_indices=True)
    if not len(ids):
        return
    points, _ = model.modelled(sample.table.take(mine), day)
    scores = np.clip(points.total, 0.0, 100.0)
    found = shadow_day(ids, np.asarray(used["score"], dtype=np.float64)[places], scores, Bands())
    version.shadowscore_set.update_or_create(day=day, defaults={"counts": found.to_plain()})


def _why(workspace: Workspace, warehouse: Warehouse, day: date) -> str:
    """`month` or `drift` where the live model should be trained again; nothing while a newer version waits for a person."""
    setting = setting_of(workspace)
    live = ModelVersion.objects.filter(workspace=workspace, status=Status.LIVE).first()
    if live is None or not setting.retrain or _newer_waits(workspace, live):
        return ""
    newest = ModelVersion.objects.filter(workspace=workspace, card__has_key="trained_as_of").order_by("-number").first()
    trained = date.fromisoformat(str((newest or live).card["trained_as_of"])[:10])
    if day - trained >= MONTH:
        return "month"
    if day - trained < timedelta(days=MATURED):
        return ""
    past = past_of(workspace, warehouse, definition_read(workspace, live.definition))
    return "drift" if _drift(past, live, day).called else ""


def _newer_waits(workspace: Workspace, live: ModelVersion) -> bool:
    newer = ModelVersion.objects.filter(workspace=workspace, number__gt=live.number)
    waiting = newer.filter(status__in=[Status.CANDIDATE, Status.SHADOW]).exists()
    return waiting or newer.filter(status=Status.TRAINING, job__kind=KIND, job__status__in=UNDER_WAY).exists()


def _drift(past: Past, live: ModelVersion, day: date) -> Drift:
    """Today's customers against those it learned from, and the newest known base rate against the one expected of that day."""
    now = sample_at(past, day)
    matured = sample_at(past, day - timedelta(days=past.definition.mature_days))
    return drift_of(live.card.get("reference", {}), now.table, _off_rate(live, matured))


def _off_rate(live: ModelVersion, matured: Sample) -> float | None:
    if not len(matured.lost):
        return None
    return float(matured.lost.mean()) - Calibration.from_plain(live.calibration).expected(matured.day)
