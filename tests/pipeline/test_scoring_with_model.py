"""ML-04, BEY-10: a workspace whose scores a learned model makes, through alerts, cards and lists."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from liuke.alert.domain.changes import ReviewKind
from liuke.alert.store.models import Alert
from liuke.base.times import to_us
from liuke.pipeline.scoring import customers_rescore, workspace_score
from liuke.show.store.models import CustomerCard
from liuke.warehouse.scores import score_history
from tests.pipeline.conftest import OPENS, Shop
from tests.score.test_model_service import published

pytestmark = pytest.mark.django_db
COLUMNS = ("probability", "churn_curve", "at_stake", "money_at_risk", "model")


def _stored(shop: Shop, key: str) -> dict[str, object]:
    customer = CustomerCard.objects.get(key=key).customer_id
    return score_history(shop.warehouse, shop.workspace.pk, customer_id=customer, as_of=OPENS + timedelta(days=9)).to_pylist()[-1]


def _scored(shop: Shop, kind: ReviewKind = ReviewKind.NIGHTLY) -> None:
    workspace_score(workspace=shop.workspace, warehouse=shop.warehouse, as_of=OPENS, kind=kind)


def test_scores_keep_the_models_word_and_lists_and_alerts_go_by_its_money(shop: Shop) -> None:
    published(shop.workspace)
    _scored(shop)
    row = _stored(shop, "fading")
    assert row["model"] == 3
    assert row["base"] + sum(line["points"] for line in json.loads(str(row["reasons"]))) == row["score"]
    card = CustomerCard.objects.get(key="fading")
    assert card.expected_loss == row["money_at_risk"] > 0
    assert card.score == row["score"]
    alert = Alert.objects.get(customer__key="fading")
    assert float(alert.expected_loss) == row["money_at_risk"]
    assert all("parts" not in line for line in card.reasons)
    assert any("parts" in line for line in alert.reasons)


def test_without_a_live_model_the_columns_are_empty(shop: Shop) -> None:
    published(shop.workspace, status="retired")
    _scored(shop)
    assert [_stored(shop, "fading")[name] for name in COLUMNS] == [None] * 5


def test_a_replay_of_the_past_is_not_scored_by_a_model_that_learned_from_it(shop: Shop) -> None:
    published(shop.workspace)
    _scored(shop, ReviewKind.REPLAY)
    assert _stored(shop, "fading")["model"] is None


def test_a_few_customers_get_the_scores_that_a_run_over_all_gives(shop: Shop) -> None:
    published(shop.workspace)
    _scored(shop)
    shop.write("late", [shop.order("fading", -1.5, 900.0)])
    later = OPENS + timedelta(days=2)
    ids = dict(CustomerCard.objects.values_list("key", "customer_id"))
    few = customers_rescore(workspace=shop.workspace, warehouse=shop.warehouse, as_of=later, customer_ids=[ids["fading"]])
    assert few is not None
    alone = _stored(shop, "fading")
    workspace_score(workspace=shop.workspace, warehouse=shop.warehouse, as_of=later, kind=ReviewKind.NIGHTLY)
    assert alone["as_of_us"] == to_us(later)
    assert {name: alone[name] for name in ("score", "reasons", *COLUMNS)} == {
        name: _stored(shop, "fading")[name] for name in ("score", "reasons", *COLUMNS)
    }
