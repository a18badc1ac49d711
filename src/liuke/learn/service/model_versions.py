"""Use cases of the model: train, put into shadow, publish, roll back, retire, and take over the weights that it suggests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from django.db import transaction
from django.db.models import Max, QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record, workspace_now
from liuke.accounts.store.models import Workspace
from liuke.base.errors import Conflict, NotFound
from liuke.base.times import utc_now
from liuke.jobs.service import job_cancel, job_enqueue
from liuke.learn.domain.shadow import DAYS
from liuke.learn.service.model_settings import definition_of
from liuke.score.domain.config import ScoreConfig
from liuke.score.domain.seasons import Season
from liuke.score.store.models import ModelVersion, ScoreVersion
from liuke.score.store.versions import draft_save, version_config, version_draft, version_live

KIND = "model_train"
"""The kind of its job."""
Status, Stage = ModelVersion.Status, ModelVersion.Stage
UNDER_WAY = ("queued", "running")
QUARTERS = {1: ("01-01", "03-31"), 2: ("04-01", "06-30"), 3: ("07-01", "09-30"), 4: ("10-01", "12-31")}


def model_train(*, workspace: Workspace, actor: Actor | None = None, why: str = "asked", queued: bool = True) -> ModelVersion:
    """A new version in training and its job. `actor` None: the product's own schedule. Raises Conflict("model_training").

    `queued` False: without a job, for whoever runs the training in this process.
    """
    if actor is not None:
        actor.require(Permission.PUBLISH)
    with transaction.atomic():
        if _training(workspace).exists():
            raise Conflict("model_training")
        number = (ModelVersion.objects.filter(workspace=workspace).aggregate(newest=Max("number"))["newest"] or 0) + 1
        by = actor.membership_id if actor else None
        version = ModelVersion.objects.create(
            workspace=workspace, number=number, definition=definition_of(workspace).to_plain(), created_by_id=by, created_at=utc_now(),
            card={"why": why},
        )  # fmt: skip
        if queued:
            version.job = job_enqueue(
                kind=KIND, key=f"model:{workspace.pk}:{number}", payload={"version": version.pk}, workspace_id=workspace.pk, created_by=by
            )
            version.save(update_fields=["job"])
        if actor is not None:
            audit_record(actor=actor, action="model_train", object_type="model", object_id=number, detail=dict(version.definition))
    return version


def models_all(workspace: Workspace) -> QuerySet[ModelVersion]:
    """Newest first, with jobs and authors, without the large columns."""
    rows = ModelVersion.objects.filter(workspace=workspace).select_related("job", "created_by__user")
    return rows.defer("artefact", "predictions").order_by("-number")


def model_get(workspace: Workspace, number: int) -> ModelVersion:
    """One of them. Raises NotFound("model_gone")."""
    version = models_all(workspace).filter(number=number).first()
    if version is None:
        raise NotFound("model_gone", number=number)
    return version


def model_cancel(*, actor: Actor, workspace: Workspace, number: int) -> ModelVersion:
    """Stop a training at its next checkpoint. Raises NotFound where there is none, or it is not the asker's to stop."""
    actor.require(Permission.PUBLISH)
    version = model_get(workspace, number)
    if version.job_id is None or version.status != Status.TRAINING:
        raise NotFound("model_gone", number=number)
    job_cancel(actor=actor, job_id=version.job_id)
    return model_get(workspace, number)


def model_shadow(*, actor: Actor, workspace: Workspace, number: int) -> ModelVersion:
    """Compute its scores beside the live ones from now on. One model is in shadow at a time: another one becomes a candidate again."""
    actor.require(Permission.PUBLISH)
    version = _publishable(workspace, number)
    with transaction.atomic():
        others = ModelVersion.objects.filter(workspace=workspace, status=Status.SHADOW).exclude(pk=version.pk)
        others.update(status=Status.CANDIDATE, shadow_since=None)
        _moved(version, (Status.CANDIDATE,), status=Status.SHADOW, shadow_since=workspace_now(workspace))
        audit_record(actor=actor, action="model_shadow", object_type="model", object_id=number, detail={})
    return model_get(workspace, number)


def model_publish(*, actor: Actor, workspace: Workspace, number: int, early: bool = False) -> ModelVersion:
    """Make it the live model; the caller scores everybody with it.

    Raises Conflict("model_shadow_early") before its two weeks in shadow are over, unless `early` says that somebody knows;
    Conflict("model_stage_low") for one that learned from too few outcomes.
    """
    actor.require(Permission.PUBLISH)
    version = _publishable(workspace, number)
    left = shadow_left(version, workspace)
    if left > 0 and not early:
        raise Conflict("model_shadow_early", days=left)
    with transaction.atomic():
        ModelVersion.objects.filter(workspace=workspace, status=Status.LIVE).update(status=Status.RETIRED)
        _moved(version, (Status.CANDIDATE, Status.SHADOW), status=Status.LIVE, published_at=utc_now())
        audit_record(actor=actor, action="model_publish", object_type="model", object_id=number, detail={"early": left > 0})
    return model_get(workspace, number)


def model_rollback(*, actor: Actor, workspace: Workspace) -> ModelVersion:
    """Make the model that was live before live again. Raises NotFound("model_no_earlier")."""
    actor.require(Permission.PUBLISH)
    with transaction.atomic():
        live = models_all(workspace).filter(status=Status.LIVE).first()
        earlier = ModelVersion.objects.filter(workspace=workspace, status=Status.RETIRED, published_at__isnull=False)
        if live is not None and live.published_at is not None:
            earlier = earlier.filter(published_at__lt=live.published_at)
        before = earlier.order_by("-published_at").first()
        if before is None:
            raise NotFound("model_no_earlier")
        if live is not None:
            _moved(live, (Status.LIVE,), status=Status.RETIRED)
        _moved(before, (Status.RETIRED,), status=Status.LIVE)
        detail = {"from": live.number if live else None, "to": before.number}
        audit_record(actor=actor, action="model_rollback", object_type="model", object_id=before.number, detail=detail)
    return model_get(workspace, before.number)


def model_retire(*, actor: Actor, workspace: Workspace, number: int) -> ModelVersion:
    """Take it out of use: the weighted score stands again where it was live. The caller then scores everybody."""
    actor.require(Permission.PUBLISH)
    version = model_get(workspace, number)
    with transaction.atomic():
        _moved(version, (Status.CANDIDATE, Status.SHADOW, Status.LIVE), status=Status.RETIRED, shadow_since=None)
        audit_record(actor=actor, action="model_retire", object_type="model", object_id=number, detail={"was": version.status})
    return model_get(workspace, number)


def model_weights_approve(*, actor: Actor, workspace: Workspace, number: int, codes: frozenset[str], seasons: bool) -> ScoreVersion:
    """A draft of the score's configuration with the suggested points of these signals, and the suggested seasons if wanted.

    It starts from the draft that somebody began, else from what is live. Raises NotFound("model_no_weights").
    """
    version = model_get(workspace, number)
    proposed = {row["code"]: float(row["after"]) for row in version.card.get("weights", []) if row["code"] in codes}
    factors = version.card.get("seasons", []) if seasons else []
    if not proposed and not factors:
        raise NotFound("model_no_weights")
    begun = version_draft(workspace) or version_live(workspace)
    config = _reweighed(version_config(workspace, begun), proposed, factors)
    return draft_save(actor=actor, workspace=workspace, config=config.to_plain(), note=f"模型 v{number}")


def shadow_left(version: ModelVersion, workspace: Workspace) -> int:
    """Days of the workspace clock until its time in shadow is over; all of them where it has not begun."""
    if version.shadow_since is None:
        return DAYS
    passed = workspace_now(workspace) - version.shadow_since
    return max(0, -(-(timedelta(days=DAYS) - passed) // timedelta(days=1)))


def _reweighed(config: ScoreConfig, points: Mapping[str, float], factors: list[dict[str, object]]) -> ScoreConfig:
    signals = {code: replace(setting, points=points.get(code, setting.points)) for code, setting in config.signals.items()}
    learned: dict[int, dict[str, float]] = {}
    for row in factors:
        learned.setdefault(int(str(row["quarter"])), {})[str(row["family"])] = float(str(row["factor"]))
    names = {quarter: f"模型 Q{quarter}" for quarter in learned}
    kept = tuple(season for season in config.seasons if season.name not in names.values())
    made = tuple(Season(names[quarter], multipliers, *QUARTERS[quarter]) for quarter, multipliers in sorted(learned.items()))
    return replace(config, signals=signals, seasons=(*kept, *made))


def _publishable(workspace: Workspace, number: int) -> ModelVersion:
    version = model_get(workspace, number)
    if version.status not in {Status.CANDIDATE, Status.SHADOW}:
        raise Conflict("model_status", number=number, status=version.status)
    if version.stage != Stage.MODEL:
        raise Conflict("model_stage_low", number=number)
    return version


def _moved(version: ModelVersion, allowed: tuple[str, ...], **fields: object) -> None:
    """A conditional update: whoever was faster wins. Raises Conflict("model_status")."""
    if not ModelVersion.objects.filter(pk=version.pk, status__in=allowed).update(**fields):
        raise Conflict("model_status", number=version.number, status=version.status)


def _training(workspace: Workspace) -> QuerySet[ModelVersion]:
    return ModelVersion.objects.filter(workspace=workspace, status=Status.TRAINING, job__status__in=UNDER_WAY)
