"""Loyalty: the programme's versions, the points ledger, member levels, coupons and referrals."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class LoyaltyVersion(models.Model):
    """A programme as it was published; the newest one holds."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    number = models.PositiveIntegerField()
    spec = models.JSONField(default=dict)
    """An `act.loyalty.domain.programme.Programme` as plain data."""
    note = models.CharField(max_length=200, blank=True)
    created_by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "number"], name="loyalty_version_once")]


class LoyaltyMark(models.Model):
    """How far orders have been turned into points; what became known since is next."""

    workspace = models.OneToOneField("accounts.Workspace", on_delete=models.CASCADE)
    accrued_until = models.DateTimeField()


class PointsEntry(models.Model):
    """One line of the ledger. Never changed or deleted: a mistake is taken back by another line."""

    class Reason(models.TextChoices):
        """`order` and `correction` (of an order that changed) accrue; `lapse` writes off."""

        ORDER = "order"
        CORRECTION = "correction"
        WINBACK = "winback"
        REFERRAL = "referral"
        PLAYBOOK = "playbook"
        MANUAL = "manual"
        REDEEM = "redeem"
        REVERSAL = "reversal"
        LAPSE = "lapse"

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    customer = models.ForeignKey("facts.Customer", on_delete=models.CASCADE)
    points = models.IntegerField()
    reason = models.CharField(max_length=12, choices=Reason.choices)
    key = models.CharField(max_length=160)
    """The same key is the same line."""
    ref = models.CharField(max_length=160, blank=True)
    """What it is about: an order, or the line that it takes back or writes off."""
    at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    """Of a gain: when what is left of it lapses."""
    value = models.DecimalField(max_digits=16, decimal_places=2, default=0)
    """Of a redemption: what it was worth, in the workspace's currency."""
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "key"], name="points_once")]
        indexes: ClassVar = [
            models.Index(fields=["customer", "-at"], name="points_customer"),
            models.Index(fields=["workspace", "ref"], name="points_ref"),
            models.Index(fields=["workspace", "expires_at"], name="points_end"),
        ]


class LoyaltyMember(models.Model):
    """Where a customer stands. `balance` is the sum of the ledger, kept here for lists; writing a line moves it along."""

    customer = models.OneToOneField("facts.Customer", on_delete=models.CASCADE)
    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    balance = models.IntegerField(default=0)
    level = models.CharField(max_length=20, blank=True)
    since = models.DateField(null=True)
    keep_until = models.DateField(null=True)
    yearly = models.DecimalField(max_digits=16, decimal_places=2, default=0)
    updated_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["workspace", "-balance"], name="member_balance")]


class CouponKind(models.Model):
    """A coupon that can be given: what it is worth, to whom how often, and how many there are."""

    class Form(models.TextChoices):
        """Money off, percent off, or a thing."""

        AMOUNT = "amount"
        PERCENT = "percent"
        GIFT = "gift"

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    form = models.CharField(max_length=8, choices=Form.choices)
    value = models.DecimalField(max_digits=12, decimal_places=2)
    """Money, or percent off (10 = 10 % off); of a gift its worth."""
    least_spend = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    cost = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    """What one costs us when used; counts against the budget per head."""
    stock = models.PositiveIntegerField(null=True)
    """How many may be given in all; null = any number."""
    issued = models.PositiveIntegerField(default=0)
    per_customer = models.PositiveIntegerField(default=1)
    valid_days = models.PositiveIntegerField(default=30)
    offer_class = models.CharField(max_length=40, blank=True)
    """Fair price: customers of one segment get offers of one class."""
    enabled = models.BooleanField(default=True)
    archived_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "code"], name="coupon_kind_once"),
            models.CheckConstraint(condition=models.Q(stock=None) | models.Q(issued__lte=models.F("stock")), name="coupon_stock"),
        ]


class CouponCode(models.Model):
    """A coupon in a customer's hands."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    kind = models.ForeignKey(CouponKind, on_delete=models.CASCADE)
    customer = models.ForeignKey("facts.Customer", on_delete=models.CASCADE)
    code = models.CharField(max_length=20)
    key = models.CharField(max_length=160)
    """The same key is the same coupon."""
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    redeemed_at = models.DateTimeField(null=True)
    amount = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    """Of the order that it was used on."""
    given_for = models.CharField(max_length=60, blank=True)
    """Of one that a playbook gave: `playbook:<id>:<segment>`, for budgets and fair prices."""
    voided_at = models.DateTimeField(null=True)
    by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "code"], name="coupon_code_once"),
            models.UniqueConstraint(fields=["workspace", "key"], name="coupon_key_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["customer", "-issued_at"], name="coupon_customer")]


class Referral(models.Model):
    """老带新: who brought whom. A customer is brought once."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    referrer = models.ForeignKey("facts.Customer", on_delete=models.CASCADE, related_name="+")
    referred = models.OneToOneField("facts.Customer", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    rewarded_at = models.DateTimeField(null=True)
    """When the first order of the new customer brought the points."""
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["workspace", "-at"], name="referral_recent")]
