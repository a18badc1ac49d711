"""断线守护 (BEY-15): who changed hands, and which customers hang on a thin thread."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class HandOver(models.Model):
    """Customers of one member given to others in one go; can be taken back."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    member = models.ForeignKey("accounts.Membership", on_delete=models.CASCADE, related_name="+")
    """Who gave them away."""
    by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    """The workspace's time."""
    undone_at = models.DateTimeField(null=True)


class HandOverMove(models.Model):
    """One customer of a hand-over."""

    hand_over = models.ForeignKey(HandOver, on_delete=models.CASCADE)
    customer = models.ForeignKey("facts.Customer", on_delete=models.CASCADE)
    successor = models.ForeignKey("accounts.Membership", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["hand_over", "customer"], name="hand_over_customer_once")]


class Watch(models.Model):
    """Why a customer is watched: one open row per customer and reason."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    customer = models.ForeignKey("facts.Customer", on_delete=models.CASCADE)
    reason = models.CharField(max_length=16)
    """An `act.domain.watch.Reason` value."""
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    ends_on = models.DateField(null=True)
    """The last local day of a watch after a hand-over."""
    before = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    """The owner before a hand-over."""
    hand_over = models.ForeignKey(HandOver, on_delete=models.CASCADE, null=True)
    detail = models.JSONField(default=dict)
    """`{"who": …, "n": …}` of a single thread: the one name that all contact goes through. Personal data."""
    reminded = models.SmallIntegerField(default=-1)
    """The last of the days 0, 30, 60, 90 that was seen to."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["customer", "reason"], condition=models.Q(until__isnull=True), name="watch_one_open")
        ]
        indexes: ClassVar = [models.Index(fields=["workspace", "until", "reason"], name="watch_open")]
