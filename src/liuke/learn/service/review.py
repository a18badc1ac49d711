"""Which live rules do little (RUL-06): they seldom fire, and those for whom they fired are lost as often as not."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from liuke.accounts.store.models import Workspace
from liuke.alert.store.models import Alert, Verdict
from liuke.facts.store.models import Customer
from liuke.learn.store.models import Outcome
from liuke.signals.store.models import Rule, RuleHit, RuleVersion
from liuke.stats.proportion import wilson

WINDOW = timedelta(days=90)
LOW_RATE = 0.005
"""Fired for fewer customers than this share within the window: low, if the interval's upper end lies below too."""
FEWEST = 20
"""Handled alerts below which nothing is proposed."""
_LOST = ("churned", "unsaveable")
_NO_VERDICT = ("false_alarm",)
_HANDLED = ("handled", "outcome")


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its Wilson 95% interval; `value` None where nothing was counted."""

    value: float | None
    low: float | None
    high: float | None
    n: int

    @staticmethod
    def of(hits: int, n: int) -> Share:
        """`hits` of `n`."""
        if not n:
            return Share(None, None, None, 0)
        low, high = wilson(hits, n)
        return Share(hits / n, low, high, n)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A rule: customers for whom it fired in the window, and the share of its handled alerts not lost since (处理后未流失率).

    That share is no effect: nobody knows what would have become of the same customers without it. `base` is the same share over
    all handled alerts of the window. `proposed`: both are low, with `FEWEST` handled alerts or more.
    """

    rule_id: int
    name: str
    customers: int
    triggered: int
    trigger_rate: Share
    not_lost: Share
    base: Share
    proposed: bool


def rules_review(*, workspace: Workspace, now: datetime) -> list[Reviewed]:
    """Enabled live rules, those proposed for retirement first, then by how seldom they fire."""
    since, customers = now - WINDOW, Customer.objects.filter(workspace=workspace).count()
    live = Rule.objects.filter(
        workspace=workspace, enabled=True, archived_at__isnull=True, ruleversion__status=RuleVersion.Status.PUBLISHED
    )  # fmt: skip
    fired = _fired(workspace, since, now)
    outcomes = _outcomes(workspace, since, now)
    base = Share.of(sum(one.not_lost for one in outcomes), len(outcomes))
    reviewed = []
    for rule in live.order_by("pk"):
        triggered, own = len(fired.get(rule.pk, ())), [one.not_lost for one in outcomes if rule.pk in one.raised_by]
        rate, kept = Share.of(triggered, customers), Share.of(sum(own), len(own))
        reviewed.append(Reviewed(rule.pk, rule.name, customers, triggered, rate, kept, base, _proposed(rate, kept, base)))
    return sorted(reviewed, key=lambda one: (not one.proposed, one.trigger_rate.value or 0.0, one.rule_id))


def _proposed(rate: Share, kept: Share, base: Share) -> bool:
    """Both low beyond chance: seldom fired, and not lost less often than over all alerts."""
    if rate.high is None or kept.high is None or base.value is None or kept.n < FEWEST:
        return False
    return rate.high < LOW_RATE and kept.high < base.value


def _fired(workspace: Workspace, since: datetime, now: datetime) -> dict[int, set[int]]:
    """Customers whom each rule's live versions matched at some time of the window."""
    rows = RuleHit.objects.filter(rule__workspace=workspace, since__lt=now).exclude(until__lte=since)
    rows = rows.exclude(version__status=RuleVersion.Status.TRIAL)
    found: dict[int, set[int]] = defaultdict(set)
    for rule_id, customer_id in rows.values_list("rule_id", "customer_id").iterator(5_000):
        found[rule_id].add(customer_id)
    return found


@dataclass(frozen=True, slots=True)
class _Handled:
    """An alert that somebody handled: the rules that raised it, and whether its customer was not lost since."""

    raised_by: frozenset[int]
    not_lost: bool


def _outcomes(workspace: Workspace, since: datetime, now: datetime) -> list[_Handled]:
    """Handled alerts of the window: closed as handled or by an outcome, or with a verdict that stands and is no 误报."""
    verdicts = Verdict.objects.filter(alert__workspace=workspace, undone_at__isnull=True).exclude(verdict__in=_NO_VERDICT)
    judged = set(verdicts.values_list("alert_id", flat=True))
    left = Outcome.objects.filter(workspace=workspace, kind__in=_LOST, reverted_at__isnull=True, at__lte=now)
    lost = set(left.values_list("customer_id", flat=True))
    lost |= set(Customer.objects.filter(workspace=workspace, status="lost").values_list("pk", flat=True))
    alerts = Alert.objects.filter(workspace=workspace, opened_at__gte=since, opened_at__lt=now)
    rows = alerts.values_list("pk", "customer_id", "close_reason", "raised_by").iterator(5_000)
    return [
        _Handled(frozenset(raised_by), customer_id not in lost)
        for pk, customer_id, reason, raised_by in rows
        if pk in judged or reason in _HANDLED
    ]
