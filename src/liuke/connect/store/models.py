"""Sources, saved mappings and the inbox of accepted files and batches."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from liuke.connect.store.models_documents import SourceDocument

__all__ = ["Batch", "BatchBody", "Source", "SourceDocument"]


class Source(models.Model):
    """Where rows come from. A source with a schedule reruns its saved mapping."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    kind = models.CharField(max_length=16)
    """`upload`, `folder`, `sql`, `api` or `sample`."""
    name = models.CharField(max_length=80)
    entity = models.CharField(max_length=16, blank=True)
    """One of `align.domain.entities`: customers, contacts, orders, …; blank for the whole sample or API."""
    config = models.JSONField(default=dict)
    """folder: {path, pattern}; sql: {url_secret, query, cursor_column}."""
    secret = models.BinaryField(null=True)
    """Encrypted connection text."""
    mapping = models.JSONField(default=dict)
    every_minutes = models.PositiveIntegerField(null=True)
    next_at = models.DateTimeField(null=True)
    cursor = models.JSONField(null=True)
    enabled = models.BooleanField(default=True)
    last_run_at = models.DateTimeField(null=True)
    last_success_at = models.DateTimeField(null=True)
    last_error = models.JSONField(null=True)
    failures = models.PositiveIntegerField(default=0)
    """Failures in a row; an alarm goes out at the first and is closed by a success."""
    rows_total = models.BigIntegerField(default=0)
    newest_row_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "name"], name="source_name_once")]


class Batch(models.Model):
    """The inbox: one accepted file or API batch. Durable before the answer, done after its warehouse transaction."""

    class Status(models.TextChoices):
        """Uploaded → ready (mapping checked) → queued → running → done | failed | cancelled."""

        UPLOADED = "uploaded"
        READY = "ready"
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    source = models.ForeignKey(Source, on_delete=models.CASCADE, null=True)
    entity = models.CharField(max_length=16)
    file_name = models.CharField(max_length=200, blank=True)
    stored_name = models.CharField(max_length=80, blank=True)
    """File below `Settings.uploads_dir`."""
    sha256 = models.CharField(max_length=64, blank=True)
    """Of the file, or of the body as the sender sent it."""
    request_key = models.CharField(max_length=120, null=True)
    """The sender's `Idempotency-Key`; the same key at the same source is one batch. Null without one."""
    detected = models.JSONField(default=dict)
    """Encoding, delimiter, sheet, columns, row count, sample rows, suggested mapping and match rate."""
    mapping = models.JSONField(default=dict)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.UPLOADED)
    job = models.ForeignKey("jobs.Job", on_delete=models.SET_NULL, null=True)
    rows_total = models.BigIntegerField(null=True)
    rows_new = models.BigIntegerField(default=0)
    rows_changed = models.BigIntegerField(default=0)
    rows_same = models.BigIntegerField(default=0)
    rows_rejected = models.BigIntegerField(default=0)
    rejects_name = models.CharField(max_length=80, blank=True)
    error = models.JSONField(null=True)
    created_by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["workspace", "-created_at"], name="batch_recent"),
            models.Index(fields=["workspace", "id"], condition=models.Q(status="queued"), name="batch_waiting"),
        ]
        constraints: ClassVar = [models.UniqueConstraint(fields=["source", "request_key"], name="batch_request_once")]


class BatchBody(models.Model):
    """Accepted rows of an API batch as `connect.domain.kept` writes them. Forgotten some time after they were applied.

    A table of its own: what lists or closes batches does not carry the rows along.
    """

    batch = models.OneToOneField(Batch, on_delete=models.CASCADE, primary_key=True, related_name="kept")
    body = models.BinaryField()
