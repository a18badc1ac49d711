"""What a workspace sets about reading texts, and what people said of readings. The readings themselves lie with the activities."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class TextLists(models.Model):
    """A version of the word lists (词库); the highest number is live."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    number = models.PositiveIntegerField()
    lists = models.JSONField(default=dict)
    """As `liuke.text.to_plain` writes them."""
    digest = models.CharField(max_length=16)
    note = models.CharField(max_length=200, blank=True)
    created_by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True)
    created_at = models.DateTimeField()
    """Real clock: it is about our settings, not about customers."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "number"], name="text_lists_number_once")]


class TextSettings(models.Model):
    """How a workspace reads; a workspace without a row reads with the shipped words and keeps texts for ever."""

    workspace = models.OneToOneField("accounts.Workspace", on_delete=models.CASCADE)
    retention_days = models.PositiveIntegerField(null=True)
    """Texts older than this are deleted at night, their readings stay; null = kept."""
    calibration = models.JSONField(null=True)
    """As `liuke.text.calibration_to_plain` writes it; null = as shipped."""
    calibrated_at = models.DateTimeField(null=True)
    verdicts_used = models.PositiveIntegerField(default=0)
    reread = models.ForeignKey("jobs.Job", on_delete=models.SET_NULL, null=True)
    """The newest job that reads everything again."""
    model_enabled = models.BooleanField(default=False)
    model_url = models.CharField(max_length=300, blank=True)
    model_name = models.CharField(max_length=120, blank=True)
    model_key = models.BinaryField(null=True)
    """Sealed."""
    model_seconds = models.PositiveIntegerField(default=10)
    """How long an answer may take."""
    model_test = models.JSONField(null=True)
    """The last test: {"ok", "code", "ms", "at"}."""


class TextVerdict(models.Model):
    """What a person said of the reading of one text (质检); it stands instead of the reading as long as the text is the same."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    customer = models.ForeignKey("facts.Customer", on_delete=models.CASCADE)
    source = models.CharField(max_length=200)
    activity_id = models.CharField(max_length=200)
    ts_us = models.BigIntegerField()
    text_digest = models.CharField(max_length=64)
    """Names the text without keeping it."""
    read = models.FloatField()
    """What was shown when the verdict was given, 0–100."""
    raw = models.FloatField()
    """The same without the workspace's own calibration."""
    said = models.FloatField()
    """Negative emotion 0–100 as the person says; equal to `read` where they agree."""
    agreed = models.BooleanField()
    by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True)
    at = models.DateTimeField()
    """Workspace clock."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "source", "activity_id"], name="text_verdict_once")]
        indexes: ClassVar = [models.Index(fields=["workspace", "-at"], name="text_verdict_recent")]


class TextAnswer(models.Model):
    """An answer of the language model, by the digest of what it was asked: asked once. Holds no text."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    digest = models.CharField(max_length=64)
    answer = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "digest"], name="text_answer_once")]
