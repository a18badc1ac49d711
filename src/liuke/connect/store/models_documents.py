"""What a source on an ERP has brought in already, document by document."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class SourceDocument(models.Model):
    """One document that was brought in, as little of it as takes it back when it is un-audited, deleted or loses lines."""

    source = models.ForeignKey("connect.Source", on_delete=models.CASCADE)
    stream = models.CharField(max_length=16)
    document = models.BigIntegerField()
    """The site's own id."""
    number = models.CharField(max_length=80)
    customer = models.CharField(max_length=80)
    at = models.CharField(max_length=30, blank=True)
    """The business day as the site writes it."""
    lines = models.JSONField(default=list)
    digest = models.CharField(max_length=32)
    """Of the rows that were brought in; blank once it was taken back."""
    changed = models.CharField(max_length=30, blank=True)
    is_open = models.BooleanField(default=False)
    """Changes without being edited: a bill not yet written off, an order not yet delivered."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["source", "stream", "document"], name="source_document_once")]
        indexes: ClassVar = [
            models.Index(fields=["source", "stream", "changed"], name="source_document_changed"),
            models.Index(fields=["source", "stream", "is_open"], name="source_document_open"),
        ]
