"""Which customers colleagues have in WeCom, as last seen."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class WecomContact(models.Model):
    """A colleague's contact with a customer. Ids are personal data: hashed for comparing, sealed for telling; gone with the channel."""

    channel = models.ForeignKey("act.Channel", on_delete=models.CASCADE)
    user = models.CharField(max_length=64)
    """The colleague's id in lower case."""
    digest = models.CharField(max_length=40)
    sealed = models.BinaryField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["channel", "user", "digest"], name="wecom_contact_once")]
