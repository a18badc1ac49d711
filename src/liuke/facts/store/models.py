"""Entities: what the customer is today. What happened lies in the warehouse as activities."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from liuke.facts.store.models_keeping import Retention
from liuke.facts.store.models_person import PersonRequest
from liuke.facts.store.models_text import TextAnswer, TextLists, TextSettings, TextVerdict

__all__ = [
    "AttributeVersion", "Contact", "Contract", "Customer", "Opportunity", "PersonRequest", "Retention", "TextAnswer", "TextLists",
    "TextSettings", "TextVerdict",
]  # fmt: skip


class Customer(models.Model):
    """One customer of a workspace. `id` is the warehouse's `customer_id`."""

    class Status(models.TextChoices):
        """`lost` by definition or by a registered outcome; `closed` cannot be won back."""

        ACTIVE = "active"
        LOST = "lost"
        PAUSED = "paused"
        CLOSED = "closed"

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    key = models.CharField(max_length=80)
    """The customer's number in the source system."""
    name = models.CharField(max_length=160)
    owner = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.ACTIVE)
    attributes = models.JSONField(default=dict)
    """Industry, country, city, segment and any column the user mapped."""
    registered_at = models.DateTimeField(null=True)
    sample_fields = models.JSONField(default=list)
    """Names of fields generated for the sample workspace: marked 示例 wherever they show."""
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "key"], name="customer_key_once")]

    def __str__(self) -> str:
        return self.name


class AttributeVersion(models.Model):
    """The past of one attribute (owner included): `[valid_from, valid_to)`, open where `valid_to` is null."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    name = models.CharField(max_length=40)
    value = models.JSONField(null=True)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["customer", "name", "valid_from"], name="attribute_past")]


class Contact(models.Model):
    """A person at the customer. Personal data: masked by role, logged when seen."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    key = models.CharField(max_length=80)
    name = models.CharField(max_length=80)
    title = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=32, blank=True)
    email = models.CharField(max_length=160, blank=True)
    is_key = models.BooleanField(default=False)
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["customer", "key"], name="contact_key_once")]


class Contract(models.Model):
    """An agreement with an end; the renewal ledger hangs on it."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    key = models.CharField(max_length=80)
    name = models.CharField(max_length=160)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField()
    amount = models.DecimalField(max_digits=16, decimal_places=2)
    currency = models.CharField(max_length=3)
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["customer", "key"], name="contract_key_once")]
        indexes: ClassVar = [models.Index(fields=["ends_on"], name="contract_end")]


class Opportunity(models.Model):
    """A deal in progress."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    key = models.CharField(max_length=80)
    name = models.CharField(max_length=160)
    stage = models.CharField(max_length=40)
    stage_told = models.CharField(max_length=40, blank=True)
    """What the source said when a person set the stage; blank = the stage is the source's. It holds until the source says another."""
    stage_set_at = models.DateTimeField(null=True)
    """When a person set it, by the workspace clock."""
    amount = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    close_on = models.DateField(null=True)
    updated_at = models.DateTimeField()
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["customer", "key"], name="opportunity_key_once")]
