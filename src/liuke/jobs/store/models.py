"""Background jobs, schedules and the outbox: rows, not processes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from liuke.base.times import utc_now


class Job(models.Model):
    """One piece of background work. `key` makes enqueuing idempotent."""

    class Status(models.TextChoices):
        """Where the job stands."""

        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE, null=True)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=160, unique=True)
    payload = models.JSONField(default=dict)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.QUEUED)
    run_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    worker = models.CharField(max_length=80, blank=True)
    """Who holds the lease. A restarted worker of the same name takes its own leases back at once."""
    attempts = models.PositiveIntegerField(default=0)
    """How often it was claimed; with the id it fences off a worker that lost its lease."""
    faults = models.PositiveIntegerField(default=0)
    """How often it met a transient fault; decides when to give up."""
    progress = models.FloatField(default=0)
    """0–1."""
    stage = models.JSONField(default=dict)
    """`{"key": …, "params": {…}}`, rendered per reader."""
    result = models.JSONField(null=True)
    error = models.JSONField(null=True)
    """`{"code": …, "params": {…}}`."""
    cancel_requested = models.BooleanField(default=False)
    request_id = models.CharField(max_length=64, blank=True, default="")
    """The request that asked for it, for the log; empty for scheduled work. What a job enqueues inherits it."""
    created_by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(default=utc_now)
    """The last change that a reader should see; the live stream follows it."""
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["status", "run_at"], name="job_due"),
            models.Index(fields=["changed_at"], name="job_changed"),
        ]


class Schedule(models.Model):
    """Enqueues a job of `kind` again and again."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE, null=True)
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=120, unique=True)
    payload = models.JSONField(default=dict)
    every_minutes = models.PositiveIntegerField()
    next_at = models.DateTimeField()
    enabled = models.BooleanField(default=True)


class OutboxMessage(models.Model):
    """Something that must leave the database: written in the transaction of its cause, delivered by lease."""

    class Status(models.TextChoices):
        """`unknown`: the provider may or may not have it and does not dedupe, so nobody re-sends blindly."""

        PENDING = "pending"
        SENT = "sent"
        FAILED = "failed"
        UNKNOWN = "unknown"
        SUPPRESSED = "suppressed"

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE, null=True)
    key = models.CharField(max_length=160, unique=True)
    topic = models.CharField(max_length=40)
    payload = models.JSONField(default=dict)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PENDING)
    run_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    worker = models.CharField(max_length=80, blank=True)
    """Who holds the lease. A restarted worker of the same name takes its own leases back at once."""
    attempts = models.PositiveIntegerField(default=0)
    """How often it was claimed; with the id it fences off a worker that lost its lease."""
    begun = models.PositiveIntegerField(default=0)
    """The attempt whose sending has begun, where sending twice harms: if its worker dies, nobody can tell whether it arrived."""
    faults = models.PositiveIntegerField(default=0)
    """How often it met a transient fault; decides when to give up."""
    error = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["status", "run_at"], name="outbox_due")]


class Heartbeat(models.Model):
    """The last sign of life of each child process, for `liuke doctor` and the health page."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()
    detail = models.JSONField(default=dict)
