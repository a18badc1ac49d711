"""Versions of the score's configuration and the runs made with them. Scores themselves lie in the warehouse."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


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
    """`score.domain.basis.Basis` as plain data: what scoring a few customers afterwards compares them with."""
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "as_of"], name="score_run_once")]
