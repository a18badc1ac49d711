"""Who is told of alerts and how: published tables of routes, every push, every escalation, and who is off the own baseline."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class RoutingVersion(models.Model):
    """A published plan of routing; the highest number of a workspace is the one in force."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    number = models.PositiveIntegerField()
    plan = models.JSONField(default=dict)
    """An `alert.domain.routing_plan.RoutingPlan` as plain data."""
    note = models.CharField(max_length=200, blank=True)
    published_by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True)
    published_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "number"], name="routing_version_once")]


class AlertPush(models.Model):
    """One message at once to one person: what the attention budget counts (ALT-12)."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    alert = models.ForeignKey("alert.Alert", on_delete=models.CASCADE, null=True)
    """Null: a message about several escalated alerts."""
    recipient = models.ForeignKey("accounts.Membership", on_delete=models.CASCADE)
    kind = models.CharField(max_length=12)
    """`own`, `copy` (a supervisor or somebody else that the route names) or `escalation`."""
    at = models.DateTimeField()
    """The workspace's time."""

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["workspace", "at"], name="push_day"),
            models.Index(fields=["alert", "at"], name="push_alert"),
        ]


class Escalation(models.Model):
    """One step of the ladder that an alert has taken (ALT-04). A higher level begins the ladder anew."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    alert = models.ForeignKey("alert.Alert", on_delete=models.CASCADE)
    level = models.CharField(max_length=10)
    step = models.PositiveSmallIntegerField()
    """From 1."""
    due_at = models.DateTimeField()
    """The deadline that nobody met."""
    at = models.DateTimeField()
    told = models.JSONField(default=list)
    """Ids of the memberships whom the step names."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["alert", "level", "step"], name="escalation_once")]
        indexes: ClassVar = [models.Index(fields=["workspace", "-at"], name="escalation_recent")]


class OffBaseline(models.Model):
    """A time in which a customer lies off the own baseline (SCR-08), told once."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    customer = models.ForeignKey("facts.Customer", on_delete=models.CASCADE)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["customer"], condition=models.Q(until__isnull=True), name="off_baseline_one_open")
        ]
        indexes: ClassVar = [models.Index(fields=["workspace", "until", "told_at"], name="off_baseline_news")]
