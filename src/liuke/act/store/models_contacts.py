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
    name = models.BinaryField(null=True)
    """How the colleague calls the customer, sealed; null before the first sync."""
    corp_name = models.CharField(max_length=160, blank=True)
    union = models.CharField(max_length=40, blank=True)
    """The keyed hash of the WeChat unionid."""
    mobiles = models.JSONField(default=list)
    """Keyed hashes of the phone numbers that the colleague noted."""
    customer = models.ForeignKey("facts.Customer", on_delete=models.CASCADE, null=True)
    contact = models.ForeignKey("facts.Contact", on_delete=models.SET_NULL, null=True)
    matched_by = models.CharField(max_length=8, blank=True)
    """id, phone, union or hand; blank while nobody knows whose contact it is."""
    added_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["channel", "user", "digest"], name="wecom_contact_once")]
        indexes: ClassVar = [models.Index(fields=["channel", "matched_by"], name="wecom_contact_unmatched")]
