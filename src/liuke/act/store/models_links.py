"""Links that colleagues give to customers by hand: quotes, notices, files; and each time somebody looked."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class ContactLink(models.Model):
    """One thing given to one person, reached by its token only. Either an address or an uploaded file."""

    class Info(models.TextChoices):
        """What it is, as `info.sent` tells it."""

        QUOTE = "quote"
        NOTICE = "notice"
        COURSE = "course"
        OTHER = "other"

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    customer = models.ForeignKey("facts.Customer", on_delete=models.CASCADE)
    contact = models.ForeignKey("facts.Contact", on_delete=models.SET_NULL, null=True)
    token = models.CharField(max_length=43, unique=True)
    info = models.CharField(max_length=8, choices=Info.choices)
    title = models.CharField(max_length=120)
    url = models.CharField(max_length=500, blank=True)
    file_name = models.CharField(max_length=160, blank=True)
    stored_name = models.CharField(max_length=80, blank=True)
    """File below `Settings.data_dir`/links."""
    content_type = models.CharField(max_length=40, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    first_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    views = models.PositiveIntegerField(default=0)
    seconds = models.PositiveIntegerField(default=0)
    """Longest look, where the page can tell."""

    class Meta:
        indexes: ClassVar = [models.Index(fields=["customer", "-created_at"], name="link_of_customer")]


class LinkVisit(models.Model):
    """One look at a link; the page tells anew how long it has lasted."""

    link = models.ForeignKey(ContactLink, on_delete=models.CASCADE)
    key = models.CharField(max_length=32, unique=True)
    at = models.DateTimeField()
    seconds = models.PositiveIntegerField(default=0)
