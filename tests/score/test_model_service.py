"""The model of a workspace as it was published: read, kept in memory, changed by new anchors."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from liuke.accounts.store.models import Workspace
from liuke.base.times import utc_now
from liuke.features.domain.label import LabelDefinition, LabelKind
from liuke.learn.domain.predicted import predicted_bytes
from liuke.score.domain.templates import default
from liuke.score.service import model
from liuke.score.service.asked import asked_for, asked_of
from liuke.score.store.models import ModelVersion
from tests.factories import make_workspace
from tests.score.live import AS_OF, fitted, live, predictions, table_at

pytestmark = pytest.mark.django_db


def published(workspace: Workspace, **changes: object) -> ModelVersion:
    """A live version of stage 模型."""
    fields = {
        "workspace": workspace,
        "number": 3,
        "stage": ModelVersion.Stage.MODEL,
        "status": ModelVersion.Status.LIVE,
        "definition": LabelDefinition(horizon_days=90).to_plain(),
        "artefact": fitted().to_bytes(),
        "anchors": {"watch": -0.4, "promise": 1.6},
        "calibration": live().calibration.to_plain(),
        "predictions": predicted_bytes(predictions()),
        "created_at": utc_now(),
    } | changes
    return ModelVersion.objects.create(**fields)


def test_ML_04_the_live_model_says_what_was_learned_bit_for_bit() -> None:
    workspace = make_workspace()
    published(workspace)
    found = model.model_live(workspace)
    assert found is not None
    assert (found.number, found.horizon_days, found.anchors) == (3, 90, live().anchors)
    mine, learned = (one.modelled(table_at(), AS_OF.date())[0] for one in (found, live()))
    assert (mine.parts == learned.parts).all()
    assert (mine.probability == learned.probability).all()


def test_the_curve_is_learned_from_the_predictions_and_agrees_with_them() -> None:
    workspace, told = make_workspace(), predictions(1500)
    published(workspace, predictions=predicted_bytes(told))
    found = model.model_live(workspace)
    assert found is not None
    assert found.curve is not None
    assert found.curve.from_today
    first = told.filter(np.asarray(told["origin_us"]) == min(told["origin_us"].to_pylist()))
    logit, lost = (np.asarray(first[name]) for name in ("logit", "lost"))
    curve = found.curve.by_then(expit(logit + 0.3), logit)
    assert curve[:, 0].mean() == pytest.approx(lost.mean(), abs=0.05)
    later = told.filter(np.asarray(told["origin_us"]) == max(told["origin_us"].to_pylist()))
    assert curve[:, -1].mean() == pytest.approx(np.asarray(later["lost"]).mean(), abs=0.05)


def test_an_event_within_the_horizon_has_a_curve_that_ends_there() -> None:
    definition = LabelDefinition(kind=LabelKind.EVENT, horizon_days=90)
    found = model.curve_of(predictions(), definition)
    assert found is not None
    assert (found.days, found.from_today) == ((30, 60, 90), False)


@pytest.mark.parametrize(
    "changes",
    [{"status": ModelVersion.Status.SHADOW}, {"stage": ModelVersion.Stage.CALIBRATED}, {"artefact": None}, {"calibration": {}}],
)
def test_only_a_live_version_of_stage_model_with_something_learned_scores(changes: dict[str, object]) -> None:
    workspace = make_workspace()
    published(workspace, **changes)
    assert model.model_live(workspace) is None


def test_new_anchors_make_another_model_and_old_ones_are_read_once() -> None:
    workspace = make_workspace()
    version = published(workspace)
    first, again = model.model_live(workspace), model.model_live(workspace)
    assert first is again
    version.anchors = {"watch": -0.4, "promise": 2.6}
    version.save()
    changed = model.model_live(workspace)
    assert changed is not None
    assert changed.anchors.promise == 2.6


def test_an_older_version_is_found_by_its_number_and_a_strangers_is_not() -> None:
    workspace = make_workspace()
    published(workspace, status=ModelVersion.Status.RETIRED)
    found = model.model_numbered(workspace, 3)
    assert found is not None
    assert found.number == 3
    assert model.model_numbered(workspace, 4) is None
    assert model.model_numbered(workspace, None) is None
    assert model.model_numbered(make_workspace(), 3) is None


def test_the_present_is_scored_by_the_model_and_the_past_is_not() -> None:
    workspace = make_workspace()
    published(workspace)
    assert asked_of(workspace, default()).model is not None
    assert asked_for(workspace, default()).model is None
    assert asked_for(workspace, default(), with_model=True).model is not None
