"""The hourly sweep: who crosses a threshold because time passes is scored before the night, once (SIG-08, RUL-01)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from liuke.act.store.models import WorkItem
from liuke.alert.domain.changes import ReviewKind
from liuke.alert.store.models import Alert
from liuke.base.times import to_us
from liuke.facts.store.models import Customer
from liuke.jobs.store.models import Job
from liuke.pipeline.nightly import sweeps_enqueue
from liuke.pipeline.scoring import workspace_score
from liuke.pipeline.sweep import customers_due, workspace_sweep
from liuke.score.store.models import ScoreRun, ScoreVersion
from liuke.show.store.models import CustomerCard
from liuke.signals.store.models import Rule, RuleHit, RuleVersion
from liuke.warehouse.scores import score_moments
from tests.factories import make_customer, make_workspace
from tests.pipeline.conftest import OPENS, Shop

pytestmark = pytest.mark.django_db
NOT_BOUGHT = {"column": "last_order_at", "op": "older_than", "value": 3}
"""`steady` bought half a day before the shop opens: true from two and a half days after."""


def later(days: float) -> datetime:
    return OPENS + timedelta(days=days)


def live(shop: Shop, part: dict[str, object] = NOT_BOUGHT) -> RuleVersion:
    rule = Rule.objects.create(workspace=shop.workspace, code="r", name="三天没下单")
    document = {"when": {"all": [part]}, "exclude": None}
    return RuleVersion.objects.create(rule=rule, version=1, status="published", document=document, effects={"level": "medium"})


@pytest.fixture
def open_shop(shop: Shop) -> Shop:
    """Scored at its opening, with a rule about silence."""
    ScoreVersion.objects.all().delete()
    live(shop)
    workspace_score(workspace=shop.workspace, warehouse=shop.warehouse, as_of=OPENS, kind=ReviewKind.NIGHTLY)
    return shop


def due(shop: Shop, since: float, now: float) -> set[str]:
    found = customers_due(workspace=shop.workspace, warehouse=shop.warehouse, since=later(since), now=later(now))
    return set(Customer.objects.filter(pk__in=found).values_list("key", flat=True))


def sweep(shop: Shop, now: float) -> dict[str, object]:
    return workspace_sweep(workspace=shop.workspace, warehouse=shop.warehouse, now=later(now))


def state() -> list[object]:
    alerts = Alert.objects.order_by("customer__key").values_list("customer__key", "level", "status", "opened_at", "raised_by")
    hits = RuleHit.objects.order_by("customer__key").values_list("customer__key", "since", "until")
    return [list(alerts), list(hits), WorkItem.objects.count(), list(CustomerCard.objects.order_by("key").values_list("key", "score"))]


def test_only_who_crosses_the_threshold_in_between_is_due(open_shop: Shop) -> None:
    assert "steady" not in due(open_shop, 2.0, 2.4)
    assert "steady" in due(open_shop, 2.4, 2.6)
    assert "steady" not in due(open_shop, 2.6, 2.8)
    assert "gone" not in due(open_shop, 2.4, 2.6)


def test_days_since_something_are_counted_on_from_the_frame(open_shop: Shop) -> None:
    RuleVersion.objects.update(document={"when": {"all": [{"column": "order_since", "op": "gt", "value": 3}]}, "exclude": None})
    assert "steady" in due(open_shop, 2.4, 2.6)
    assert "steady" not in due(open_shop, 2.6, 2.8)


def test_who_crossed_is_scored_and_alerted_within_the_hour_and_nobody_else(open_shop: Shop) -> None:
    before = dict(CustomerCard.objects.values_list("key", "scored_at"))
    done = sweep(open_shop, 2.6)
    assert done["raised"] == 1
    assert done["until"] == later(2.6).isoformat()
    alert = Alert.objects.get(customer__key="steady")
    assert (alert.level, alert.opened_at, alert.raised_by) == ("medium", later(2.6), [Rule.objects.get().pk])
    after = dict(CustomerCard.objects.values_list("key", "scored_at"))
    assert after["gone"] == before["gone"]
    assert RuleHit.objects.get(customer__key="steady").since == later(2.6)


def test_sweeping_the_same_moment_again_changes_nothing(open_shop: Shop) -> None:
    sweep(open_shop, 2.6)
    once = state()
    sweep(open_shop, 2.6)
    assert state() == once


def test_a_sweep_that_was_killed_is_completed_by_the_next(open_shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(**_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("liuke.pipeline.scoring.customers_review", die)
        with pytest.raises(KeyboardInterrupt):
            sweep(open_shop, 2.6)
    assert not Alert.objects.filter(customer__key="steady").exists()
    sweep(open_shop, 2.6)
    assert Alert.objects.filter(customer__key="steady").count() == 1
    once = state()
    sweep(open_shop, 2.6)
    assert state() == once


def test_the_next_sweep_begins_where_the_last_one_that_was_done_ended(open_shop: Shop) -> None:
    done = {"status": Job.Status.DONE, "run_at": later(0), "finished_at": later(2.7), "changed_at": later(2.7)}
    Job.objects.create(workspace=open_shop.workspace, kind="sweep", key="s1", result={"until": later(2.7).isoformat()}, **done)
    assert sweep(open_shop, 2.9)["customers"] == 0
    Job.objects.update(status=Job.Status.FAILED)
    assert sweep(open_shop, 2.9)["raised"] == 1


def test_an_alert_whose_pause_ended_is_looked_at_again(open_shop: Shop) -> None:
    sweep(open_shop, 2.6)
    Alert.objects.filter(customer__key="steady").update(status=Alert.Status.SNOOZED, snoozed_until=later(3.5))
    assert "steady" in due(open_shop, 3.4, 3.6)
    assert "steady" not in due(open_shop, 3.6, 3.7)


def test_a_workspace_that_was_never_scored_is_left_alone(shop: Shop) -> None:
    live(shop)
    assert sweep(shop, 2.6) == {"customers": 0, "until": None}
    assert score_moments(shop.warehouse, shop.workspace.pk, as_of=later(9)) == []


def test_nothing_due_writes_no_scores(open_shop: Shop) -> None:
    ScoreRun.objects.exclude(as_of=OPENS).delete()
    Rule.objects.update(enabled=False)
    customers = due(open_shop, 0.0, 0.001)
    assert customers == set()
    sweep(open_shop, 0.001)
    assert score_moments(open_shop.warehouse, open_shop.workspace.pk, as_of=later(9)) == [to_us(OPENS)]


def test_one_sweep_an_hour_and_only_after_the_day_was_scored() -> None:
    workspace = make_workspace(time_zone="UTC")
    make_customer(workspace)
    simulated = make_workspace(time_zone="UTC", simulated_as_of=OPENS)
    noon = OPENS + timedelta(hours=12)
    assert sweeps_enqueue(now=noon) == 0
    for space in (workspace, simulated):
        version = ScoreVersion.objects.create(workspace=space, version=1, status="published", config={})
        moment = OPENS + timedelta(hours=6)
        ScoreRun.objects.create(workspace=space, as_of=moment, version=version, kind="nightly", started_at=moment, finished_at=moment)
    for minutes in (0, 5, 59, 60):
        sweeps_enqueue(now=noon + timedelta(minutes=minutes))
    assert Job.objects.filter(workspace=workspace, kind="sweep").count() == 2
    assert not Job.objects.filter(workspace=simulated).exists()
