"""Versions of the learned model: what was trained, on what, how well, and which one is live (ML-04)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class ModelVersion(models.Model):
    """One training of a workspace's model. At most one is live; `training` ones have nothing but their job yet."""

    class Stage(models.TextChoices):
        """规则 / 校准 / 模型: how much the outcomes that existed then allowed."""

        RULES = "rules"
        CALIBRATED = "calibrated"
        MODEL = "model"

    class Status(models.TextChoices):
        """training → candidate → shadow → live → retired; refused: worse than the live one, kept with its reasons."""

        TRAINING = "training"
        CANDIDATE = "candidate"
        SHADOW = "shadow"
        LIVE = "live"
        RETIRED = "retired"
        REFUSED = "refused"

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    number = models.PositiveIntegerField()
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.RULES)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.TRAINING)
    definition = models.JSONField()
    """`features.domain.label.LabelDefinition` as plain data."""
    artefact = models.BinaryField(null=True)
    """`score.model.stack.Fitted.to_bytes`: JSON and UBJ, never pickle."""
    anchors = models.JSONField(default=dict)
    """`{"watch": logit → 50, "promise": logit → 90}`, of the calibrated logit; empty until a threshold is known."""
    calibration = models.JSONField(default=dict)
    """`{"kind", "parameters", "shift", …}`: from the artefact's logit to the calibrated one."""
    card = models.JSONField(default=dict)
    """Everything that the product says about it: data, origins, figures with intervals, comparison, weights before and after."""
    predictions = models.BinaryField(null=True)
    """Parquet, one row per customer and out-of-time origin; the columns are `learn.domain.predicted.COLUMNS`."""
    created_by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    shadow_since = models.DateTimeField(null=True)
    """The workspace clock when its scores began to be computed beside the live ones."""
    job = models.ForeignKey("jobs.Job", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "number"], name="model_version_once"),
            models.UniqueConstraint(fields=["workspace"], condition=models.Q(status="live"), name="model_one_live"),
        ]


class ModelSetting(models.Model):
    """What counts as lost for the model of a workspace, and whether it retrains by itself."""

    workspace = models.OneToOneField("accounts.Workspace", on_delete=models.CASCADE)
    definition = models.JSONField(default=dict)
    """`features.domain.label.LabelDefinition` as plain data; empty: the workspace's churn definition."""
    target = models.FloatField(default=0.85)
    """The precision that red alerts promise (0.70–0.95)."""
    retrain = models.BooleanField(default=True)
    """Whether it is trained again every month, or when the data drift."""
    checked_on = models.DateField(null=True)
    """The local day on which drift and the schedule were looked at last."""


class ShadowScore(models.Model):
    """What a model in shadow would have said on a day: counts beside those of the live score, no customer's row is kept."""

    version = models.ForeignKey(ModelVersion, on_delete=models.CASCADE)
    day = models.DateField()
    counts = models.JSONField()
    """`learn.domain.shadow.ShadowDay` as plain data."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["version", "day"], name="model_shadow_once")]
