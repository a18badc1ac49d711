"""Versions of the score's configuration and the runs made with them. Scores themselves lie in the warehouse."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from liuke.score.store.models_model import ModelSetting, ModelVersion, ShadowScore

__all__ = ["ModelSetting", "ModelVersion", "ScoreOverride", "ScoreRun", "ScoreVersion", "ShadowScore"]


class ScoreVersion(models.Model):
    """A draft or published configuration. At most one draft; the highest published version is live."""

    class Status(models.TextChoices):
        """Draft → published → retired by the next published one."""

        DRAFT = "draft"
        PUBLISHED = "published"
        RETIRED = "retired"

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    version = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    config = models.JSONField()
    """A `score.domain.config.ScoreConfig` as plain data."""
    note = models.CharField(max_length=200, blank=True)
    created_by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True)
    published_as_of = models.DateTimeField(null=True)
    """The workspace clock when it went live: where the score history is marked."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "version"], name="score_version_once"),
            models.UniqueConstraint(fields=["workspace"], condition=models.Q(status="draft"), name="score_one_draft"),
        ]


class ScoreRun(models.Model):
    """One scoring of a workspace as of a moment. Re-running the same moment replaces it."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    as_of = models.DateTimeField()
    version = models.ForeignKey(ScoreVersion, on_delete=models.CASCADE)
    kind = models.CharField(max_length=10)
    """`first` (stock list, nothing pushed), `replay` or `nightly`."""
    customers = models.PositiveIntegerField(default=0)
    summary = models.JSONField(default=dict)
    basis = models.JSONField(default=dict)
    """`score.domain.basis.Basis` as plain data: with it single customers can be scored again as this run would have."""
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "as_of"], name="score_run_once")]


class ScoreOverride(models.Model):
    """A person's word on a customer's score, from `since` to `until` of the workspace clock; it ends by itself."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    customer = models.ForeignKey("facts.Customer", on_delete=models.CASCADE)
    fixed = models.BooleanField()
    """Whether `value` is the score (0–100) or points to add (−100 to 100)."""
    value = models.FloatField()
    reason = models.CharField(max_length=200)
    since = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    """When a person ended it before its time, or gave another in its place."""
    created_by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    ended_by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["workspace", "until"], name="score_override_holding")]
