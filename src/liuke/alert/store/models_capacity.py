"""Hours: what a customer takes and what people have (BEY-11)."""

from __future__ import annotations

from django.db import models


class Capacity(models.Model):
    """The workspace's efforts: an `alert.domain.capacity.Efforts` as plain data."""

    workspace = models.OneToOneField("accounts.Workspace", on_delete=models.CASCADE)
    efforts = models.JSONField(default=dict)
    updated_by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField()


class MemberCapacity(models.Model):
    """Minutes per working day of one person; without a row the workspace's."""

    member = models.OneToOneField("accounts.Membership", on_delete=models.CASCADE)
    minutes = models.PositiveIntegerField()
