"""What vendors have told, kept before it is worked."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class CallbackEvent(models.Model):
    """One event of a channel, told once or often. Removed after 30 days."""

    channel = models.ForeignKey("act.Channel", on_delete=models.CASCADE)
    dedupe = models.CharField(max_length=160)
    kind = models.CharField(max_length=20)
    """An `act.domain.channel_events.EventKind`."""
    sealed = models.BinaryField()
    """The event as JSON, sealed: it holds addresses and what customers write."""
    received_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=80, blank=True)
    """The code of what stood in the way; empty = done, or not yet worked."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["channel", "dedupe"], name="callback_once")]
        indexes: ClassVar = [models.Index(fields=["received_at"], name="callback_received")]
