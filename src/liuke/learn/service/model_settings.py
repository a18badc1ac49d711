"""What a workspace's model is asked to foretell, and what the data allow of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record, workspace_now
from liuke.accounts.store.models import Workspace
from liuke.base.errors import Invalid
from liuke.base.times import day_start
from liuke.facts.domain.kinds import Kind
from liuke.features.domain.label import LabelDefinition, LabelKind, label_from_plain, label_usual
from liuke.features.domain.moment import Moment
from liuke.features.service import kinds_seen
from liuke.features.service.labelling import churn_days_suggested, labels_at
from liuke.learn.domain.stage import Counted, Standing, counted_origins, standing_of
from liuke.learn.service.dataset import Past, origins_of, past_of
from liuke.score.domain.calibration import RateAt
from liuke.score.store.models import ModelSetting
from liuke.score.store.versions import churn_of
from liuke.stats.returns import ReturnPoint, suggested_days
from liuke.warehouse import Warehouse

TARGETS = (0.7, 0.95)
SILENCES = (14, 30, 45, 60, 75, 90, 120, 150, 180, 240, 300, 365)
WATCHED_DAYS = 90


@dataclass(frozen=True, slots=True)
class LabelPreview:
    """What a definition finds: base rates per origin, how much there is to learn from, the stage that it allows.

    `curve`: for silences, of those silent for so many days how many came back; `suggested`: the days from which few do.
    """

    definition: LabelDefinition
    rates: tuple[RateAt, ...]
    counted: Counted
    standing: Standing
    curve: tuple[ReturnPoint, ...]
    suggested: int | None
    outcomes: int


def setting_of(workspace: Workspace) -> ModelSetting:
    """The workspace's settings; made on the first call."""
    setting, _ = ModelSetting.objects.get_or_create(workspace=workspace)
    return setting


def definition_of(workspace: Workspace) -> LabelDefinition:
    """What counts as lost: what was saved, else what follows from the churn definition."""
    usual = label_usual(churn_of(workspace))
    return label_from_plain(setting_of(workspace).definition, usual, tuple(Kind))


def definition_read(workspace: Workspace, data: Mapping[str, object]) -> LabelDefinition:
    """A definition that somebody gives, checked. Raises Invalid("label") with every fault."""
    return label_from_plain(data, definition_of(workspace), tuple(Kind))


def definition_save(
    *, actor: Actor, workspace: Workspace, definition: Mapping[str, object], target: float | None = None, retrain: bool | None = None
) -> ModelSetting:
    """Keep a definition; the next training uses it, models trained before keep theirs.

    Raises Invalid("label") with every fault, or Invalid("model_target").
    """
    actor.require(Permission.PUBLISH)
    read = definition_read(workspace, definition)
    if target is not None and not TARGETS[0] <= target <= TARGETS[1]:
        raise Invalid("model_target", got=target, low=TARGETS[0], high=TARGETS[1])
    with transaction.atomic():
        setting = setting_of(workspace)
        setting.definition = read.to_plain()
        setting.target = setting.target if target is None else target
        setting.retrain = setting.retrain if retrain is None else retrain
        setting.save(update_fields=["definition", "target", "retrain"])
        detail = {**setting.definition, "target": setting.target, "retrain": setting.retrain}
        audit_record(actor=actor, action="model_setting_save", object_type="model", object_id="setting", detail=detail)
    return setting


def label_preview(*, workspace: Workspace, warehouse: Warehouse, definition: LabelDefinition) -> LabelPreview:
    """Counts what a definition would find in the workspace's past, at every origin that a training would use."""
    past = past_of(workspace, warehouse, definition)
    days = origins_of(workspace, past)
    lost: set[int] = set()
    stayed: set[int] = set()
    rates = []
    for day in days:
        who, was = _labelled(past, day)
        lost |= {one for one, gone in zip(who, was, strict=True) if gone}
        stayed |= {one for one, gone in zip(who, was, strict=True) if not gone}
        rates.append(RateAt(day, sum(was) / len(was) if was else 0.0, len(was)))
    counted = Counted(len(lost), len(stayed), *counted_origins(days, definition.mature_days))
    curve = _curve(workspace, past, definition)
    outcomes = 0 if past.outcomes is None else past.outcomes.num_rows
    return LabelPreview(definition, tuple(rates), counted, standing_of(counted), curve, suggested_days(curve), outcomes)


def kinds_known(workspace: Workspace, warehouse: Warehouse) -> dict[str, int]:
    """The kinds of activity that the workspace has, for whoever chooses."""
    past = past_of(workspace, warehouse, definition_of(workspace))
    return kinds_seen(source=past.source, moment=Moment(workspace_now(workspace), past.zone))


def _labelled(past: Past, day: date) -> tuple[list[int], list[bool]]:
    moment = Moment(day_start(day, past.zone), past.zone)
    table = labels_at(source=past.source, moment=moment, definition=past.definition, outcomes=past.outcomes)
    return table["customer_id"].to_pylist(), [value > 0 for value in table["lost"].to_pylist()]


def _curve(workspace: Workspace, past: Past, definition: LabelDefinition) -> tuple[ReturnPoint, ...]:
    """The return curve; empty where losing is no silence."""
    if definition.kind is not LabelKind.INACTIVITY:
        return ()
    moment = Moment(workspace_now(workspace), past.zone)
    return tuple(churn_days_suggested(source=past.source, moment=moment, kinds=definition.kinds, days=SILENCES, watch=WATCHED_DAYS))
