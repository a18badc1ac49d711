"""模型: define what counts as lost, train, compare, put into shadow, publish, roll back."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest
from ninja import Router

from liuke.learn.service import model_versions as use
from liuke.learn.service.model_settings import definition_read, definition_save, label_preview
from liuke.show.api.gate import reader_for
from liuke.show.api.schemas.models import (
    LabelIn,
    LabelPreviewOut,
    ModelChanged,
    ModelDraftOut,
    ModelPageOut,
    ModelPublishIn,
    ModelRow,
    ModelSettingIn,
    ModelSettingOut,
    ModelVersionOut,
    ModelWeightsIn,
)
from liuke.show.queries import models
from liuke.show.queries.warehouse import warehouse

router = Router(tags=["model"])


@router.get("/w/{slug}/model", response=ModelPageOut)
def model_page(request: HttpRequest, slug: str) -> ModelPageOut:
    """Settings and versions."""
    reader = reader_for(request, slug)
    reader.require_customers()
    return models.page_out(reader)


@router.put("/w/{slug}/model/settings", response=ModelSettingOut)
def model_settings_save(request: HttpRequest, slug: str, data: ModelSettingIn) -> ModelSettingOut:
    """Keeps what counts as lost, the promised precision, and whether it retrains by itself."""
    reader = reader_for(request, slug)
    given = data.definition.model_dump(exclude_none=True)
    definition_save(actor=reader.actor, workspace=reader.workspace, definition=given, target=data.target, retrain=data.retrain)
    return models.setting_out(reader)


@router.post("/w/{slug}/model/preview", response=LabelPreviewOut)
def model_label_preview(request: HttpRequest, slug: str, data: LabelIn) -> LabelPreviewOut:
    """What a definition would find in the workspace's past: outcomes per origin, the return curve, the stage that it allows."""
    reader = reader_for(request, slug)
    models.require_whole(reader)
    definition = definition_read(reader.workspace, data.model_dump(exclude_none=True))
    return models.preview_out(reader, label_preview(workspace=reader.workspace, warehouse=warehouse(), definition=definition))


@router.post("/w/{slug}/model/train", response=ModelRow)
def model_train(request: HttpRequest, slug: str) -> ModelRow:
    """Trains a new version; progress by its job."""
    reader = reader_for(request, slug)
    return models.row_out(reader, use.model_train(actor=reader.actor, workspace=reader.workspace))


@router.get("/w/{slug}/model/versions/{number}", response=ModelVersionOut)
def model_get(request: HttpRequest, slug: str, number: int) -> ModelVersionOut:
    """Everything about a version."""
    reader = reader_for(request, slug)
    reader.require_customers()
    return models.version_out(reader, use.model_get(reader.workspace, number))


@router.post("/w/{slug}/model/versions/{number}/cancel", response=ModelRow)
def model_cancel(request: HttpRequest, slug: str, number: int) -> ModelRow:
    """Stops a training at its next checkpoint."""
    reader = reader_for(request, slug)
    return models.row_out(reader, use.model_cancel(actor=reader.actor, workspace=reader.workspace, number=number))


@router.post("/w/{slug}/model/versions/{number}/shadow", response=ModelRow)
def model_shadow(request: HttpRequest, slug: str, number: int) -> ModelRow:
    """Computes its scores beside the live ones from now on."""
    reader = reader_for(request, slug)
    return models.row_out(reader, use.model_shadow(actor=reader.actor, workspace=reader.workspace, number=number))


@router.post("/w/{slug}/model/versions/{number}/publish", response=ModelChanged)
def model_publish(request: HttpRequest, slug: str, number: int, data: ModelPublishIn) -> ModelChanged:
    """Makes it the live model and scores everybody with it."""
    reader = reader_for(request, slug)
    with transaction.atomic():
        version = use.model_publish(actor=reader.actor, workspace=reader.workspace, number=number, early=data.early)
        return models.changed_out(reader, version, f"publish:{number}:{version.published_at}")


@router.post("/w/{slug}/model/rollback", response=ModelChanged)
def model_rollback(request: HttpRequest, slug: str) -> ModelChanged:
    """Makes the model that was live before live again and scores everybody with it."""
    reader = reader_for(request, slug)
    with transaction.atomic():
        version = use.model_rollback(actor=reader.actor, workspace=reader.workspace)
        return models.changed_out(reader, version, f"rollback:{version.number}:{models.stamp()}")


@router.post("/w/{slug}/model/versions/{number}/retire", response=ModelChanged)
def model_retire(request: HttpRequest, slug: str, number: int) -> ModelChanged:
    """Takes it out of use; where it was live the weighted score stands again, and everybody is scored."""
    reader = reader_for(request, slug)
    with transaction.atomic():
        was_live = use.model_get(reader.workspace, number).status == "live"
        version = use.model_retire(actor=reader.actor, workspace=reader.workspace, number=number)
        if was_live:
            return models.changed_out(reader, version, f"retire:{number}:{models.stamp()}")
        return ModelChanged(version=models.row_out(reader, version), job=None)


@router.post("/w/{slug}/model/versions/{number}/weights", response=ModelDraftOut)
def model_weights_approve(request: HttpRequest, slug: str, number: int, data: ModelWeightsIn) -> ModelDraftOut:
    """Puts suggested points and seasons into a draft of the score's configuration; publishing it is another step."""
    reader = reader_for(request, slug)
    draft = use.model_weights_approve(
        actor=reader.actor, workspace=reader.workspace, number=number, codes=frozenset(data.codes), seasons=data.seasons
    )
    return ModelDraftOut(version=draft.version)
