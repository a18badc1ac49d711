"""Rules that do little are proposed for retirement (RUL-06): seldom fired, and lost as often as not; no effect is claimed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import Workspace
from liuke.alert.store.models import Alert, Verdict
from liuke.facts.store.models import Customer
from liuke.learn.service.review import FEWEST, LOW_RATE, Reviewed, rules_review
from liuke.learn.store.models import Outcome
from liuke.signals.store.models import Rule, RuleHit, RuleVersion
from tests.factories import make_customer, make_member, make_workspace
from tests.learn.conftest import NOW

pytestmark = pytest.mark.django_db
MANY = 2_000
RECENT = NOW - timedelta(days=30)


@pytest.fixture
def workspace() -> Workspace:
    """Two thousand customers."""
    made = make_workspace(simulated_as_of=NOW)
    rows = [Customer(workspace=made, key=f"K{nth}", name=f"K{nth}") for nth in range(MANY)]
    Customer.objects.bulk_create(rows)
    return made


def rule(workspace: Workspace, name: str, status: str = "published") -> Rule:
    """A rule with one version."""
    made = Rule.objects.create(workspace=workspace, code=name, name=name)
    RuleVersion.objects.create(rule=made, version=1, status=status, document={})
    return made


def fired(one: Rule, customers: list[Customer], days_ago: int = 30, ended_days_ago: int | None = None) -> None:
    """It matched these customers."""
    version = RuleVersion.objects.get(rule=one)
    until = None if ended_days_ago is None else NOW - timedelta(days=ended_days_ago)
    since = NOW - timedelta(days=days_ago)
    RuleHit.objects.bulk_create([RuleHit(rule=one, version=version, customer=who, since=since, until=until) for who in customers])


def handled(workspace: Workspace, one: Rule | None, customers: list[Customer], lost: int, reason: str = "handled") -> None:
    """Alerts that the rule raised and somebody handled; the first `lost` of the customers were lost."""
    dates = {"opened_at": RECENT, "updated_at": RECENT, "level_since": RECENT}
    for nth, who in enumerate(customers):
        raised = [one.pk] if one else []
        Alert.objects.create(
            workspace=workspace, customer=who, status="closed", close_reason=reason, level="early", score=60, peak_score=60,
            raised_by=raised, **dates,
        )  # fmt: skip
        if nth < lost:
            Customer.objects.filter(pk=who.pk).update(status="lost")


def of(workspace: Workspace, one: Rule) -> Reviewed:
    """What the review says of a rule."""
    return next(found for found in rules_review(workspace=workspace, now=NOW) if found.rule_id == one.pk)


def some(workspace: Workspace, start: int, size: int) -> list[Customer]:
    """Customers from the `start`-th on."""
    return list(Customer.objects.filter(workspace=workspace).order_by("pk")[start : start + size])


def test_RUL_06_a_rule_that_seldom_fires_and_whose_customers_are_lost_is_proposed(workspace: Workspace) -> None:
    poor, good = rule(workspace, "poor"), rule(workspace, "good")
    fired(poor, some(workspace, 0, 2))
    fired(good, some(workspace, 100, 400))
    handled(workspace, poor, some(workspace, 0, FEWEST), lost=FEWEST - 1)
    handled(workspace, good, some(workspace, 100, 100), lost=5)
    found = of(workspace, poor)
    assert found.proposed
    assert (found.triggered, found.customers, found.not_lost.n) == (2, MANY, FEWEST)
    assert (found.trigger_rate.high or 1) < LOW_RATE
    assert not of(workspace, good).proposed
    assert rules_review(workspace=workspace, now=NOW)[0].rule_id == poor.pk


def test_a_rule_that_fires_often_is_kept_however_its_customers_fare(workspace: Workspace) -> None:
    often = rule(workspace, "often")
    fired(often, some(workspace, 0, 200))
    handled(workspace, often, some(workspace, 0, FEWEST), lost=FEWEST)
    handled(workspace, None, some(workspace, 500, 100), lost=0)
    assert not of(workspace, often).proposed


def test_a_rare_rule_whose_customers_stay_is_kept(workspace: Workspace) -> None:
    rare = rule(workspace, "rare")
    fired(rare, some(workspace, 0, 2))
    handled(workspace, rare, some(workspace, 0, FEWEST), lost=1)
    handled(workspace, None, some(workspace, 500, 100), lost=50)
    assert not of(workspace, rare).proposed


def test_too_few_handled_alerts_propose_nothing(workspace: Workspace) -> None:
    young = rule(workspace, "young")
    handled(workspace, young, some(workspace, 0, FEWEST - 1), lost=FEWEST - 1)
    handled(workspace, None, some(workspace, 500, 100), lost=0)
    assert not of(workspace, young).proposed


def test_without_any_handled_alert_no_share_is_given(workspace: Workspace) -> None:
    found = of(workspace, rule(workspace, "new"))
    assert (found.not_lost.value, found.not_lost.low, found.not_lost.n, found.triggered) == (None, None, 0, 0)


def test_hits_that_ended_before_the_window_do_not_count_and_those_that_last_do(workspace: Workspace) -> None:
    one = rule(workspace, "one")
    fired(one, some(workspace, 0, 3), days_ago=400, ended_days_ago=100)
    fired(one, some(workspace, 10, 4), days_ago=400)
    assert of(workspace, one).triggered == 4


def test_alerts_closed_by_themselves_count_only_with_a_verdict_that_is_no_false_alarm(workspace: Workspace) -> None:
    one = rule(workspace, "one")
    handled(workspace, one, some(workspace, 0, 3), lost=0, reason="calmed")
    valid, wrong, _ = Alert.objects.filter(workspace=workspace).order_by("pk")
    by = make_member(workspace, Role.MANAGER)
    Verdict.objects.create(alert=valid, verdict="valid", by=by, at=RECENT)
    Verdict.objects.create(alert=wrong, verdict="false_alarm", by=by, at=RECENT)
    assert of(workspace, one).not_lost.n == 1


def test_a_registered_loss_counts_until_it_is_taken_back(workspace: Workspace) -> None:
    one, who = rule(workspace, "one"), some(workspace, 0, 1)
    handled(workspace, one, who, lost=0)
    outcome = Outcome.objects.create(
        workspace=workspace, customer=who[0], kind="churned", occurred_on=RECENT.date(), previous_status="active", at=RECENT
    )  # fmt: skip
    assert of(workspace, one).not_lost.value == 0.0
    Outcome.objects.filter(pk=outcome.pk).update(reverted_at=NOW)
    assert of(workspace, one).not_lost.value == 1.0


def test_drafts_archived_and_switched_off_rules_and_those_of_elsewhere_are_not_reviewed(workspace: Workspace) -> None:
    rule(workspace, "draft", status="draft")
    Rule.objects.filter(pk=rule(workspace, "gone").pk).update(archived_at=NOW)
    Rule.objects.filter(pk=rule(workspace, "off").pk).update(enabled=False)
    other = make_workspace()
    make_customer(other)
    rule(other, "theirs")
    assert rules_review(workspace=workspace, now=NOW) == []
