"""The settings of reading: retention, the language model, the workspace's own map, and the measured rate of loss."""

from __future__ import annotations

from datetime import datetime

from liuke.accounts.domain.roles import Permission, Scope
from liuke.base.errors import Forbidden
from liuke.base.words import catalogue
from liuke.facts.domain.recalibration import FEWEST
from liuke.facts.service.readings import calibration_of
from liuke.facts.store.models import TextSettings, TextVerdict
from liuke.features.domain.label import label_usual
from liuke.features.service import Source
from liuke.learn.service.text_rate import text_rate
from liuke.score.store.versions import churn_of
from liuke.show.api.schemas.text import CalibrationOut, ModelOut, ModelTestOut, RateOut, TextSettingsOut
from liuke.show.queries.reader import Reader
from liuke.show.queries.warehouse import runner

OVER = 65.0


def settings_out(reader: Reader) -> TextSettingsOut:
    """For those who may change the workspace or publish. The address of the model is told to no one else."""
    may = reader.actor.may(Permission.WORKSPACE)
    if not may:
        reader.actor.require(Permission.PUBLISH)
    kept = settings_of(reader)
    return TextSettingsOut(
        retention_days=kept.retention_days, model=_model(reader, kept), calibration=calibration_out(reader), may_edit=may
    )


def settings_of(reader: Reader) -> TextSettings:
    """The workspace's row, or one that says the defaults and is not stored."""
    return TextSettings.objects.filter(workspace=reader.workspace).first() or TextSettings(workspace=reader.workspace)


def calibration_out(reader: Reader) -> CalibrationOut:
    """The map in force and what it rests on."""
    kept, verdicts = settings_of(reader), TextVerdict.objects.filter(workspace=reader.workspace)
    return CalibrationOut(
        points=[list(point) for point in calibration_of(reader.workspace.pk).points],
        own=kept.calibration is not None,
        used=kept.verdicts_used,
        verdicts=verdicts.count(),
        agreed=verdicts.filter(agreed=True).count(),
        needed=FEWEST,
        calibrated_at=kept.calibrated_at,
    )


def rate_out(reader: Reader) -> RateOut:
    """The measured rate over the whole workspace: for those who see all customers. Raises Forbidden("rate_scope")."""
    if reader.actor.scope is not Scope.ALL:
        raise Forbidden("rate_scope")
    label = label_usual(churn_of(reader.workspace))
    found = text_rate(source=Source(runner(reader.workspace)), now=reader.now, zone=reader.workspace.time_zone, label=label, over=OVER)
    low, high = found.interval or (None, None)
    return RateOut(
        customers=found.customers,
        lost=found.lost,
        rate=found.rate,
        low=low,
        high=high,
        base_customers=found.base_customers,
        base_lost=found.base_lost,
        base=found.base,
        over=found.over,
        horizon_days=found.horizon_days,
        dates=[date.astimezone(reader.zone).date().isoformat() for date in found.dates],
    )


def _model(reader: Reader, kept: TextSettings) -> ModelOut:
    test = kept.model_test
    return ModelOut(
        enabled=kept.model_enabled,
        url=kept.model_url,
        name=kept.model_name,
        has_key=bool(kept.model_key),
        seconds=kept.model_seconds,
        test=ModelTestOut(
            ok=bool(test["ok"]), code=str(test["code"]), message=_said(reader, str(test["code"])), negative=test.get("negative"),
            at=datetime.fromisoformat(str(test["at"])),
        ) if test else None,
    )  # fmt: skip


def _said(reader: Reader, code: str) -> str:
    if not code:
        return ""
    key = f"text.fault.{code}"
    return reader.text(key if key in catalogue("zh-CN") else "text.fault.other", {"code": code})
