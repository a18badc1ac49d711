"""What was looked for in the past, and what was found: candidate rules, missed losses, clusters, associations, check-ups of files."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class MiningRun(models.Model):
    """One search. Whether it waits, runs, failed or was cancelled is its job's to say; a result means done."""

    class Kind(models.TextChoices):
        """候选规则 / 漏报复盘 / 流失客户分群 / 关联规则 / 流失体检."""

        RULES = "rules"
        MISSED = "missed"
        CLUSTERS = "clusters"
        LINKS = "links"
        CHECKUP = "checkup"

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    asked = models.JSONField(default=dict)
    """What the search was given, as plain data; of a check-up the file's name and options."""
    stored_name = models.CharField(max_length=80, blank=True, default="")
    """The file of a check-up until it was read; then it is deleted and this is blank."""
    result = models.JSONField(null=True)
    """The found as plain data of its kind's dataclass; null until it is done."""
    job = models.ForeignKey("jobs.Job", on_delete=models.SET_NULL, null=True, related_name="+")
    created_by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["workspace", "kind", "-created_at"], name="mining_newest")]
