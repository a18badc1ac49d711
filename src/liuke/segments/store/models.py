"""Tags, who carries them and since when, and how many carried them at each scoring."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from liuke.segments.domain.tag import TagKind


class Tag(models.Model):
    """A segment: its rule names the members, people may add more by hand. A built-in one keeps its name in the catalogues."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    code = models.CharField(max_length=40)
    """Never changes: rules, addresses and the score's lines name the tag by it."""
    name = models.CharField(max_length=40, blank=True)
    """Blank: built in and never renamed; `tags.<code>.name` then."""
    about = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in TagKind])
    rule = models.JSONField(null=True)
    """A rule document; null where people alone choose the members."""
    weight = models.SmallIntegerField(default=0)
    """Points that membership adds to the score, −30 to 30; 0 for predictive tags."""
    colour = models.CharField(max_length=8, default="blue")
    built_in = models.BooleanField(default=False)
    enabled = models.BooleanField(default=True)
    recorded_as_of = models.DateTimeField(null=True)
    """The moment of the workspace clock that the membership stands for."""
    created_by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    updated_by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "code"], name="tag_code_once"),
            models.UniqueConstraint(
                fields=["workspace", "name"], condition=models.Q(archived_at__isnull=True) & ~models.Q(name=""), name="tag_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.code


class TagMembership(models.Model):
    """One stay of a customer in a tag: `[since, until)` of the workspace clock, open where `until` is null."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE)
    customer = models.ForeignKey("facts.Customer", on_delete=models.CASCADE)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    """`until`, or `since` while the stay is open: the order of the history."""
    by_hand = models.BooleanField(default=False)
    """A person put the customer in: no scoring takes it out."""
    set_by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tag", "customer"], condition=models.Q(until__isnull=True), name="tag_open_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["tag", "until", "customer"], name="tag_members"),
            models.Index(fields=["tag", "-changed_at", "-id"], name="tag_history"),
            models.Index(fields=["customer", "until"], name="tags_of_customer"),
        ]


class TagCount(models.Model):
    """How many customers carried a tag at a scoring, and how many came and went since the one before."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE)
    as_of = models.DateTimeField()
    members = models.PositiveIntegerField()
    entered = models.PositiveIntegerField()
    left = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["tag", "as_of"], name="tag_count_once")]
