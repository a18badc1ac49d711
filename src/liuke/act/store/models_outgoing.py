"""What sending must remember between workers: vendors' tokens, how much was sent lately, and messages whose fate is still open."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class VendorToken(models.Model):
    """A vendor's access token of one channel: a secret, sealed. One worker at a time fetches; the others wait for what it brings."""

    channel = models.ForeignKey("act.Channel", on_delete=models.CASCADE)
    key = models.CharField(max_length=120)
    sealed = models.BinaryField(null=True)
    """Null: there is none, or the vendor has refused it."""
    until = models.DateTimeField(null=True)
    fetching_until = models.DateTimeField(null=True)
    """Somebody fetches; past it, he has died."""
    version = models.PositiveIntegerField(default=0)
    """Grows with every change: whoever writes says which version he has seen."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["channel", "key"], name="vendor_token_once")]


class VendorUse(models.Model):
    """How much of one of a vendor's limits a workspace has used: counts per sixtieth of the window."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    key = models.CharField(max_length=120)
    seconds = models.PositiveIntegerField()
    """Length of the window."""
    most = models.PositiveIntegerField(default=0)
    """The limit as last asked for, for the health page."""
    counts = models.JSONField(default=list)
    """`[[slice, n], …]`, oldest first; slice = floor(Unix seconds × 60 / window)."""
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "key", "seconds"], name="vendor_use_once")]


class Receipt(models.Model):
    """A message through a channel that tells later what became of it. Written before the sending, so that a crash is seen.

    Holds the recipient's address, sealed: personal data, removed with the channel and 90 days after the sending.
    """

    class State(models.TextChoices):
        """`sending` of a worker that died and `unknown` after a time-out: asked for, never sent again."""

        SENDING = "sending"
        ACCEPTED = "accepted"
        DELIVERED = "delivered"
        FAILED = "failed"
        UNKNOWN = "unknown"

    channel = models.ForeignKey("act.Channel", on_delete=models.CASCADE)
    key = models.CharField(max_length=160)
    ref = models.CharField(max_length=128, blank=True)
    sealed_to = models.BinaryField()
    sent_at = models.DateTimeField()
    """Real time of the last try."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.SENDING)
    code = models.CharField(max_length=80, blank=True)
    """The vendor's code of a failure."""
    asked_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["channel", "key"], name="receipt_once")]
        indexes: ClassVar = [
            models.Index(fields=["channel", "state", "sent_at"], name="receipt_open"),
            models.Index(fields=["channel", "ref"], name="receipt_ref"),
        ]
