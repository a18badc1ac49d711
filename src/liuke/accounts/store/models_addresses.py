"""Where colleagues are found in the messengers that the company uses."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class StaffAddress(models.Model):
    """A member's id at one vendor: personal data. Messages go there, clicks and log-ins come from there."""

    class Kind(models.TextChoices):
        """Vendors whose ids a member may have; e-mail and phone stand in the profile."""

        WECOM = "wecom"
        DINGTALK = "dingtalk"
        FEISHU = "feishu"

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    membership = models.ForeignKey("accounts.Membership", on_delete=models.CASCADE)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    address = models.CharField(max_length=64)
    folded = models.CharField(max_length=64)
    """As it is compared: WeCom's ids are the same in any case, those of the others are not."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["membership", "kind"], name="staff_address_one"),
            models.UniqueConstraint(fields=["workspace", "kind", "folded"], name="staff_address_whose"),
        ]
