"""The promise and the model card on the command line."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from liuke.accounts.store.models import Workspace
from liuke.cli import promise
from liuke.cli.main import app
from liuke.score.store.models import ModelVersion
from tests.factories import make_workspace
from tests.show.test_promise import make_live
from tests.show.world import NOW

pytestmark = pytest.mark.django_db
runner = CliRunner(env={"LIUKE_LANGUAGE": "en"})


@pytest.fixture
def workspace(monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace with a live model; scoring is another test's business."""
    monkeypatch.setattr(promise, "_score", lambda _workspace, quiet: None)
    made = make_workspace(slug="shop", simulated_as_of=NOW)
    make_live(made, [0.0] * 8)
    return made


@pytest.mark.usefixtures("workspace")
def test_every_target_is_told_with_its_verdict_and_base_rate() -> None:
    result = runner.invoke(app, ["model", "promise", "--target", "0.8", "--json"])
    assert result.exit_code == 0, result.output
    options = {one["target"]: one for one in json.loads(result.stdout)["options"]}
    assert options[0.8]["verdict"] == "holds"
    assert options[0.8]["precision_low"] <= options[0.8]["precision"] <= options[0.8]["precision_high"]
    assert options[0.8]["base_rate"] == pytest.approx(0.5, abs=0.05)
    told = runner.invoke(app, ["model", "promise"]).stdout
    assert "95.0%" in told


def test_a_target_is_published_only_where_it_holds(workspace: Workspace) -> None:
    refused = runner.invoke(app, ["model", "promise", "--target", "0.99", "--publish"])
    assert refused.exit_code != 0
    result = runner.invoke(app, ["model", "promise", "--target", "0.8", "--publish", "--json"])
    assert result.exit_code == 0, result.output
    assert ModelVersion.objects.get(workspace=workspace).anchors["target"] == 0.8


@pytest.mark.usefixtures("workspace")
@pytest.mark.parametrize(("form", "starts"), [("markdown", "# Model card · v3"), ("html", "<!doctype html>")])
def test_the_card_is_printed(form: str, starts: str) -> None:
    result = runner.invoke(app, ["model", "card", "3", "--form", form])
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith(starts)
    assert runner.invoke(app, ["model", "card", "9"]).exit_code != 0


def test_without_a_model_it_says_so() -> None:
    make_workspace(slug="empty", simulated_as_of=datetime(2026, 1, 1, tzinfo=UTC))
    result = runner.invoke(app, ["model", "promise"])
    assert result.exit_code != 0
    assert "no model" in result.output
