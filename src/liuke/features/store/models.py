"""Metrics that people made. Their values lie in the warehouse."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class MetricDefinition(models.Model):
    """One metric of a workspace. Its code never changes, so that what uses it goes on working when it is renamed."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=60)
    unit = models.CharField(max_length=10)
    spec = models.JSONField()
    """A `features.domain.spec.MetricSpec` as plain data."""
    created_by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "code"], name="metric_code_once"),
            models.UniqueConstraint(fields=["workspace", "name"], condition=models.Q(archived_at=None), name="metric_name_once"),
        ]

    def __str__(self) -> str:
        return self.name
