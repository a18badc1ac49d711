"""Who is away, and who stands in meanwhile."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Absence(models.Model):
    """Local days `[starts_on, ends_on]` of a member; what the member owns stays theirs, `deputy` hears of it and sees it."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    member = models.ForeignKey("accounts.Membership", on_delete=models.CASCADE)
    deputy = models.ForeignKey("accounts.Membership", on_delete=models.CASCADE, related_name="stands_in")
    starts_on = models.DateField()
    ends_on = models.DateField()
    """The last day away."""
    created_by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["workspace", "ends_on"], name="absence_current"),
            models.Index(fields=["deputy", "ends_on"], name="absence_deputy"),
        ]
