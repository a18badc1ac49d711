"""Rules with their versions, and the stretches of time in which a customer matched one."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from liuke.signals.store.verification import VerificationCase

__all__ = ["Rule", "RuleHit", "RuleVersion", "VerificationCase"]


class Rule(models.Model):
    """A rule of a workspace. What it asks and does lies in its versions; whether it runs at all (启用/停用) lies here."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    code = models.CharField(max_length=60)
    """Stays for life: `<pack>.<rule>` of a pack's rule, made up otherwise."""
    name = models.CharField(max_length=80)
    about = models.CharField(max_length=400, blank=True)
    pack = models.CharField(max_length=40, blank=True)
    """The pack that it came from; blank = written here."""
    enabled = models.BooleanField(default=True)
    archived_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "code"], name="rule_code_once")]

    def __str__(self) -> str:
        return self.name


class RuleVersion(models.Model):
    """One state of a rule. At most one is being edited (draft, or on trial), at most one is live (published)."""

    class Status(models.TextChoices):
        """Draft → trial (evaluated and logged, no effects) → published → retired by the next published one."""

        DRAFT = "draft"
        TRIAL = "trial"
        PUBLISHED = "published"
        RETIRED = "retired"

    rule = models.ForeignKey(Rule, on_delete=models.CASCADE)
    version = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    document = models.JSONField()
    """The rule document: `{"when": …, "exclude": …}`."""
    effects = models.JSONField(default=dict)
    """`signals.domain.effects.Effects` as plain data."""
    note = models.CharField(max_length=200, blank=True)
    created_by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True)
    published_as_of = models.DateTimeField(null=True)
    """The workspace clock when it went live."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rule", "version"], name="rule_version_once"),
            models.UniqueConstraint(fields=["rule"], condition=models.Q(status__in=["draft", "trial"]), name="rule_one_draft"),
            models.UniqueConstraint(fields=["rule"], condition=models.Q(status="published"), name="rule_one_live"),
        ]


class RuleHit(models.Model):
    """A customer matched a version in `[since, until)`; `until` is null while it still does."""

    rule = models.ForeignKey(Rule, on_delete=models.CASCADE)
    version = models.ForeignKey(RuleVersion, on_delete=models.CASCADE)
    customer = models.ForeignKey("facts.Customer", on_delete=models.CASCADE)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    """When the customer's owner was told of it, or it was passed over as no news."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "customer"], condition=models.Q(until__isnull=True), name="rule_hit_one_open")
        ]
        indexes: ClassVar = [
            models.Index(fields=["rule", "since"], name="rule_hit_recent"),
            models.Index(fields=["customer", "-since"], name="rule_hit_customer"),
        ]
