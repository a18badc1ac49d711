"""Who must not come back: keyed hashes of those who were erased (DAT-18)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Tombstone(models.Model):
    """One mark of an erased person; `accounts.domain.tombstones` says of what. Nobody can be read out of it."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    mark = models.CharField(max_length=8)
    digest = models.CharField(max_length=64)
    erasure = models.CharField(max_length=36)
    """The erasure (its uuid) that made it: all marks of one are lifted together."""
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    """From then on the person may be imported again."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "digest"], name="tombstone_once")]
        indexes: ClassVar = [models.Index(fields=["workspace", "erasure"], name="tombstone_of")]
