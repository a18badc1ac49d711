"""The promise page and the model card through the API."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from django.http import HttpResponse

from liuke.accounts.store.models import AuditEntry, Workspace
from liuke.base.times import DAY_US, to_us
from liuke.facts.store.models import Customer
from liuke.jobs.store.models import Job
from liuke.learn.domain.predicted import predicted_bytes, predicted_table
from liuke.learn.domain.promise import Predictions
from liuke.score.store.models import ModelSetting, ModelVersion
from tests.learn.promise_worlds import START_US, world
from tests.show.world import NOW, World

pytestmark = pytest.mark.django_db
TARGET = 0.8


def table_of(rows: Predictions, shift_us: int, first: int) -> bytes:
    """Predictions as they are stored, of customers numbered from `first`."""
    return predicted_bytes(
        predicted_table(
            {
                "customer_id": rows.customer - rows.customer.min() + first,
                "origin_us": rows.origin_us + shift_us, "logit": rows.logit, "expected": rows.logit,
                "lost": rows.lost, "lost_at_us": np.where(rows.lost, rows.lost_at_us + shift_us, -1), "annual_value": rows.annual_value,
                "tier": rows.groups["tier"], "treated": rows.treated,
            }
        )
    )  # fmt: skip


@pytest.fixture
def live(world: World) -> ModelVersion:
    """A live model, judged at four moments of a steady past whose newest outcomes are known now."""
    return make_live(world.workspace, [0.0] * 8, first=world.customer.pk)


def make_live(workspace: Workspace, shifts: list[float], centre: float = 0.0, width: float = 1.6, first: int = 0) -> ModelVersion:
    """A live model of a made-up past."""
    rows = world(shifts, customers=2_000, centre=centre, width=width)
    shift = to_us(NOW) - (START_US + (30 * len(shifts) + 60) * DAY_US)
    return ModelVersion.objects.create(
        workspace=workspace, number=3, stage="model", status="live", created_at=NOW - timedelta(days=9), published_at=NOW,
        definition={"kind": "inactivity", "horizon_days": 90, "active_days": 180, "kinds": ["order.placed"]},
        predictions=table_of(rows, shift, first), anchors={"promise": 5.0, "watch": 0.1},
        card={
            "rows": len(rows), "customers": 2000, "lost": 900, "stayed": 1100, "slope": 1.01, "members": {"shallow": 1.0},
            "origins": [{"day": "2025-01-01", "rate": 0.5, "n": 2000}], "importance": {"order_since": 0.4}, "leaks": [],
            "comparison": [
                {"name": "stack", "ece": 0.02, **{key: {"value": 0.8, "low": 0.7, "high": 0.9, "n": 9} for key in ("auc", "ap", "top")}}
            ],
        },
    )  # fmt: skip


def test_without_a_model_the_page_says_what_is_missing(world: World) -> None:
    ModelVersion.objects.filter(workspace=world.workspace).delete()
    found = world.get("analyst", "/promise")
    assert found["report"] is None
    assert found["missing"].startswith("还没有训练过模型")
    ModelVersion.objects.create(workspace=world.workspace, number=1, status="candidate", definition={}, created_at=NOW)
    assert "还没有发布" in world.get("analyst", "/promise")["missing"]


def test_the_measured_precision_stands_beside_its_interval_and_base_rate(world: World, live: ModelVersion) -> None:
    """ALT-09."""
    report = world.get("analyst", "/promise", target=TARGET)["report"]
    chosen = report["chosen"]
    assert (chosen["verdict"], chosen["target"], report["version"], report["live"]) == ("holds", TARGET, live.number, True)
    precision, base = chosen["precision"], chosen["base_rate"]
    assert precision["low"] <= precision["value"] <= precision["high"]
    assert precision["value"] == pytest.approx(chosen["hits"] / chosen["alerts"])
    assert precision["value"] / base["value"] == pytest.approx(chosen["lift"]["value"])
    assert chosen["wilson_low"] < precision["value"] < chosen["wilson_high"]
    assert sum(share["alerts"] for share in report["by_month"]) == chosen["alerts"]
    assert {share["name"] for share in report["by_tier"]} == {"high", "low"}
    assert [option["target"] for option in report["options"]] == [0.7, 0.75, 0.8, 0.85, 0.9, 0.95]
    assert (report["rule"], report["treated"]) == ("mean", 0)
    assert 0 < chosen["lead_days"]["value"] <= 90
    assert any("基准流失率" in line for line in report["meaning"])


def test_what_is_out_of_reach_is_refused_in_plain_words(world: World) -> None:
    make_live(world.workspace, [0.0] * 8, centre=-3.0, width=0.4)
    chosen = world.get("analyst", "/promise", target=0.9)["report"]["chosen"]
    assert (chosen["verdict"], chosen["threshold"]) == ("unreachable", None)
    assert chosen["reason"].startswith("以现有数据达不到")
    answer = world.client("operations").post(world.url("/promise"), {"target": 0.9}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (409, "promise_unreachable")
    assert not ModelSetting.objects.filter(workspace=world.workspace).exists()


def test_publishing_saves_the_target_moves_the_anchor_and_scores_everybody(world: World, live: ModelVersion) -> None:
    before = world.get("operations", "/promise", target=TARGET)["report"]
    assert before["before"]["per_week"] < before["after"]["per_week"]
    assert (before["saved_target"], before["may_publish"]) == (0.85, True)
    answer = world.client("operations").post(world.url("/promise"), {"target": TARGET}, content_type="application/json")
    assert answer.status_code == 200
    assert Job.objects.get(pk=answer.json()["id"]).kind == "score"
    live.refresh_from_db()
    assert live.anchors == {"watch": 0.1, "promise": before["chosen"]["threshold"], "target": TARGET}
    after = world.get("operations", "/promise")["report"]
    assert (after["saved_target"], after["chosen"]["target"]) == (TARGET, TARGET)
    assert after["before"] == after["after"] == before["after"]
    entry = AuditEntry.objects.get(workspace=world.workspace, action="promise_publish")
    assert entry.detail == {"target": TARGET, "before": 5.0, "after": before["chosen"]["threshold"]}


def test_those_who_may_not_publish_are_told_so(world: World, live: ModelVersion) -> None:
    assert world.get("analyst", "/promise")["report"]["may_publish"] is False
    answer = world.client("analyst").post(world.url("/promise"), {"target": TARGET}, content_type="application/json")
    assert answer.status_code == 403
    live.refresh_from_db()
    assert live.anchors["promise"] == 5.0


@pytest.mark.parametrize("target", ["0.69", "0.96", "1e9", "x"])
def test_a_target_outside_seventy_to_ninety_five_is_refused(world: World, target: str) -> None:
    answer = world.client("analyst").get(world.url("/promise"), {"target": target})
    assert answer.status_code == 422


def test_another_version_can_be_looked_at_but_not_published(world: World, live: ModelVersion) -> None:
    ModelVersion.objects.create(
        workspace=world.workspace, number=4, status="candidate", definition=live.definition, created_at=NOW, predictions=live.predictions
    )
    report = world.get("operations", "/promise", version=4)["report"]
    assert (report["version"], report["live"], report["may_publish"]) == (4, False, False)
    assert world.get("operations", "/promise", version=9)["report"] is None


def test_teams_are_told_apart(world: World, live: ModelVersion) -> None:
    """The made-up past is of the world's own customer and of others, who have no team."""
    first = world.customer.pk
    team = world.members["manager"].team
    assert team is not None
    shares = {share["name"]: share for share in world.get("analyst", "/promise")["report"]["by_team"]}
    members = Customer.objects.filter(workspace=world.workspace, owner__team=team, pk__range=(first, first + 1_999)).count()
    assert shares[team.name]["eligible"] == 4 * members > 0
    assert shares[""]["eligible"] > 4 * 1_900


def test_the_card_reads_in_the_readers_language(world: World, live: ModelVersion) -> None:
    card = world.get("analyst", "/models/3/card")
    assert card["title"] == "模型卡 · v3"
    sections = {section["code"]: section for section in card["sections"]}
    assert sections["data"]["rows"] == [["2025-01-01", "2,000", "50.0%"]]
    assert sections["quality"]["rows"][0][:2] == ["组合模型", "0.8 (0.7–0.9)"]
    assert len(sections["promise"]["rows"]) == 6
    assert sections["leaks"]["rows"] == []


@pytest.mark.parametrize(
    ("form", "kind", "starts"),
    [("markdown", "text/markdown", "# Model card"), ("html", "text/html", "<!doctype html>")],
)
def test_the_card_is_a_file_to_pass_on(world: World, live: ModelVersion, form: str, kind: str, starts: str) -> None:
    answer = world.client("analyst").get(world.url("/models/3/card/file"), {"form": form, "language": "en"})
    assert isinstance(answer, HttpResponse)
    assert (answer.status_code, answer["Content-Type"]) == (200, f"{kind}; charset=utf-8")
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert answer.content.decode().startswith(starts)
    assert AuditEntry.objects.filter(workspace=world.workspace, action="exported", object_type="model_card").count() == 1


def test_a_version_in_training_has_no_card(world: World) -> None:
    ModelVersion.objects.create(workspace=world.workspace, number=5, status="training", definition={}, created_at=NOW)
    answer = world.client("analyst").get(world.url("/models/5/card"))
    assert (answer.status_code, answer.json()["code"]) == (404, "model_gone")
