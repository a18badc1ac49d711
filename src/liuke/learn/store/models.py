"""What became of customers, as registered by people (OUT-01)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from liuke.learn.store.models_backtest import BacktestRun
from liuke.learn.store.models_interview import ExitInterview
from liuke.learn.store.models_mining import MiningRun

__all__ = ["BacktestRun", "ExitInterview", "MiningRun", "Outcome"]


class Outcome(models.Model):
    """登记结果. Audited and reversible; supplies labels from `occurred_on` on."""

    class Kind(models.TextChoices):
        """已续约 / 已复购 / 确认流失 / 暂停合作 / 无法挽回."""

        RENEWED = "renewed"
        REPURCHASED = "repurchased"
        CHURNED = "churned"
        PAUSED = "paused"
        UNSAVEABLE = "unsaveable"

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    customer = models.ForeignKey("facts.Customer", on_delete=models.CASCADE)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    occurred_on = models.DateField()
    cause = models.CharField(max_length=20, blank=True)
    """product, competitor, service, price, closed_down, merged, other_entity or other."""
    competitor = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=400, blank=True)
    external_id = models.CharField(max_length=210, null=True)
    """Source and number of an outcome that came by API; null of one that a person registered."""
    previous_status = models.CharField(max_length=8)
    closed_alert = models.ForeignKey("alert.Alert", on_delete=models.SET_NULL, null=True, related_name="+")
    renewal = models.ForeignKey("act.Renewal", on_delete=models.SET_NULL, null=True, related_name="+")
    """What registering it ended; stays as it is after a revert."""
    by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    reverted_by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    reverted_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["customer", "-at"], name="outcome_past")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "external_id"], name="outcome_external_once")]
