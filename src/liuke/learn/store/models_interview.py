"""离开访谈: why a customer left, asked in a structured way (FBK-02)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class ExitInterview(models.Model):
    """One interview, filled by a colleague or by the customer over a link."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    customer = models.ForeignKey("facts.Customer", on_delete=models.CASCADE)
    outcome = models.ForeignKey("learn.Outcome", on_delete=models.SET_NULL, null=True, related_name="interviews")
    """The registered loss that it explains."""
    answers = models.JSONField(default=dict)
    """`learn.domain.interview.Answers` as plain data."""
    cause = models.CharField(max_length=20)
    reason = models.CharField(max_length=24)
    would_return = models.CharField(max_length=6, blank=True)
    reading = models.JSONField(default=dict)
    """What was read in the open answers: `topics`, `competitor`, `negative`."""
    by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    """Null where the customer answered."""
    key = models.CharField(max_length=64, unique=True)
    """Hash of the link, or of who filled it when: sent twice it is one interview."""
    at = models.DateTimeField()
    """By the workspace's clock."""

    class Meta:
        indexes: ClassVar = [models.Index(fields=["workspace", "-at"], name="exit_interviews")]
