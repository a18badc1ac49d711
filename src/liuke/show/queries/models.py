"""模型, as the API shows it: settings, what a definition finds, versions with everything that is known of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from liuke.accounts.domain.roles import Permission, Scope
from liuke.base.errors import Forbidden
from liuke.base.times import utc_now
from liuke.facts.domain.kinds import Kind
from liuke.facts.service import customers_visible
from liuke.features.domain.label import LabelDefinition, label_from_plain
from liuke.features.domain.label import LabelKind as _Kind
from liuke.features.service.wording import kind_name
from liuke.jobs.service import job_enqueue
from liuke.learn.domain.leaks import findings_from_plain
from liuke.learn.domain.stage import Missing
from liuke.learn.service.model_settings import LabelPreview, definition_of, kinds_known, setting_of
from liuke.learn.service.model_versions import UNDER_WAY, models_all, shadow_left
from liuke.score.domain.model_metrics import SIGNAL_PREFIX, family_of
from liuke.score.store.models import ModelVersion, ShadowScore
from liuke.show.api.schemas.backtests import Interval
from liuke.show.api.schemas.common import JobOut
from liuke.show.api.schemas.models import (
    ComparedOut,
    ImportanceOut,
    LabelPreviewOut,
    LabelShape,
    MissingOut,
    ModelChanged,
    ModelLeakOut,
    ModelPageOut,
    ModelRow,
    ModelSettingOut,
    ModelVersionOut,
    RatePoint,
    ReturnShare,
    SeasonFactorOut,
    ShadowCustomer,
    ShadowDayOut,
    WeightOut,
)
from liuke.show.api.schemas.rules import KindOut
from liuke.show.queries.jobs import job_out
from liuke.show.queries.reader import Reader, word
from liuke.show.queries.warehouse import warehouse
from liuke.signals.domain.catalogue import BY_CODE

SHADOW_DAYS = 31
IMPORTANT = 15


def require_whole(reader: Reader) -> None:
    """Counts over everybody are for those who see everybody. Raises Forbidden("model_scope")."""
    if reader.actor.scope is not Scope.ALL:
        raise Forbidden("model_scope")


def page_out(reader: Reader) -> ModelPageOut:
    """The page."""
    versions = [row_out(reader, version) for version in models_all(reader.workspace)]
    live = next((row.number for row in versions if row.status == "live"), None)
    may = reader.actor.may(Permission.PUBLISH)
    return ModelPageOut(setting=setting_out(reader), live=live, versions=versions, may_publish=may)


def setting_out(reader: Reader) -> ModelSettingOut:
    """The settings and the kinds to choose from."""
    setting = setting_of(reader.workspace)
    return ModelSettingOut(
        definition=shape(definition_of(reader.workspace)),
        target=setting.target,
        retrain=setting.retrain,
        saved=bool(setting.definition),
        kinds=[KindOut(kind=kind, label=kind_name(kind, reader.language)) for kind in sorted(kinds_known(reader.workspace, warehouse()))],
    )


def shape(definition: LabelDefinition) -> LabelShape:
    """A definition for the reader."""
    return LabelShape(
        kind=word(definition.kind.value),
        horizon_days=definition.horizon_days,
        active_days=definition.active_days,
        kinds=list(definition.kinds),
        drop=definition.drop,
        grace_days=definition.grace_days,
    )


def preview_out(reader: Reader, found: LabelPreview) -> LabelPreviewOut:
    """What a definition finds."""
    standing = found.standing
    return LabelPreviewOut(
        definition=shape(found.definition),
        stage=word(standing.stage.value),
        next_stage=word(standing.next.value) if standing.next else None,
        missing=_missing(reader, standing.missing),
        lost=found.counted.lost,
        stayed=found.counted.stayed,
        outcomes=found.outcomes,
        origins=[RatePoint(day=one.day, rate=one.rate, n=one.n) for one in found.rates],
        judged=found.counted.judged,
        curve=[
            ReturnShare(days=one.days, silent=one.silent, share=one.share if one.silent else None, low=one.low, high=one.high)
            for one in found.curve
        ],
        suggested_days=found.suggested,
    )


def row_out(reader: Reader, version: ModelVersion) -> ModelRow:
    """A version in a list."""
    return ModelRow(**_row(reader, version))


def version_out(reader: Reader, version: ModelVersion) -> ModelVersionOut:
    """Everything about a version."""
    card = version.card
    return ModelVersionOut(
        **_row(reader, version),
        lost=card.get("lost", 0),
        stayed=card.get("stayed", 0),
        judged=card.get("judged", 0),
        slope=card.get("slope"),
        promise_logit=version.anchors.get("promise"),
        missing=_missing(reader, [Missing(**one) for one in card.get("missing", ())]),
        origins=[RatePoint(**one) for one in card.get("origins", ())],
        comparison=[ComparedOut(**one) for one in card.get("comparison", ())],
        weights=[_weight(reader, one) for one in card.get("weights", ())],
        seasons=[SeasonFactorOut(**one) for one in card.get("seasons", ())],
        importance=[_important(reader, code, size) for code, size in list(card.get("importance", {}).items())[:IMPORTANT]],
        members=card.get("members", {}),
        leaks=_leaks(reader, card.get("leaks", ())),
        shadow=_shadow(reader, version),
    )


def changed_out(reader: Reader, version: ModelVersion, why: str) -> ModelChanged:
    """After the score changed: the version, and a job that scores everybody again."""
    return ModelChanged(version=row_out(reader, version), job=score_again(reader, f"model:{why}"))


def score_again(reader: Reader, why: str) -> JobOut:
    """Scores everybody once more."""
    space = reader.workspace.pk
    job = job_enqueue(kind="score", key=f"score:{space}:{why}", payload={}, workspace_id=space, created_by=reader.actor.membership_id)
    return job_out(job, reader.language)


def stamp() -> str:
    """Tells one change from the same change made another day."""
    return utc_now().isoformat()


def _row(reader: Reader, version: ModelVersion) -> dict[str, Any]:
    card: Mapping[str, Any] = version.card
    figures = {one["name"]: one for one in card.get("comparison", ())}
    return {
        "number": version.number,
        "stage": version.stage,
        "status": _status(version),
        "why": card.get("why", "asked"),
        "definition": shape(label_from_plain(version.definition, LabelDefinition(_Kind.INACTIVITY), tuple(Kind))),
        "auc": _interval(figures.get("stack")),
        "recency_auc": _interval(figures.get("recency")),
        "base_rate": card.get("base_rate"),
        "rows": card.get("rows", 0),
        "customers": card.get("customers", 0),
        "created_by": reader.person(version.created_by_id),
        "created_at": version.created_at,
        "published_at": version.published_at,
        "shadow_since": version.shadow_since,
        "shadow_left": shadow_left(version, reader.workspace),
        "job": job_out(version.job, reader.language) if version.job else None,
        "objections": [reader.text(f"model.refused.{one['code']}", one["params"]) for one in card.get("objections", ())],
    }


def _status(version: ModelVersion) -> str:
    """A training whose job ended without a model has failed: that is the job's to say."""
    waiting = version.job is not None and version.job.status in UNDER_WAY
    return "failed" if version.status == ModelVersion.Status.TRAINING and not waiting else version.status


def _interval(compared: Mapping[str, Any] | None) -> Interval | None:
    return None if compared is None else Interval(**compared["auc"])


def _missing(reader: Reader, missing: Iterable[Missing]) -> list[MissingOut]:
    return [
        MissingOut(what=one.what, have=one.have, need=one.need, text=reader.text(f"model.missing.{one.what}", one.to_plain()))
        for one in missing
    ]


def _weight(reader: Reader, one: Mapping[str, Any]) -> WeightOut:
    return WeightOut(**one, name=reader.text(f"signals.{one['code']}.name"), family=BY_CODE[one["code"]].family.value)


def _important(reader: Reader, code: str, size: float) -> ImportanceOut:
    key = f"signals.{code.removeprefix(SIGNAL_PREFIX)}.name" if code.startswith(SIGNAL_PREFIX) else f"model.columns.{code}"
    return ImportanceOut(code=code, name=reader.text(key), family=family_of(code).value, size=size)


def _leaks(reader: Reader, rows: Iterable[Mapping[str, object]]) -> list[ModelLeakOut]:
    return [
        ModelLeakOut(check=one.check.value, text=reader.text(f"leaks.{one.check.value}.text", one.params), columns=list(one.columns))
        for one in findings_from_plain(rows)
    ]


def _shadow(reader: Reader, version: ModelVersion) -> list[ShadowDayOut]:
    """Newest first; only customers whom the reader sees are named."""
    days = list(ShadowScore.objects.filter(version=version).order_by("-day")[:SHADOW_DAYS])
    wanted = {row[0] for day in days for row in day.counts["apart"]}
    names = dict(customers_visible(reader.actor).filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}
    return [_day(day, names) for day in days]


def _day(day: ShadowScore, names: Mapping[int, str]) -> ShadowDayOut:
    counts = day.counts
    apart = [
        ShadowCustomer(customer_id=pk, name=names[pk], used=used, shadow=shadow) for pk, used, shadow in counts["apart"] if pk in names
    ]
    plain = {name: counts[name] for name in ("customers", "levels", "agree", "rank")}
    return ShadowDayOut(day=day.day, apart=apart, **plain)
