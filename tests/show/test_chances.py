"""BEY-10: probability, time and money on a customer's page; similar cases there and in the alert; why not, where there is no model."""

from __future__ import annotations

import json

import pyarrow as pa
import pytest

from liuke.base.times import to_us
from liuke.learn.domain.predicted import predicted_bytes
from liuke.score.store.models import ModelVersion
from liuke.show.queries.kept import forget
from liuke.warehouse.domain.schema import SCORE_IN
from liuke.warehouse.scores import scores_write
from tests.score.live import predictions
from tests.score.test_model_service import published
from tests.show.world import NOW, World

pytestmark = pytest.mark.django_db
PAGE = "/customers/{customer}/chances"
CURVE = [[0, 0.4], [30, 0.5], [60, 0.58], [90, 0.64]]
LINES = [
    {
        "signal": "SIG-20", "family": "consumption", "points": 30, "key": "reasons.SIG-20",
        "params": {"drop": 0.62, "usual": 8200, "now": 3100},
        "parts": [{"name": "order_since", "points": 22, "value": 41}, {"name": "signal.SIG-20", "points": 8, "value": 0.8}],
    },
    {
        "signal": "model:interaction", "family": "interaction", "points": -4, "key": "model.fell.interaction_n_30",
        "params": {"now": 3, "usual": 8, "by": 0.62}, "parts": [{"name": "interaction_n_30", "points": -4, "value": 3}],
    },
]  # fmt: skip


def modelled(world: World, **changes: object) -> None:
    """The customer's score of the clock's moment as a live model made it."""
    ModelVersion.objects.filter(workspace=world.workspace).delete()
    published(world.workspace, predictions=predicted_bytes(predictions()))
    row = {
        "customer_id": world.customer.pk, "as_of_us": to_us(NOW), "score": 66.0, "base": 40.0, "level": "early",
        "reasons": json.dumps(LINES), "confidence": 0.9, "version": 1, "probability": 0.4, "churn_curve": json.dumps(CURVE),
        "at_stake": 5000.0, "money_at_risk": 2000.0,
        "model": 3,
    } | changes  # fmt: skip
    table = pa.Table.from_pylist([row], schema=SCORE_IN)
    scores_write(world.warehouse, world.workspace.pk, as_of_us=to_us(NOW), scored=table, version=1)
    forget()


def test_the_page_gets_probability_curve_and_money_of_the_model_that_made_the_score(world: World) -> None:
    modelled(world)
    found = world.get("manager", PAGE)
    assert (found["mode"], found["model"], found["horizon_days"], found["why_not"]) == ("model", 3, 90, "")
    assert (found["probability"], found["at_stake"], found["money_at_risk"]) == (0.4, 5000.0, 2000.0)
    assert [(one["day"], one["chance"]) for one in found["by"]] == [(30, 0.5), (60, 0.58), (90, 0.64)]
    assert [[one["day"], one["chance"]] for one in found["curve"]] == CURVE
    assert found["from_today"]


def test_similar_cases_stand_beside_with_interval_and_base_rate(world: World) -> None:
    modelled(world)
    similar = world.get("manager", PAGE)["similar"]
    assert similar["of"] == 200
    assert similar["low"] < similar["share"] == similar["lost"] / similar["of"] < similar["high"]
    assert similar["share"] != similar["base_rate"]
    assert similar["text"] == world.get("manager", "/alerts/{alert}")["similar"]
    assert f"{similar['of']} 家" in similar["text"]


def test_days_beyond_what_the_past_tells_are_left_out(world: World) -> None:
    modelled(world, churn_curve=json.dumps([[0, 0.0], [10, 0.1], [20, 0.2], [30, 0.4]]))
    found = world.get("manager", PAGE)
    assert [one["day"] for one in found["by"]] == [30]
    assert not found["from_today"]
    modelled(world, churn_curve=None)
    assert world.get("manager", PAGE)["by"] == []


def test_without_a_model_the_page_says_why_there_is_no_probability(world: World) -> None:
    ModelVersion.objects.filter(workspace=world.workspace).delete()
    found = world.get("manager", PAGE)
    assert (found["mode"], found["probability"], found["similar"], found["curve"]) == ("rules", None, None, [])
    assert "规则模式" in found["why_not"]
    published(world.workspace, stage="calibrated")
    assert "校准模式" in world.get("manager", PAGE)["why_not"]


def test_between_publishing_and_the_next_scoring_the_page_says_so(world: World) -> None:
    ModelVersion.objects.filter(workspace=world.workspace).delete()
    published(world.workspace)
    assert "下一次评分" in world.get("manager", PAGE)["why_not"]


def test_the_lines_of_a_model_unfold_into_parts_that_add_up(world: World) -> None:
    modelled(world)
    score = world.get("manager", "/customers/{customer}")["score"]
    assert score["base"] + sum(line["points"] for line in score["reasons"]) == score["score"]
    first, second = score["reasons"]
    assert sum(part["points"] for part in first["parts"]) == first["points"]
    assert first["parts"][0]["text"] == "距上次下单 41 天"
    assert first["parts"][1]["text"].endswith("（80%）")
    assert (first["has_evidence"], second["has_evidence"]) == (True, False)
    assert second["text"] == "近30天互动下降62%（平时每月 8 次，现 3 次）"


def test_the_score_page_tells_what_makes_the_scores(world: World) -> None:
    modelled(world)
    found = world.get("admin", "/scoring")
    assert (found["mode"], found["model"]) == ("model", 3)


def test_a_strangers_customer_does_not_exist(world: World) -> None:
    assert world.client("other_manager").get(world.url(PAGE)).status_code == 404
