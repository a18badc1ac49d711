"""Alerts and the verdicts on them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from liuke.alert.store.models_capacity import Capacity, MemberCapacity
from liuke.alert.store.models_routing import AlertPush, Escalation, OffBaseline, RoutingVersion

__all__ = ["Alert", "AlertPush", "Capacity", "Escalation", "MemberCapacity", "OffBaseline", "RoutingVersion", "Verdict"]


class Alert(models.Model):
    """One open alert per customer: raised on entering a level, updated in place, closed with hysteresis."""

    class Status(models.TextChoices):
        """A snoozed alert is hidden until its moment or until its level rises."""

        OPEN = "open"
        SNOOZED = "snoozed"
        CLOSED = "closed"

    class Origin(models.TextChoices):
        """`stock`: the 存量风险清单, found by the first scoring; `live`: raised afterwards."""

        STOCK = "stock"
        LIVE = "live"

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    customer = models.ForeignKey("facts.Customer", on_delete=models.CASCADE)
    owner = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.OPEN)
    origin = models.CharField(max_length=5, choices=Origin.choices, default=Origin.LIVE)
    level = models.CharField(max_length=10)
    """A `score.domain.levels.Level` value: early, medium or high."""
    score = models.FloatField()
    peak_score = models.FloatField()
    reasons = models.JSONField(default=list)
    """`[{"signal": …, "family": …, "points": …, "key": …, "params": {…}}]`, highest first."""
    tier = models.CharField(max_length=8, blank=True, default="")
    """The customer's `segments.domain.tiers.Tier` at its last change; blank = not known yet."""
    annual_value = models.DecimalField(max_digits=16, decimal_places=2, default=0)
    expected_loss = models.DecimalField(max_digits=16, decimal_places=2, default=0)
    opened_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    level_since = models.DateTimeField()
    """When it entered its level by rising; a step down leaves it."""
    pushed_at = models.DateTimeField(null=True)
    """When somebody was told; null = only in lists and the digest."""
    released_at = models.DateTimeField(null=True)
    """When it entered the owner's tasks without a push (存量, or over the budget of its day)."""
    told_to = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    """Whose budget the last push or release used; stays when the owner changes."""
    snoozed_until = models.DateTimeField(null=True)
    calm_since = models.DateTimeField(null=True)
    """Since when the score lies ≥ 5 points below the band; closed after 3 days."""
    muted = models.JSONField(default=list)
    """Reasons silenced by a verdict 已知: `domain.silence.Mute` as plain data."""
    muted_until = models.DateTimeField(null=True)
    """The latest `until` of `muted`, for the query that finds them."""
    fingerprint = models.CharField(max_length=16, blank=True)
    """`ScoredCustomer.fingerprint` of `reasons` and `annual_value`: unchanged rows are not written."""
    raised_by = models.JSONField(default=list)
    """Ids of the rules that raised it or last lifted it; empty = the score. Verdicts on it count for their precision."""
    closed_at = models.DateTimeField(null=True)
    close_reason = models.CharField(max_length=20, blank=True)
    """`calmed`, `handled`, `outcome`, `lost`, `false_alarm` or `known`."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["customer"], condition=~models.Q(status="closed"), name="alert_one_open")]
        indexes: ClassVar = [
            models.Index(fields=["workspace", "status", "-expected_loss"], name="alert_work"),
            models.Index(fields=["workspace", "owner", "status"], name="alert_mine"),
            models.Index(fields=["customer", "-opened_at"], name="alert_past"),
            models.Index(fields=["workspace", "closed_at"], name="alert_closed"),
        ]


class Verdict(models.Model):
    """One tap: 有效/误报/已知/太晚 (valid, false_alarm, known, too_late). The newest one that is not undone counts."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE)
    verdict = models.CharField(max_length=12)
    reason = models.CharField(max_length=20, blank=True)
    """For false_alarm: seasonal, project, other_entity, bad_data."""
    signal = models.CharField(max_length=40, blank=True)
    until = models.DateTimeField(null=True)
    note = models.CharField(max_length=400, blank=True)
    by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
