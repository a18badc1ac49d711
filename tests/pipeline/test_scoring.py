"""One scoring, end to end: scores, cards, alerts, work items and figures of one moment."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta

import pytest

from liuke.act.store.models import WorkItem
from liuke.alert.domain.changes import ReviewKind
from liuke.alert.store.models import Alert
from liuke.base.times import to_us
from liuke.pipeline.scoring import customers_rescore, workspace_score
from liuke.score.store.models import ScoreRun
from liuke.segments.store.models import TagMembership
from liuke.show.store.models import CustomerCard, DayFigures, WeeklyReport
from liuke.signals.store.models import Rule, RuleHit, RuleVersion
from liuke.warehouse.frames import frame_moment
from liuke.warehouse.scores import score_history
from tests.facts.activities import activity
from tests.pipeline.conftest import OPENS, Shop

pytestmark = pytest.mark.django_db


def _score(shop: Shop, kind: ReviewKind = ReviewKind.NIGHTLY) -> None:
    workspace_score(workspace=shop.workspace, warehouse=shop.warehouse, as_of=OPENS, kind=kind)


def _state() -> tuple[list[dict[str, object]], ...]:
    volatile = {"id", "scored_at"}
    tables = (CustomerCard, Alert, WorkItem, DayFigures)
    return tuple([{k: v for k, v in row.items() if k not in volatile} for row in model.objects.order_by("pk").values()] for model in tables)


def test_the_fading_customer_is_more_dangerous_than_the_steady_one(shop: Shop) -> None:
    _score(shop)
    score = dict(CustomerCard.objects.values_list("key", "score"))
    assert score["fading"] >= 50 > score["steady"]


def test_SCR_01_base_and_points_of_every_line_add_up_to_the_stored_score(shop: Shop) -> None:
    _score(shop)
    for card in CustomerCard.objects.all():
        row = score_history(shop.warehouse, shop.workspace.pk, customer_id=card.customer_id, as_of=OPENS).to_pylist()[-1]
        assert row["base"] + sum(line["points"] for line in json.loads(row["reasons"])) == pytest.approx(row["score"], abs=1e-9)


def test_a_lost_customer_is_in_the_pool_and_raises_no_alert(shop: Shop) -> None:
    _score(shop)
    assert CustomerCard.objects.get(key="gone").status == "lost"
    assert not Alert.objects.filter(customer__key="gone").exists()


def test_ALT_13_an_alert_and_its_task_are_one_work_item_of_the_owner(shop: Shop) -> None:
    _score(shop)
    item = WorkItem.objects.get(alert__customer__key="fading")
    assert item.owner == shop.manager
    assert item.alert is not None
    assert item.alert.owner == shop.manager


def test_scoring_the_same_moment_again_changes_nothing(shop: Shop) -> None:
    _score(shop)
    before = _state()
    _score(shop)
    assert _state() == before
    assert ScoreRun.objects.count() == 1


def test_a_scoring_that_was_broken_off_before_the_alerts_is_completed_by_the_next(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(**_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("liuke.pipeline.scoring.customers_review", die)
        with pytest.raises(KeyboardInterrupt):
            _score(shop)
    assert ScoreRun.objects.get().finished_at is None
    _score(shop)
    assert Alert.objects.filter(customer__key="fading").count() == 1
    assert ScoreRun.objects.get().finished_at is not None


def test_nothing_that_happens_after_the_moment_is_used(shop: Shop) -> None:
    _score(shop)
    before = dict(CustomerCard.objects.values_list("key", "score"))
    shop.write("later", [shop.order("fading", -number, 9_000) for number in range(1, 20)])
    _score(shop)
    assert dict(CustomerCard.objects.values_list("key", "score")) == before


def test_SCR_10_a_customer_who_never_ordered_is_lost_once_known_for_longer_than_the_definition(shop: Shop) -> None:
    asked = {"old": to_us(OPENS - timedelta(days=400)), "new": to_us(OPENS - timedelta(days=20))}
    shop.write("enquiries", [activity(f"ask-{name}", customer=name, kind="message.in", ts=ts) for name, ts in asked.items()])
    _score(shop)
    assert dict(CustomerCard.objects.filter(key__in=["old", "new"]).values_list("key", "status")) == {"old": "lost", "new": "active"}


def _rule(shop: Shop, *, status: str = "published", **effects: object) -> RuleVersion:
    rule = Rule.objects.create(workspace=shop.workspace, code="r", name="大客户停单")
    document = {"when": {"column": "order_since", "op": "ge", "value": 90}, "exclude": {"column": "is_lost", "op": "is_true"}}
    return RuleVersion.objects.create(rule=rule, version=1, status=status, document=document, effects=effects)


def test_RUL_01_a_published_rule_lifts_the_alert_and_is_named_among_its_reasons(shop: Shop) -> None:
    version = _rule(shop, level="high")
    _score(shop)
    alert = Alert.objects.get(customer__key="fading")
    assert alert.level == "high"
    assert alert.reasons[0]["signal"] == f"rule:{version.rule_id}"
    assert list(RuleHit.objects.values_list("customer__key", "until")) == [("fading", None)]


def test_a_rule_on_trial_is_logged_and_does_nothing(shop: Shop) -> None:
    _rule(shop, status="trial", level="high")
    _score(shop)
    assert RuleHit.objects.get().customer.key == "fading"
    assert not any("rule:" in reason["signal"] for reason in Alert.objects.get(customer__key="fading").reasons)


def test_a_scoring_keeps_the_frame_and_who_bears_which_tag(shop: Shop) -> None:
    """SEG-01: tags follow the data."""
    _score(shop)
    assert frame_moment(shop.warehouse, shop.workspace.pk) == OPENS
    silent = TagMembership.objects.filter(tag__code="dormant", until__isnull=True).values_list("customer__key", flat=True)
    assert set(silent) == {"fading", "gone"}


def test_a_few_customers_are_scored_later_as_a_run_over_all_would(shop: Shop) -> None:
    _score(shop)
    later = OPENS + timedelta(hours=6)
    ids = {card.key: card.customer_id for card in CustomerCard.objects.all()}
    done = customers_rescore(workspace=shop.workspace, warehouse=shop.warehouse, as_of=later, customer_ids=[ids["fading"]])
    assert done is not None
    assert done.customers == 1
    slice_row = score_history(shop.warehouse, shop.workspace.pk, customer_id=ids["fading"], as_of=later).to_pylist()[-1]
    assert score_history(shop.warehouse, shop.workspace.pk, customer_id=ids["steady"], as_of=later).num_rows == 1
    workspace_score(workspace=shop.workspace, warehouse=shop.warehouse, as_of=later, kind=ReviewKind.NIGHTLY)
    full_row = score_history(shop.warehouse, shop.workspace.pk, customer_id=ids["fading"], as_of=later).to_pylist()[-1]
    assert slice_row == full_row


def test_a_few_customers_cannot_be_scored_before_everybody_was(shop: Shop) -> None:
    assert customers_rescore(workspace=shop.workspace, warehouse=shop.warehouse, as_of=OPENS, customer_ids=[1]) is None


def test_RPT_01_the_first_night_of_a_week_makes_its_report_and_the_next_ones_leave_it(shop: Shop) -> None:
    _score(shop)
    made = WeeklyReport.objects.get(slice="")
    assert (made.week, made.report["levels"], made.made_at) == (OPENS.date(), _levels(), OPENS)
    for days in (1, 6):
        workspace_score(workspace=shop.workspace, warehouse=shop.warehouse, as_of=OPENS + timedelta(days=days), kind=ReviewKind.NIGHTLY)
    assert WeeklyReport.objects.get(slice="").made_at == OPENS
    workspace_score(workspace=shop.workspace, warehouse=shop.warehouse, as_of=OPENS + timedelta(days=7), kind=ReviewKind.NIGHTLY)
    assert list(WeeklyReport.objects.filter(slice="").order_by("week").values_list("week", flat=True)) == [
        OPENS.date(),
        OPENS.date() + timedelta(days=7),
    ]
    assert WeeklyReport.objects.get(slice="", week=OPENS.date() + timedelta(days=7)).report["levels_before"] == made.report["levels"]


def _levels() -> dict[str, int]:
    counted = Counter(CustomerCard.objects.filter(status="active").values_list("level", flat=True))
    return {level: counted[level] for level in ("normal", "early", "medium", "high")}


@pytest.mark.parametrize("kind", [ReviewKind.FIRST, ReviewKind.REPLAY])
def test_history_and_the_first_scoring_report_no_week(shop: Shop, kind: ReviewKind) -> None:
    _score(shop, kind)
    assert not WeeklyReport.objects.exists()
