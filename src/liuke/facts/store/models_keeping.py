"""How long a workspace keeps its activities."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Retention(models.Model):
    """A group of kinds that is not kept for ever; no row = for ever."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    kinds = models.CharField(max_length=16)
    """One of `facts.domain.retention.Group`."""
    months = models.PositiveIntegerField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "kinds"], name="retention_once")]
