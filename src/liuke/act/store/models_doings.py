"""What the product's people and channels did with customers, on its way into the stream of activities."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class OwnActivity(models.Model):
    """One visit, call, message or opening that waits for the next batch to the inbox; gone once a batch has it."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    activity_id = models.CharField(max_length=120)
    """`<what>:<its id>`: told again before it has left, the later word stands; told again afterwards, it corrects the earlier one."""
    row = models.JSONField()
    """As `connect.service.batch_ingest` takes it."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "activity_id"], name="own_activity_once")]
