"""Messages to customers: templates, the ledger of what was said to whom, what came back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class MessageTemplate(models.Model):
    """A template of the workspace's own, or its word on a shipped one of the same code (files of `act/messages/templates`)."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    code = models.CharField(max_length=60)
    archived_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "code"], name="message_template_once")]


class MessageTemplateVersion(models.Model):
    """A template as it was saved. The highest number is in use."""

    template = models.ForeignKey(MessageTemplate, on_delete=models.CASCADE)
    number = models.PositiveIntegerField()
    content = models.JSONField()
    """An `act.messages.domain.Template` as plain data."""
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["template", "number"], name="message_template_version_once")]


class CustomerMessage(models.Model):
    """One message to one customer. Personal data: the address is sealed, text and parameters name people.

    The row is also the governor's reservation: while `counts` it uses up caps and budgets at `planned_at`.
    """

    class Status(models.TextChoices):
        """How far it is. `accepted`: the other side took it; `unknown`: nobody can tell, so it is never sent again."""

        QUEUED = "queued"
        DEFERRED = "deferred"
        REFUSED = "refused"
        SENDING = "sending"
        ACCEPTED = "accepted"
        DELIVERED = "delivered"
        FAILED = "failed"
        UNKNOWN = "unknown"
        SUPPRESSED = "suppressed"

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    customer = models.ForeignKey("facts.Customer", on_delete=models.CASCADE)
    contact = models.ForeignKey("facts.Contact", on_delete=models.SET_NULL, null=True)
    channel = models.CharField(max_length=24)
    """The kind of the channel, e.g. `sms_aliyun`; the medium's name where none is configured."""
    medium = models.CharField(max_length=12)
    """sms, email, wecom, …: what consent and suppression are about."""
    purpose = models.CharField(max_length=10)
    template_code = models.CharField(max_length=60)
    template_number = models.PositiveIntegerField(default=0)
    """0 = as shipped."""
    key = models.CharField(max_length=120)
    status = models.CharField(max_length=10, choices=Status.choices)
    reason = models.CharField(max_length=40, blank=True)
    """Of what was not sent: the governor's rule or the error's code."""
    error = models.JSONField(null=True)
    address = models.BinaryField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    """The keyed hash of the address: replies and receipts find their message by it."""
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    sms_template = models.CharField(max_length=60, blank=True)
    params = models.JSONField(default=dict)
    token = models.CharField(max_length=43, unique=True)
    """Opaque, for the unsubscribe page and the open pixel."""
    counts = models.BooleanField(default=False)
    dry = models.BooleanField(default=False)
    """Judged and logged, never sent: a dry run or a simulated workspace. Counts among its like only."""
    planned_at = models.DateTimeField()
    """Workspace time at which it leaves or left."""
    cost = models.DecimalField(max_digits=10, decimal_places=4, default=0)
    """In the workspace's currency."""
    offer = models.CharField(max_length=60, blank=True)
    """The class of the coupon that it brings, and the segment it was given for: fair price."""
    offer_segment = models.CharField(max_length=60, blank=True)
    offer_reason = models.CharField(max_length=200, blank=True)
    playbook_id = models.BigIntegerField(null=True)
    enrolment_id = models.BigIntegerField(null=True)
    by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    """Who sent it by hand."""
    created_at = models.DateTimeField()
    """Workspace time at which it was asked for."""
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    """First opening; proxies open too, so it is weak evidence."""
    clicked_at = models.DateTimeField(null=True)
    replied_at = models.DateTimeField(null=True)
    ref = models.CharField(max_length=120, blank=True)
    """The vendor's id."""
    progress = models.JSONField(default=dict)
    """Of a mass task: `{"confirmed": n, "of": N}`."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "key"], name="customer_message_once")]
        indexes: ClassVar = [
            models.Index(fields=["customer", "-planned_at"], name="message_of_customer"),
            models.Index(fields=["workspace", "playbook_id", "counts"], name="message_of_playbook"),
            models.Index(fields=["workspace", "offer_segment", "-planned_at"], name="message_offers"),
            models.Index(fields=["workspace", "digest", "-planned_at"], name="message_by_address"),
            models.Index(fields=["workspace", "ref"], name="message_by_ref"),
            models.Index(fields=["workspace", "status"], name="message_by_status"),
        ]


class MessageEvent(models.Model):
    """What came back: receipt, open, click, reply, bounce, opt-out. Told twice, it is one row."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    message = models.ForeignKey(CustomerMessage, on_delete=models.CASCADE, null=True)
    kind = models.CharField(max_length=12)
    dedupe = models.CharField(max_length=160)
    digest = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()
    data = models.JSONField(default=dict)
    """No address and no text of the customer: codes and states only."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "dedupe"], name="message_event_once")]
        indexes: ClassVar = [models.Index(fields=["workspace", "digest", "kind", "-at"], name="message_event_bounces")]


class TrackedLink(models.Model):
    """An address inside one message, reached by its own token only: nothing in the request says where it leads."""

    message = models.ForeignKey(CustomerMessage, on_delete=models.CASCADE)
    token = models.CharField(max_length=43, unique=True)
    url = models.CharField(max_length=500)
    clicks = models.PositiveIntegerField(default=0)
    first_at = models.DateTimeField(null=True)
