"""Backtests that people asked for, and what came out (BEY-01)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class BacktestRun(models.Model):
    """One question about the past. Whether it waits, runs, failed or was cancelled is its job's to say; a result means done."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    subject = models.JSONField()
    """`learn.domain.subject.Subject` as plain data."""
    kind = models.CharField(max_length=10)
    """The subject's kind, for lists."""
    every = models.CharField(max_length=5)
    start = models.DateField(null=True)
    end = models.DateField(null=True)
    horizon_days = models.PositiveIntegerField(null=True)
    job = models.ForeignKey("jobs.Job", on_delete=models.SET_NULL, null=True, related_name="+")
    result = models.JSONField(null=True)
    """`learn.domain.report.plain_of`; null until it is done."""
    created_by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["workspace", "-created_at"], name="backtest_newest")]
