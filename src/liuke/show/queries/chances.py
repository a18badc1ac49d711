"""流失概率与时间: the stored probability, curve and money of a customer, and similar cases of the past beside them (BEY-10)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from liuke.accounts.store.models import Workspace
from liuke.base.times import from_us
from liuke.facts.service import customer_get
from liuke.learn.domain.predicted import predicted_read
from liuke.learn.domain.similar import Cases, cases_of, similar_cases
from liuke.score.domain.modelled_time import chances_by
from liuke.score.store.models import ModelVersion
from liuke.show.api.schemas.chances import ChanceBy, ChancesOut, SimilarOut
from liuke.show.queries.kept import kept
from liuke.show.queries.reader import Reader, word
from liuke.show.queries.scores import last_score

WANTED_DAYS = (30, 60, 90)
USUAL_HORIZON = 90


def mode_of(workspace: Workspace) -> tuple[str, ModelVersion | None]:
    """What makes the workspace's scores now: `rules`, `calibrated` or `model`, and the live version where there is one."""
    live = ModelVersion.objects.filter(workspace=workspace, status=ModelVersion.Status.LIVE).defer("artefact", "predictions").first()
    return ("rules" if live is None else live.stage), live


def chances_out(*, reader: Reader, customer_id: int) -> ChancesOut:
    """A visible customer's. Raises NotFound, also for a stranger's."""
    reader.require_customers()
    customer = customer_get(actor=reader.actor, customer_id=customer_id)
    mode, _ = mode_of(reader.workspace)
    score = last_score(reader, customer.pk)
    if score is None or score["probability"] is None:
        return _nothing(mode, reader.text(f"show.chances.why_not.{_why(mode, score)}"))
    version = _version(reader.workspace, int(score["model"]))
    curve: list[tuple[int, float]] = [(int(day), float(chance)) for day, chance in json.loads(score["churn_curve"] or "[]")]
    return ChancesOut(
        mode=word(mode),
        why_not="",
        model=int(score["model"]),
        trained_at=version.created_at if version else None,
        as_of=from_us(score["as_of_us"]),
        horizon_days=int(version.definition.get("horizon_days", USUAL_HORIZON)) if version else None,
        probability=score["probability"],
        by=_by(curve),
        curve=[ChanceBy(day=day, chance=chance) for day, chance in curve],
        from_today=bool(curve and curve[0][1] > 0),
        at_stake=score["at_stake"],
        money_at_risk=score["money_at_risk"],
        similar=similar_out(reader, customer.pk, score),
    )


def similar_out(reader: Reader, customer_id: int, score: Mapping[str, Any]) -> SimilarOut | None:
    """What became of customers near to this one, on days when the model did not know; None without a model or with too few."""
    probability, number = score["probability"], score["model"]
    if probability is None or number is None:
        return None
    inside = min(max(float(probability), 1e-6), 1 - 1e-6)
    found = similar_cases(_cases(reader.workspace, int(number)), logit=float(np.log(inside / (1 - inside))), besides=customer_id)
    if found is None:
        return None
    params = {"of": found.of, "lost": found.lost, "share": found.share, "low": found.low, "high": found.high, "base": found.base_rate}
    return SimilarOut(
        of=found.of,
        lost=found.lost,
        share=found.share,
        low=found.low,
        high=found.high,
        base_rate=found.base_rate,
        text=reader.text("show.chances.similar", params),
    )


def _why(mode: str, score: Mapping[str, Any] | None) -> str:
    if score is None:
        return "unscored"
    return "next_run" if mode == "model" else mode


def _nothing(mode: str, why: str) -> ChancesOut:
    return ChancesOut(
        mode=word(mode), why_not=why, model=None, trained_at=None, as_of=None, horizon_days=None, probability=None, by=[], curve=[],
        from_today=False, at_stake=None, money_at_risk=None, similar=None,
    )  # fmt: skip


def _version(workspace: Workspace, number: int) -> ModelVersion | None:
    return ModelVersion.objects.filter(workspace=workspace, number=number).defer("artefact", "predictions").first()


def _by(curve: list[tuple[int, float]]) -> list[ChanceBy]:
    if len(curve) < 2:
        return []
    found = chances_by(np.array([[chance for _, chance in curve]]), tuple(day for day, _ in curve[1:]), WANTED_DAYS)
    return [ChanceBy(day=day, chance=round(float(chance[0]), 4)) for day, chance in found.items()]


def _cases(workspace: Workspace, number: int) -> Cases:
    """A version's out-of-time predictions, at the base rate that was expected then; kept for a minute."""

    def read() -> Cases:
        version = ModelVersion.objects.filter(workspace=workspace, number=number).only("predictions").first()
        if version is None or version.predictions is None:
            return cases_of(*(np.array([]) for _ in range(4)))
        table = predicted_read(version.predictions)
        return cases_of(*(np.asarray(table[name]) for name in ("customer_id", "expected", "lost", "treated")))

    return kept(("similar cases", workspace.pk, number), read)
