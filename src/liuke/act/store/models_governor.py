"""What the governor knows and says: its policy, consents, suppressed addresses, customers not to contact, refusals."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class GovernorLock(models.Model):
    """One row per workspace: whoever decides about touches holds it, so that two workers never use up one cap twice."""

    workspace = models.OneToOneField("accounts.Workspace", on_delete=models.CASCADE)


class GovernorPolicyVersion(models.Model):
    """A policy as it was published. The highest number is in force; without a row the defaults are."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    number = models.PositiveIntegerField()
    policy = models.JSONField()
    """An `act.governor.policy.Policy` as plain data."""
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    """Real time."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "number"], name="governor_policy_once")]


class GovernorDecision(models.Model):
    """A refusal or a deferral with the rule that spoke. Never changed."""

    class Verdict(models.TextChoices):
        """Refused for good, deferred until a moment, or allowed and then held back (dry run, simulated workspace)."""

        REFUSED = "refused"
        DEFERRED = "deferred"
        HELD = "held"

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    customer = models.ForeignKey("facts.Customer", on_delete=models.CASCADE)
    message = models.ForeignKey("act.CustomerMessage", on_delete=models.CASCADE, null=True)
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    rule = models.CharField(max_length=24)
    """An `act.governor.domain.Rule`, or no_channel, dry_run, simulated."""
    params = models.JSONField(default=dict)
    channel = models.CharField(max_length=24)
    purpose = models.CharField(max_length=10)
    playbook_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    """Workspace time."""
    until = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["workspace", "-id"], name="governor_recent"),
            models.Index(fields=["workspace", "rule", "-id"], name="governor_by_rule"),
            models.Index(fields=["customer", "-id"], name="governor_of_customer"),
        ]


class Consent(models.Model):
    """One word of a customer or a contact on one medium and purpose. Rows are only added; the newest holds.

    Evidence: time, source and the version of the wording that was agreed to.
    """

    class State(models.TextChoices):
        """Withdrawing is the same one step as giving."""

        GIVEN = "given"
        WITHDRAWN = "withdrawn"

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    customer = models.ForeignKey("facts.Customer", on_delete=models.CASCADE)
    contact = models.ForeignKey("facts.Contact", on_delete=models.CASCADE, null=True)
    """Null: the whole customer."""
    medium = models.CharField(max_length=12)
    purpose = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=State.choices)
    source = models.CharField(max_length=40)
    """form, contract, phone, import, unsubscribe_page, one_click, sms_reply, sample, …"""
    wording = models.CharField(max_length=40, blank=True)
    """The version of the wording, e.g. `隐私告知 2026-03`."""
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["customer", "medium", "purpose", "-id"], name="consent_newest")]


class Suppression(models.Model):
    """An address that gets nothing more. Personal data: only a keyed hash and a masked hint are kept."""

    class Scope(models.TextChoices):
        """Of an opt-out: marketing. Of an address that does not exist: everything."""

        MARKETING = "marketing"
        ALL = "all"

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    medium = models.CharField(max_length=12)
    digest = models.CharField(max_length=64)
    hint = models.CharField(max_length=60, blank=True)
    """`138****2206`: enough for people to recognise it."""
    scope = models.CharField(max_length=10, choices=Scope.choices, default=Scope.MARKETING)
    reason = models.CharField(max_length=24)
    """unsubscribe, reply, bounce, soft_bounces, complaint, contact_deleted, manual, import."""
    message = models.ForeignKey("act.CustomerMessage", on_delete=models.SET_NULL, null=True)
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(Consent, on_delete=models.SET_NULL, null=True)
    """Only a new consent lifts it."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "medium", "digest", "scope"], condition=models.Q(lifted_at=None), name="suppressed_once"
            )
        ]


class DoNotContact(models.Model):
    """A customer whom nobody writes to: a legal dispute, a wish, a decision of the management."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    customer = models.ForeignKey("facts.Customer", on_delete=models.CASCADE)
    reason = models.CharField(max_length=200)
    by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "customer"], condition=models.Q(ended_at=None), name="do_not_contact_once")
        ]
