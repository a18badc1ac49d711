"""Read models: what lists and boards need, ready to sort and filter. All of it can be rebuilt."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class CustomerCard(models.Model):
    """One customer as the last scoring run saw it; lists read this table alone."""

    customer = models.OneToOneField("facts.Customer", on_delete=models.CASCADE, primary_key=True)
    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    key = models.CharField(max_length=80)
    name = models.CharField(max_length=160)
    owner = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True)
    team = models.ForeignKey("accounts.Team", on_delete=models.SET_NULL, null=True)
    status = models.CharField(max_length=8)
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

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["workspace", "status", "-score", "customer"], name="card_by_score"),
            models.Index(fields=["workspace", "owner", "-score", "customer"], name="card_mine"),
            models.Index(fields=["workspace", "team", "-score", "customer"], name="card_team"),
            models.Index(fields=["workspace", "level", "-expected_loss", "customer"], name="card_level"),
            models.Index(fields=["workspace", "-annual_value", "customer"], name="card_value"),
            models.Index(fields=["workspace", "name", "customer"], name="card_name"),
            models.Index(fields=["workspace", "key"], name="card_key"),
        ]


class DayFigures(models.Model):
    """A workspace's figures of one scored day: level counts, alerts, churn rate; boards draw trends from it."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    day = models.DateField()
    figures = models.JSONField()
    """A `show.queries.figures.Figures` as plain data."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "day"], name="day_figures_once")]


class SavedView(models.Model):
    """A named set of filters of one page; `shared` ones show to everybody."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    member = models.ForeignKey("accounts.Membership", on_delete=models.CASCADE)
    page = models.CharField(max_length=20)
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=400)
    shared = models.BooleanField(default=False)
