"""Requests of persons about their own data: a copy of it, or its erasure (DAT-18)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class PersonRequest(models.Model):
    """One request. Whether it waits or runs is its job's to say; `finished_at` means done.

    The person stands here by number only: the row outlives an erasure.
    """

    class Kind(models.TextChoices):
        """导出 / 删除."""

        EXPORT = "export"
        ERASE = "erase"

    class Subject(models.TextChoices):
        """The customer with everything, or one contact of it."""

        CUSTOMER = "customer"
        CONTACT = "contact"

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    uuid = models.CharField(max_length=36, unique=True)
    """Names the erasure in tombstones, also after a restore."""
    kind = models.CharField(max_length=8, choices=Kind.choices)
    subject = models.CharField(max_length=8, choices=Subject.choices)
    customer_id = models.BigIntegerField()
    contact_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=400, blank=True)
    identity = models.BinaryField(null=True)
    """Sealed: whom to look for while the erasure runs; null once it is done."""
    stage = models.CharField(max_length=16, blank=True)
    """The last step of an erasure that is done (`facts.domain.erasure.Stage`): killed, it goes on behind it."""
    result = models.JSONField(null=True)
    """Counts by kind of record, never a name."""
    proof = models.CharField(max_length=64, blank=True)
    """SHA-256 over the result: whoever keeps it can show later that the record was not changed."""
    stored = models.CharField(max_length=80, blank=True)
    """The archive of an export below `<data>/exports`, until `expires_at`."""
    expires_at = models.DateTimeField(null=True)
    job = models.ForeignKey("jobs.Job", on_delete=models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)
    """From when on the erased person may be imported again."""
    lifted_reason = models.CharField(max_length=400, blank=True)
    lifted_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["workspace", "-created_at"], name="person_requests")]
