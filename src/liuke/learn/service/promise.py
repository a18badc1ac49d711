"""The precision that a workspace's red alerts promise: measured on its live model's own predictions, chosen, published (ALT-09)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pyarrow as pa
from django.db import transaction

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record
from liuke.accounts.store.models import Workspace
from liuke.base.errors import Conflict, Invalid, NotFound
from liuke.base.times import to_us
from liuke.facts.store.models import Customer
from liuke.learn.domain.predicted import predicted_read
from liuke.learn.domain.promise import Asked, Numbers, Predictions, sigmoid
from liuke.learn.domain.promise_figures import Verdict
from liuke.learn.domain.promise_report import HIGHEST, LOWEST, Report, Weekly, report_of, weekly_at
from liuke.learn.domain.promise_walk import Past, past_of
from liuke.score.store.models import ModelSetting, ModelVersion

USUAL = 0.85


@dataclass(frozen=True, slots=True)
class Promise:
    """`version`: whose predictions were judged. `before` and `after`: what the anchor in use and the new threshold would alert."""

    version: ModelVersion
    asked: Asked
    report: Report
    saved_target: float
    before: Weekly
    after: Weekly


def version_judged(workspace: Workspace, number: int | None = None) -> ModelVersion | None:
    """The live model of the workspace, or the version of this number, where it has predictions to judge."""
    versions = ModelVersion.objects.filter(workspace=workspace, predictions__isnull=False)
    if number is not None:
        return versions.filter(number=number).first()
    return versions.filter(status=ModelVersion.Status.LIVE).first()


def promise_of(workspace: Workspace, version: ModelVersion, now: datetime, target: float | None = None) -> Promise:
    """What a target would mean; without one, the saved target. Raises Invalid("promise_target") outside 70–95%."""
    saved = target_saved(workspace)
    asked = asked_for(version, saved if target is None else target)
    past = past_read(workspace, version, asked.horizon_days)
    report = report_of(past, asked, to_us(now))
    in_use = version.anchors.get("promise")
    return Promise(
        version=version,
        asked=asked,
        report=report,
        saved_target=saved,
        before=weekly_at(past, float(in_use) if isinstance(in_use, int | float) else None, asked.horizon_days),
        after=weekly_at(past, report.chosen.now.threshold, asked.horizon_days),
    )


def promise_publish(*, actor: Actor, workspace: Workspace, target: float, now: datetime) -> ModelVersion:
    """Save the target and make its threshold the score of 90 of the live model. The caller scores everybody with it.

    Raises NotFound("promise_no_model"), Conflict("promise_unreachable") where the data do not allow the target.
    """
    actor.require(Permission.PUBLISH)
    with transaction.atomic():
        version = ModelVersion.objects.select_for_update().filter(workspace=workspace, status=ModelVersion.Status.LIVE).first()
        if version is None or version.predictions is None:
            raise NotFound("promise_no_model")
        found = promise_of(workspace, version, now, target)
        if found.report.chosen.verdict is not Verdict.HOLDS:
            raise Conflict("promise_unreachable", target=f"{target:.0%}")
        before = version.anchors.get("promise")
        version.anchors = {**version.anchors, "promise": found.report.chosen.now.threshold, "target": target}
        version.save(update_fields=["anchors"])
        ModelSetting.objects.update_or_create(workspace=workspace, defaults={"target": target})
        audit_record(
            actor=actor, action="promise_publish", object_type="model_version", object_id=version.number,
            detail={"target": target, "before": before, "after": version.anchors["promise"]},
        )  # fmt: skip
    return version


def target_saved(workspace: Workspace) -> float:
    """The workspace's target."""
    found = ModelSetting.objects.filter(workspace=workspace).values_list("target", flat=True).first()
    return USUAL if found is None else float(found)


def asked_for(version: ModelVersion, target: float) -> Asked:
    """The promise of a version's label. Raises Invalid("promise_target")."""
    if not LOWEST <= target <= HIGHEST:
        raise Invalid("promise_target", got=target, allowed=f"{LOWEST}–{HIGHEST}")
    return Asked(target, _days(version.definition))


def past_read(workspace: Workspace, version: ModelVersion, horizon_days: int) -> Past:
    """A version's predictions, ready to be judged. Base rates expected of the season, where the table has them, warn as well."""
    table = predicted_read(version.predictions) if version.predictions is not None else None
    if table is None or not table.num_rows:
        raise NotFound("promise_no_model")
    teams = dict(Customer.objects.filter(workspace=workspace).values_list("pk", "owner__team__name"))
    return past_of(predictions_of(table, teams), horizon_days, _expected(table))


def predictions_of(table: pa.Table, teams: Mapping[int, str | None] | None = None) -> Predictions:
    """The stored table as arrays; `teams` by customer."""
    customer = np.asarray(table["customer_id"], dtype=np.int64)
    groups = {"tier": np.asarray(table["tier"].fill_null("").to_pylist(), dtype=object)}
    if teams is not None:
        groups["team"] = np.array([teams.get(one) or "" for one in customer.tolist()], dtype=object)
    return Predictions(
        customer=customer,
        origin_us=np.asarray(table["origin_us"], dtype=np.int64),
        logit=np.asarray(table["logit"], dtype=np.float64),
        lost=np.asarray(table["lost"], dtype=np.bool_),
        lost_at_us=np.asarray(table["lost_at_us"].fill_null(-1), dtype=np.int64),
        annual_value=np.asarray(table["annual_value"], dtype=np.float64),
        treated=np.asarray(table["treated"], dtype=np.bool_),
        groups=groups,
    )


def _expected(table: pa.Table) -> dict[int, tuple[float, ...]]:
    """Per origin the base rate that the seasonal shift expected."""
    origin, expected = np.asarray(table["origin_us"], dtype=np.int64), np.asarray(table["expected"], dtype=np.float64)
    return {int(at): (_mean_chance(expected[origin == at]),) for at in np.unique(origin)}


def _mean_chance(logit: Numbers) -> float:
    return float(sigmoid(logit).mean()) if len(logit) else 0.5


def _days(definition: Mapping[str, object]) -> int:
    """After how many days an origin's outcomes are known."""
    horizon, grace = definition.get("horizon_days", 90), definition.get("grace_days", 0)
    late = int(str(grace)) if definition.get("kind") == "non_renewal" else 0
    return int(str(horizon)) + late
