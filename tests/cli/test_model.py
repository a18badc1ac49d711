"""Models on the command line: listed, published, rolled back, and refused with a sentence."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from liuke.accounts.store.models import AuditEntry, Workspace
from liuke.cli import model
from liuke.cli.main import app
from liuke.score.store.models import ModelVersion
from tests.factories import make_workspace
from tests.show.world_models import make_models

pytestmark = pytest.mark.django_db
runner = CliRunner(env={"LIUKE_LANGUAGE": "en"})
NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def workspace(monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace with a retired version and a candidate; scoring is another test's business."""
    monkeypatch.setattr(model, "_score", lambda _workspace, quiet: None)
    made = make_workspace(slug="shop", simulated_as_of=NOW)
    make_models(made, NOW)
    return made


def run(*arguments: str, code: int = 0) -> dict[str, object]:
    """The JSON answer of `liuke model …`."""
    result = runner.invoke(app, ["model", *arguments, "--json"])
    assert result.exit_code == code, result.output
    answer: dict[str, object] = json.loads(result.stdout)
    return answer


def statuses(workspace: Workspace) -> dict[int, str]:
    """By number."""
    return dict(ModelVersion.objects.filter(workspace=workspace).values_list("number", "status"))


@pytest.mark.usefixtures("workspace")
def test_versions_are_listed_with_recency_and_the_base_rate_beside_their_figure() -> None:
    versions = run("list")["versions"]
    assert isinstance(versions, list)
    assert [(row["number"], row["status"]) for row in versions] == [(2, "candidate"), (1, "retired")]
    assert (versions[0]["auc"]["value"], versions[0]["base_rate"]) == (0.78, 0.5)
    told = runner.invoke(app, ["model", "list"]).stdout
    assert "v2" in told
    assert "0.780" in told


def test_a_model_is_published_early_rolled_back_and_retired(workspace: Workspace) -> None:
    refused = runner.invoke(app, ["model", "publish", "2"])
    assert refused.exit_code != 0
    assert statuses(workspace)[2] == "candidate"
    run("publish", "2", "--early")
    assert statuses(workspace) == {1: "retired", 2: "live"}
    run("rollback")
    assert statuses(workspace) == {1: "live", 2: "retired"}
    run("retire", "1")
    assert statuses(workspace) == {1: "retired", 2: "retired"}
    assert AuditEntry.objects.filter(action__startswith="model_").count() == 3


def test_training_without_a_history_fails_with_its_reason(workspace: Workspace) -> None:
    result = runner.invoke(app, ["model", "train", "--json"])
    assert result.exit_code != 0
    assert "history" in result.output
    assert ModelVersion.objects.filter(workspace=workspace, number=3, job__isnull=True).exists()
