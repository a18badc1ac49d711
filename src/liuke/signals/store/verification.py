"""Cases that wait for a person's word."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from liuke.signals.domain.verification import CaseKind, CaseStatus


class VerificationCase(models.Model):
    """One odd thing (待验证). It runs while scorings still see it; a decision holds as long as it runs."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    customer = models.ForeignKey("facts.Customer", on_delete=models.CASCADE, null=True)
    """Null for a source or a kind of activity."""
    kind = models.CharField(max_length=16, choices=[(kind.value, kind.value) for kind in CaseKind])
    about = models.CharField(max_length=80, blank=True)
    """The signal's code, the source, or the kind of activity."""
    key = models.CharField(max_length=80)
    params = models.JSONField(default=dict)
    """Sentence and numbers, of the first time."""
    status = models.CharField(max_length=10, choices=[(status.value, status.value) for status in CaseStatus], default=CaseStatus.OPEN.value)
    opened_at = models.DateTimeField()
    """Workspace clock, like the other moments."""
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    later_until = models.DateTimeField(null=True)
    """稍后: not shown before."""
    note = models.CharField(max_length=200, blank=True)
    decided_by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "kind", "about", "customer"], condition=models.Q(ended_at__isnull=True), name="case_runs_once"
            ),
            models.UniqueConstraint(
                fields=["workspace", "kind", "about"],
                condition=models.Q(ended_at__isnull=True, customer__isnull=True),
                name="case_of_source_runs_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["workspace", "status", "-opened_at", "-id"], name="case_open")]
