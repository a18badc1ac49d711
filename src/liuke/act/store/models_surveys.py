"""Answers to our own short surveys (FBK-01)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class SurveyAnswer(models.Model):
    """What a customer answered on the page of a link. One per link; for some minutes it may be changed."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    customer = models.ForeignKey("facts.Customer", on_delete=models.CASCADE)
    contact = models.ForeignKey("facts.Contact", on_delete=models.SET_NULL, null=True, related_name="+")
    scale = models.CharField(max_length=4)
    """`nps` (0–10) or `csat` (1–5)."""
    score = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    key = models.CharField(max_length=64, unique=True)
    """Hash of the link's token."""
    answered_at = models.DateTimeField()
    """By the workspace's clock."""
    first_at = models.DateTimeField()
    """By the real clock: changes are taken for some minutes from then."""
    ticket = models.ForeignKey("act.Ticket", on_delete=models.SET_NULL, null=True, related_name="+")
    """What a bad answer raised."""

    class Meta:
        indexes: ClassVar = [models.Index(fields=["customer", "-answered_at"], name="survey_answers")]
