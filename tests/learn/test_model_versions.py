"""Versions of the model: trained by a job, in shadow, published, rolled back, retired; weights approved (ML-04)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import AuditEntry, Workspace
from liuke.align.domain.batch import AlignedBatch, CustomerRow
from liuke.base.errors import Conflict, Forbidden, Invalid, NotFound
from liuke.base.times import to_us, utc_now
from liuke.facts.service import batch_write
from liuke.facts.store.models import Customer
from liuke.features.domain.label import LabelDefinition, LabelKind
from liuke.jobs.domain.contract import PlainContext
from liuke.jobs.store.models import Job
from liuke.learn.domain.predicted import predicted_read
from liuke.learn.service import model_run as running
from liuke.learn.service import model_versions as use
from liuke.learn.service.model_run import model_run
from liuke.learn.service.model_settings import definition_of, definition_save, label_preview, setting_of
from liuke.learn.service.model_watch import model_watch, watch_enqueue
from liuke.learn.service.training import Order
from liuke.score.model import Recipe
from liuke.score.service.model import model_live
from liuke.score.store.models import ModelVersion, ShadowScore
from liuke.score.store.versions import template_of, version_draft
from liuke.warehouse.local import LocalWarehouse
from liuke.warehouse.scores import scores_write
from tests.factories import actor_of, make_member, make_workspace
from tests.facts.activities import activity, table
from tests.show.world_models import CARD

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, tzinfo=UTC)
CUSTOMERS = 240


@dataclass(frozen=True, slots=True)
class Shop:
    """A year and a half of orders: some customers buy on, some stop."""

    workspace: Workspace
    warehouse: LocalWarehouse
    actor: Actor


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """Everybody orders every month at first; each of them may stop, and those who slow down before are likelier to."""
    workspace = make_workspace(simulated_as_of=NOW, time_zone="UTC", churn={"kinds": ["order.placed"], "days": 90}, industry="retail")
    random = np.random.default_rng(5)
    rows, names = [], [f"C{who:03}" for who in range(CUSTOMERS)]
    for name in names:
        ago, gap, number = 540 - 60 * random.random(), 20 + 40 * random.random(), 0
        while ago > 0 and random.random() > gap / 900:
            at = to_us(NOW) - int(ago * 86_400_000_000)
            rows.append(activity(f"{name}:{number}", customer=name, kind="order.placed", ts=at, value=100 + 50 * random.random()))
            ago, gap, number = ago - gap * (0.6 + 0.8 * random.random()), gap * (1.0 + 0.1 * random.random()), number + 1
    warehouse = LocalWarehouse(tmp_path / "warehouse")
    batch_write(
        workspace=workspace,
        batch=AlignedBatch("b", [table(rows)], [CustomerRow(key=name, name=name) for name in names]),
        warehouse=warehouse,
    )
    yield Shop(workspace, warehouse, actor_of(make_member(workspace, Role.OPERATIONS)))
    warehouse.close()


def version(workspace: Workspace, number: int, status: str = "candidate", **fields: object) -> ModelVersion:
    """A row without anything learned."""
    plain = {"stage": "model", "definition": LabelDefinition().to_plain(), "created_at": utc_now(), "card": CARD}
    return ModelVersion.objects.create(workspace=workspace, number=number, status=status, **{**plain, **fields})


def test_ML_04_a_training_is_run_by_its_job_kept_published_and_scores(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "Order", partial(Order, recipe=Recipe(members=("linear",), threads=1)))
    definition_save(actor=shop.actor, workspace=shop.workspace, definition={"horizon_days": 60, "active_days": 90}, target=0.8)
    made = use.model_train(actor=shop.actor, workspace=shop.workspace)
    with pytest.raises(Conflict):
        use.model_train(actor=shop.actor, workspace=shop.workspace)
    context = PlainContext(workspace_id=shop.workspace.pk, payload={"version": made.pk})
    model_run(workspace=shop.workspace, warehouse=shop.warehouse, context=context)
    made.refresh_from_db()
    assert made.status in {"candidate", "refused"}
    assert made.stage in {"calibrated", "model"}
    assert made.definition["horizon_days"] == 60
    assert [share for share, _, _ in context.steps] == sorted(share for share, _, _ in context.steps)
    predictions = predicted_read(bytes(made.predictions or b""))
    assert predictions.num_rows == made.card["comparison"][0]["auc"]["n"] > 0
    assert {row["name"] for row in made.card["comparison"]} == {"stack", "logistic", "tree", "forest", "score", "recency"}
    assert made.card["reference"].keys() >= {"order_since"}
    with pytest.raises(NotFound):
        model_run(workspace=shop.workspace, warehouse=shop.warehouse, context=context)
    ModelVersion.objects.filter(pk=made.pk).update(status="candidate", stage="model")
    use.model_publish(actor=shop.actor, workspace=shop.workspace, number=made.number, early=True)
    live = model_live(shop.workspace)
    assert live is not None
    assert live.number == made.number
    _the_shadow_is_compared(shop, made)


def _the_shadow_is_compared(shop: Shop, made: ModelVersion) -> None:
    """The same model once more, in shadow, beside scores in use; then a month passes and a training begins by itself."""
    shadow = version(
        shop.workspace, 7, "shadow", artefact=made.artefact, calibration=made.calibration, definition=made.definition, shadow_since=NOW
    )
    score_everybody(shop)
    context = PlainContext(workspace_id=shop.workspace.pk)
    done = model_watch(workspace=shop.workspace, warehouse=shop.warehouse, context=context)
    assert done == {"shadow": 7, "training": ""}
    counts = ShadowScore.objects.get(version=shadow).counts
    assert counts["customers"] == sum(map(sum, counts["levels"])) > 0


def score_everybody(shop: Shop) -> None:
    """A score of 40 for every customer, now."""
    size = CUSTOMERS
    plain = {
        "customer_id": list(Customer.objects.filter(workspace=shop.workspace).order_by("pk").values_list("pk", flat=True)),
        "score": [40.0] * size, "base": [28.0] * size, "level": ["normal"] * size, "reasons": ["[]"] * size, "confidence": [0.9] * size,
    }  # fmt: skip
    scores_write(shop.warehouse, shop.workspace.pk, as_of_us=to_us(NOW), scored=pa.table(plain), version=1)


def test_what_counts_as_lost_is_kept_checked_and_audited(shop: Shop) -> None:
    assert definition_of(shop.workspace) == LabelDefinition(horizon_days=90, active_days=90, kinds=("order.placed",))
    definition_save(actor=shop.actor, workspace=shop.workspace, definition={"kind": "event"}, target=0.9, retrain=False)
    assert definition_of(shop.workspace).kind is LabelKind.EVENT
    assert (setting_of(shop.workspace).target, setting_of(shop.workspace).retrain) == (0.9, False)
    assert AuditEntry.objects.filter(action="model_setting_save").count() == 1
    with pytest.raises(Invalid):
        definition_save(actor=shop.actor, workspace=shop.workspace, definition={"horizon_days": 1})
    with pytest.raises(Invalid):
        definition_save(actor=shop.actor, workspace=shop.workspace, definition={}, target=0.99)
    with pytest.raises(Forbidden):
        definition_save(actor=actor_of(make_member(shop.workspace, Role.ANALYST)), workspace=shop.workspace, definition={})


def test_a_preview_counts_what_a_definition_finds(shop: Shop) -> None:
    found = label_preview(workspace=shop.workspace, warehouse=shop.warehouse, definition=definition_of(shop.workspace))
    assert found.counted.origins == len(found.rates) > 2
    assert all(0 <= one.rate <= 1 and one.n > 0 for one in found.rates)
    assert found.counted.lost <= CUSTOMERS
    assert len(found.curve) > 3
    event = LabelDefinition(LabelKind.EVENT, kinds=("account.closed",))
    assert label_preview(workspace=shop.workspace, warehouse=shop.warehouse, definition=event).curve == ()


def test_publishing_waits_for_the_shadow_unless_somebody_knows() -> None:
    workspace = make_workspace(simulated_as_of=NOW)
    actor = actor_of(make_member(workspace, Role.OPERATIONS))
    version(workspace, 1)
    use.model_shadow(actor=actor, workspace=workspace, number=1)
    with pytest.raises(Conflict) as raised:
        use.model_publish(actor=actor, workspace=workspace, number=1)
    assert raised.value.params == {"days": 14}
    Workspace.objects.filter(pk=workspace.pk).update(simulated_as_of=NOW + timedelta(days=14))
    workspace.refresh_from_db()
    assert use.model_publish(actor=actor, workspace=workspace, number=1).status == "live"
    assert AuditEntry.objects.get(action="model_publish").detail == {"early": False}


def test_one_model_is_live_and_rolling_back_brings_the_one_before() -> None:
    workspace = make_workspace(simulated_as_of=NOW)
    actor = actor_of(make_member(workspace, Role.OPERATIONS))
    version(workspace, 1)
    version(workspace, 2)
    with pytest.raises(NotFound):
        use.model_rollback(actor=actor, workspace=workspace)
    for number in (1, 2):
        use.model_publish(actor=actor, workspace=workspace, number=number, early=True)
    assert statuses(workspace) == {1: "retired", 2: "live"}
    assert use.model_rollback(actor=actor, workspace=workspace).number == 1
    assert statuses(workspace) == {1: "live", 2: "retired"}
    with pytest.raises(NotFound):
        use.model_rollback(actor=actor, workspace=workspace)
    use.model_retire(actor=actor, workspace=workspace, number=1)
    assert statuses(workspace) == {1: "retired", 2: "retired"}
    with pytest.raises(Conflict):
        use.model_publish(actor=actor, workspace=workspace, number=1, early=True)


def statuses(workspace: Workspace) -> dict[int, str]:
    """By number."""
    return dict(ModelVersion.objects.filter(workspace=workspace).values_list("number", "status"))


def test_one_model_is_in_shadow_at_a_time() -> None:
    workspace = make_workspace(simulated_as_of=NOW)
    actor = actor_of(make_member(workspace, Role.OPERATIONS))
    for number in (1, 2):
        version(workspace, number)
        use.model_shadow(actor=actor, workspace=workspace, number=number)
    assert statuses(workspace) == {1: "candidate", 2: "shadow"}


def test_a_version_of_stage_calibration_tunes_weights_but_is_not_published() -> None:
    workspace = make_workspace(simulated_as_of=NOW, industry="retail")
    actor = actor_of(make_member(workspace, Role.OPERATIONS))
    version(workspace, 1, stage="calibrated")
    with pytest.raises(Conflict) as raised:
        use.model_publish(actor=actor, workspace=workspace, number=1, early=True)
    assert raised.value.code == "model_stage_low"
    draft = use.model_weights_approve(actor=actor, workspace=workspace, number=1, codes=frozenset({"SIG-09"}), seasons=False)
    assert draft.status == "draft"
    assert draft.config["signals"]["SIG-09"]["points"] == 19.0
    assert draft.config["signals"]["SIG-21"]["points"] == template_of(workspace).config.signals["SIG-21"].points
    assert draft.config["seasons"] == []


def test_SCR_06_learned_seasons_become_seasons_of_the_draft_once() -> None:
    workspace = make_workspace(simulated_as_of=NOW, industry="retail")
    actor = actor_of(make_member(workspace, Role.OPERATIONS))
    version(workspace, 1)
    for _ in range(2):
        use.model_weights_approve(actor=actor, workspace=workspace, number=1, codes=frozenset(), seasons=True)
    draft = version_draft(workspace)
    assert draft is not None
    (season,) = draft.config["seasons"]
    assert (season["from"], season["to"], season["multipliers"]) == ("10-01", "12-31", {"consumption": 1.2})
    with pytest.raises(NotFound):
        use.model_weights_approve(actor=actor, workspace=workspace, number=1, codes=frozenset({"nothing"}), seasons=False)


def test_an_analyst_changes_nothing() -> None:
    workspace = make_workspace(simulated_as_of=NOW)
    analyst = actor_of(make_member(workspace, Role.ANALYST))
    version(workspace, 1)
    for call in (use.model_shadow, use.model_publish, use.model_retire, use.model_cancel):
        with pytest.raises(Forbidden):
            call(actor=analyst, workspace=workspace, number=1)
    for call in (use.model_train, use.model_rollback):
        with pytest.raises(Forbidden):
            call(actor=analyst, workspace=workspace)


def test_a_training_is_cancelled_while_it_waits_and_another_may_begin() -> None:
    workspace = make_workspace(simulated_as_of=NOW)
    actor = actor_of(make_member(workspace, Role.OPERATIONS))
    made = use.model_train(actor=actor, workspace=workspace)
    assert use.model_cancel(actor=actor, workspace=workspace, number=made.number).job.status == Job.Status.CANCELLED
    assert use.model_train(actor=actor, workspace=workspace).number == 2


def test_a_month_after_its_training_the_live_model_is_trained_again_but_only_once(shop: Shop) -> None:
    assert not watch_enqueue(shop.workspace)
    trained = {**CARD, "trained_as_of": (NOW - timedelta(days=31)).isoformat()}
    version(shop.workspace, 1, "live", card=trained)
    assert watch_enqueue(shop.workspace)
    context = PlainContext(workspace_id=shop.workspace.pk)
    assert model_watch(workspace=shop.workspace, warehouse=shop.warehouse, context=context)["training"] == "month"
    assert model_watch(workspace=shop.workspace, warehouse=shop.warehouse, context=context)["training"] == ""
    made = ModelVersion.objects.get(number=2)
    assert (made.status, made.card["why"], made.created_by) == ("training", "month", None)


def test_without_retraining_nothing_begins_by_itself(shop: Shop) -> None:
    definition_save(actor=shop.actor, workspace=shop.workspace, definition={}, retrain=False)
    version(shop.workspace, 1, "live", card={**CARD, "trained_as_of": (NOW - timedelta(days=90)).isoformat()})
    done = model_watch(workspace=shop.workspace, warehouse=shop.warehouse, context=PlainContext(workspace_id=shop.workspace.pk))
    assert done["training"] == ""
