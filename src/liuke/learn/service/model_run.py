"""The job that trains: the past as a table, the model and its figures, the duel with the live one, everything kept in its version."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from liuke.accounts.service import workspace_now
from liuke.accounts.store.models import Workspace
from liuke.base.errors import Invalid, NotFound
from liuke.base.times import local_day, to_us
from liuke.jobs.domain.contract import JobContext
from liuke.learn.domain.champion import Duel, Objection, common, duel, objections_alone
from liuke.learn.domain.comparison import Rows
from liuke.learn.domain.drift import reference_of
from liuke.learn.domain.predicted import predicted_bytes, predicted_read
from liuke.learn.domain.promise import Asked
from liuke.learn.domain.promise_figures import Verdict
from liuke.learn.domain.promise_report import report_of
from liuke.learn.domain.promise_walk import decision_now
from liuke.learn.domain.promise_walk import past_of as promise_past
from liuke.learn.domain.samples import Dataset, Ids
from liuke.learn.service.dataset import Past, dataset, origins_of, past_of, sample_at
from liuke.learn.service.leaks import leaks_of
from liuke.learn.service.model_settings import definition_read, setting_of
from liuke.learn.service.promise import predictions_of
from liuke.learn.service.training import Order, Trained, trained
from liuke.score.domain.calibration import Calibration
from liuke.score.domain.config import ScoreConfig
from liuke.score.domain.plans import plans_of
from liuke.score.model import Fitted
from liuke.score.model.table import Numbers
from liuke.score.store.models import ModelVersion
from liuke.score.store.versions import version_live
from liuke.warehouse import Warehouse

DATA, FITS = 0.3, 0.95
"""Shares of the work after which the data set, and the fits, are done."""
ASKED = "asked"
"""Why a version was trained: somebody asked; otherwise `month` or `drift`."""
Status = ModelVersion.Status


def model_run(*, workspace: Workspace, warehouse: Warehouse, context: JobContext) -> dict[str, object]:
    """The job: safe to repeat, writes once at its end.

    Raises NotFound("model_gone"), Invalid("model_no_history"), Invalid("model_stage"), Invalid("model_leaks").
    """
    version = ModelVersion.objects.filter(workspace=workspace, pk=_number(context), status=Status.TRAINING).first()
    if version is None:
        raise NotFound("model_gone", number=0)
    past = past_of(workspace, warehouse, definition_read(workspace, version.definition))
    days = origins_of(workspace, past)
    if not days:
        raise Invalid("model_no_history")
    data = dataset(past, days, _data_told(context))
    findings = leaks_of(past, data)
    order = Order(signal_points(past.config), past.definition.mature_days, findings)
    learned = trained(data, order, _fit_told(context))
    context.progress(FITS, "stages.model_anchors")
    fought = _duel(workspace, data, learned, past.definition.mature_days)
    _keep(workspace, version, _Result(past, data, learned, fought, _promise(workspace, past, learned)))
    return {"version": version.number, "rows": len(data), "origins": len(days)}


def signal_points(config: ScoreConfig) -> dict[str, float]:
    """Effective points at full strength of every signal that counts, without seasons and profiles."""
    return {code: value for code, value in plans_of(config).plans[0].points.items() if value}


@dataclass(frozen=True, slots=True)
class _Result:
    past: Past
    data: Dataset
    learned: Trained
    duel: Duel | None
    promise: float | None


def _keep(workspace: Workspace, version: ModelVersion, result: _Result) -> None:
    """Refused where anything speaks against it; one that trained by itself goes into shadow at once."""
    learned = result.learned
    objections = (*objections_alone(learned.comparison, learned.slope), *(result.duel.objections if result.duel else ()))
    status = Status.CANDIDATE
    if objections:
        status = Status.REFUSED
    elif version.card.get("why") != ASKED and _can_shadow(workspace, learned):
        status = Status.SHADOW
    ModelVersion.objects.filter(pk=version.pk, status=Status.TRAINING).update(
        stage=learned.standing.stage.value,
        status=status,
        artefact=learned.fitted.to_bytes(),
        anchors={} if result.promise is None else {"promise": result.promise},
        calibration=learned.calibration.to_plain(),
        predictions=None if learned.predictions is None else predicted_bytes(learned.predictions),
        shadow_since=workspace_now(workspace) if status == Status.SHADOW else None,
        card={**version.card, **_card(workspace, result, objections)},
    )


def _can_shadow(workspace: Workspace, learned: Trained) -> bool:
    others = ModelVersion.objects.filter(workspace=workspace, status=Status.SHADOW)
    return learned.standing.stage.value == "model" and not others.exists()


def _card(workspace: Workspace, result: _Result, objections: tuple[Objection, ...]) -> dict[str, object]:
    """Everything that is said about it; JSON-ready."""
    learned, data = result.learned, result.data
    counted = learned.counted
    return {
        "trained_as_of": workspace_now(workspace).isoformat(),
        "score_version": version_live(workspace).version,
        "rows": len(data),
        "customers": len(np.unique(data.customers)),
        "base_rate": float(data.y.mean()),
        "lost": counted.lost,
        "stayed": counted.stayed,
        "origins": [{"day": one.day.isoformat(), "rate": one.rate, "n": one.n} for one in data.rates],
        "judged": counted.judged,
        "comparison": [one.to_plain() for one in learned.comparison],
        "slope": learned.slope,
        "members": dict(learned.fitted.members),
        "importance": dict(learned.importance),
        "weights": [one.to_plain() for one in learned.tuned],
        "seasons": [one.to_plain() for one in learned.seasons],
        "leaks": [one.to_plain() for one in learned.findings],
        "missing": [one.to_plain() for one in learned.standing.missing],
        "duel": None if result.duel is None else result.duel.to_plain(),
        "objections": [one.to_plain() for one in objections],
        "reference": reference_of(data.table),
    }


def _promise(workspace: Workspace, past: Past, learned: Trained) -> float | None:
    """The threshold for today's customers that keeps the promised precision; None where the own past does not bear the promise out."""
    if learned.predictions is None:
        return None
    now = workspace_now(workspace)
    today = sample_at(past, local_day(now, past.zone))
    if not len(today.customers):
        return None
    pool = learned.calibration.logit(learned.fitted.logit(today.table))
    asked = Asked(setting_of(workspace).target, past.definition.horizon_days)
    then = promise_past(predictions_of(learned.predictions), past.definition.horizon_days)
    if report_of(then, asked, to_us(now)).chosen.verdict is not Verdict.HOLDS:
        return None
    return decision_now(then, pool, to_us(now), asked).threshold


def _duel(workspace: Workspace, data: Dataset, learned: Trained, mature_days: int) -> Duel | None:
    """The new model against the live one on predictions that both made out of time; None where there is no live one."""
    live = ModelVersion.objects.filter(workspace=workspace, status=Status.LIVE).first()
    if live is None or live.artefact is None or learned.predictions is None:
        return None
    mine = predictions_of(learned.predictions)
    customers, origin_us, logit = _champion(live, data, mature_days)
    own, other = common((mine.customer, customers), (mine.origin_us, origin_us))
    rows = Rows(mine.customer[own], mine.origin_us[own], mine.lost[own].astype(np.float64))
    return duel(rows, mine.logit[own], logit[other])


def _champion(live: ModelVersion, data: Dataset, mature_days: int) -> tuple[Ids, Ids, Numbers]:
    """What the live model says out of time: its own predictions of then, and today's of origins that it could not have learned from."""
    fitted, calibration = Fitted.from_bytes(bytes(live.artefact or b"")), Calibration.from_plain(live.calibration)
    learned_until = max((one.day for one in calibration.rates), default=date.min)
    later = [at for at, day in enumerate(data.origins) if (day - learned_until).days >= mature_days]
    rows = data.rows_of(later)
    logit = calibration.logit(fitted.logit(data.whole.take(rows))) if len(rows) else np.empty(0)
    customers, origin_us = data.customers[rows], data.origin_us[rows]
    if live.predictions is None:
        return customers, origin_us, logit
    kept = predictions_of(predicted_read(bytes(live.predictions)))
    fresh = ~np.isin(kept.origin_us, origin_us)
    return (
        np.concatenate([customers, kept.customer[fresh]]),
        np.concatenate([origin_us, kept.origin_us[fresh]]),
        np.concatenate([logit, kept.logit[fresh]]),
    )


def _number(context: JobContext) -> int:
    number = context.payload.get("version")
    return number if isinstance(number, int) else 0


def _data_told(context: JobContext) -> Callable[[float, date], None]:
    def told(share: float, day: date) -> None:
        context.check_cancelled()
        context.progress(share * DATA, "stages.model_data", day=day.isoformat())

    return told


def _fit_told(context: JobContext) -> Callable[[float, str], None]:
    def told(share: float, step: str) -> None:
        context.check_cancelled()
        context.progress(DATA + share * (FITS - DATA), f"stages.{step}")

    return told
