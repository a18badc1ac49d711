"""The learned model of a workspace, ready to score: the live one, and older ones for explaining what changed."""

from __future__ import annotations

import json
from functools import lru_cache

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from liuke.accounts.store.models import Workspace
from liuke.features.domain.label import LIVELY, LabelDefinition
from liuke.score.domain.anchors import anchors_of
from liuke.score.domain.calibration import Calibration
from liuke.score.domain.modelled_live import LiveModel
from liuke.score.domain.modelled_time import Past, TimeCurve, time_curve
from liuke.score.model import Fitted
from liuke.score.store.models import ModelVersion

COLUMNS = ("customer_id", "origin_us", "logit", "lost", "lost_at_us")
"""Of a version's predictions, what its curve is learned from."""
KEPT = 8
"""Models held in memory: reading one costs more than scoring a customer with it."""


def model_live(workspace: Workspace) -> LiveModel | None:
    """What makes the scores of the workspace; None where its points do (stages 规则 and 校准)."""
    found = ModelVersion.objects.filter(workspace=workspace, status=ModelVersion.Status.LIVE, stage=ModelVersion.Stage.MODEL)
    return model_of(version) if (version := found.first()) is not None else None


def model_numbered(workspace: Workspace, number: int | None) -> LiveModel | None:
    """A version that once scored, as it is now; None for no number, and where it is gone or has nothing learned."""
    if number is None:
        return None
    version = ModelVersion.objects.filter(workspace=workspace, number=number, artefact__isnull=False).first()
    return None if version is None else model_of(version)


def model_of(version: ModelVersion) -> LiveModel | None:
    """A version's model, whatever its status (a shadow is scored in the same way); None where nothing was learned."""
    if version.artefact is None or not version.calibration:
        return None
    told = json.dumps([version.calibration, version.anchors, version.definition], sort_keys=True)
    return _model(version.number, bytes(version.artefact), bytes(version.predictions or b""), told)


def curve_of(predictions: pa.Table, definition: LabelDefinition) -> TimeCurve | None:
    """When losses came, learned from a version's predictions (`COLUMNS`); None where they do not tell."""
    past = Past(
        customer=np.asarray(predictions["customer_id"], dtype=np.int64),
        origin_us=np.asarray(predictions["origin_us"], dtype=np.int64),
        logit=np.asarray(predictions["logit"], dtype=np.float64),
        lost=np.asarray(predictions["lost"], dtype=np.bool_),
        lost_at_us=np.asarray(predictions["lost_at_us"].fill_null(-1), dtype=np.int64),
    )
    return time_curve(past, horizon_days=definition.mature_days, silence=definition.kind in LIVELY)


@lru_cache(maxsize=KEPT)
def _model(number: int, artefact: bytes, predictions: bytes, told: str) -> LiveModel:
    """By everything that it is made of, so that changed anchors make another one."""
    plain, anchors, definition = json.loads(told)
    calibration = Calibration.from_plain(plain)
    label = msgspec.convert(definition, LabelDefinition)
    curve = curve_of(pq.read_table(pa.BufferReader(predictions), columns=list(COLUMNS)), label) if predictions else None
    fitted = Fitted.from_bytes(artefact)
    return LiveModel(number, fitted, calibration, anchors_of(anchors, calibration.rate), label.horizon_days, curve)
