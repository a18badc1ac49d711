"""Read models: what lists and boards need, ready to sort and filter. All of it can be rebuilt."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from liuke.show.store.models_operations import OperationSample

__all__ = ["CustomerCard", "DayFigures", "OperationSample", "SavedView", "WeeklyReport"]


class CustomerCard(models.Model):
    """One customer as the last scoring run saw it; lists read this table alone."""

    customer = models.OneToOneField("facts.Customer", on_delete=models.CASCADE, primary_key=True)
    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    key = models.CharField(max_length=80)
    name = models.CharField(max_length=160)
    owner = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True)
    team = models.ForeignKey("accounts.Team", on_delete=models.SET_NULL, null=True)
    status = models.CharField(max_length=8)
    """The customer's registered status, or lost where `is_lost`."""
    is_lost = models.BooleanField(default=False)
    """Lost by the churn definition at the last run."""
    tier = models.CharField(max_length=8)
    """A `segments.domain.tiers.Tier` value: high, mid or low."""
    segment = models.CharField(max_length=40, blank=True)
    """The attribute that boards group by (country in the sample)."""
    level = models.CharField(max_length=10)
    """A `score.domain.levels.Level` value."""
    score = models.FloatField(default=0)
    delta_7d = models.FloatField(null=True)
    delta_30d = models.FloatField(null=True)
    reasons = models.JSONField(default=list)
    """At most three: the same shape as `Alert.reasons`."""
    main_family = models.CharField(max_length=20, blank=True)
    confidence = models.FloatField(default=1)
    history = models.JSONField(default=list)
    """Up to 12 past scores, oldest first, for the spark line."""
    annual_value = models.FloatField(default=0)
    expected_loss = models.FloatField(default=0)
    last_order_at = models.DateTimeField(null=True)
    last_activity_at = models.DateTimeField(null=True)
    contract_ends_on = models.DateField(null=True)
    scored_at = models.DateTimeField(null=True)
    """The run that last changed this row, null while never scored; unchanged rows are not rewritten."""
    digest = models.CharField(max_length=32, blank=True)
    """Fingerprint of everything above, so that a run writes changed rows only; blank forces a rewrite."""

    class Meta:
        indexes: ClassVar = [
            *(
                models.Index(fields=["workspace", "status", column, "customer"], name=f"card_{column}"[:30])
                for column in (
                    "score",
                    "delta_7d",
                    "annual_value",
                    "expected_loss",
                    "name",
                    "last_order_at",
                    "last_activity_at",
                    "contract_ends_on",
                )
            ),
            models.Index(fields=["workspace", "owner", "status", "score", "customer"], name="card_mine"),
            models.Index(fields=["workspace", "key"], name="card_key"),
            models.Index(
                fields=[
                    *("workspace", "status", "level", "tier", "main_family", "segment"),
                    *("owner", "team", "contract_ends_on", "name", "key", "customer"),
                ],
                name="card_filter",
            ),
        ]
        """The first eight serve the sorts, both ways; `card_filter` covers every filter, so that counting reads no row."""


class DayFigures(models.Model):
    """Figures of one scored day for one slice of the customers; boards draw from it without counting anything."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    day = models.DateField()
    """The workspace's local day of the scoring."""
    slice = models.CharField(max_length=60, blank=True)
    """Blank = all customers; `segment:UK`, `team:3` or `owner:12` (a membership) otherwise."""
    figures = models.JSONField()
    """A `show.domain.figures.Figures` as plain data."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "slice", "day"], name="day_figures_once")]


class SavedView(models.Model):
    """A named set of filters of one page; `shared` ones show to everybody."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    member = models.ForeignKey("accounts.Membership", on_delete=models.CASCADE)
    page = models.CharField(max_length=20)
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=400)
    shared = models.BooleanField(default=False)


class WeeklyReport(models.Model):
    """The risk report of a week (RPT-01) for one slice of the customers, as it was made; readers see their own slice."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    week = models.DateField()
    """The local Monday that it was made for: it tells of the seven days before."""
    slice = models.CharField(max_length=40, blank=True)
    """Blank = all customers, or `team:3`."""
    report = models.JSONField(default=dict)
    """A `show.domain.weekly.Weekly` as plain data."""
    made_at = models.DateTimeField()
    """Of the workspace's clock."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "week", "slice"], name="weekly_report_once")]
