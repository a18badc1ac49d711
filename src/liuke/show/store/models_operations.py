"""How the product itself fared, minute by minute, for an hour's history on the page 运行状况."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class OperationSample(models.Model):
    """One workspace at one full minute. Kept for a day."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    at = models.DateTimeField()
    """A full minute of the real clock."""
    waiting_rows = models.PositiveBigIntegerField(default=0)
    """Accepted by the API and not yet applied."""
    lag_seconds = models.FloatField(default=0)
    """Age of the oldest of them; 0 where nothing waits."""
    rows_total = models.PositiveBigIntegerField(default=0)
    """Rows that all API sources ever brought; the difference of two samples is the throughput."""
    jobs_waiting = models.PositiveIntegerField(default=0)
    """Jobs that are due and not yet begun."""
    oldest_seconds = models.FloatField(default=0)
    """For how long the oldest of them has been due."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "at"], name="operation_sample_once")]
        indexes: ClassVar = [models.Index(fields=["at"], name="operation_sample_at")]
