"""评分设置: drafts and versions, people's adjustments, why a score changed."""

from __future__ import annotations

from typing import Annotated

from django.db import transaction
from django.http import HttpRequest
from ninja import Query, Router

from liuke.accounts.domain.roles import Permission
from liuke.base.times import utc_now
from liuke.facts import service as facts
from liuke.jobs.service import job_enqueue
from liuke.score.store import overrides, versions
from liuke.show.api.gate import reader_for
from liuke.show.api.schemas.common import JobOut, Moment, OkOut
from liuke.show.api.schemas.insight import ScoreConfigOut, ScoreDraftIn, ScorePreviewOut, ScoringOut
from liuke.show.api.schemas.scoring import OverrideIn, OverrideOut, ScoreChangeOut
from liuke.show.queries import scoring
from liuke.show.queries.jobs import job_out
from liuke.show.queries.overrides import override_out
from liuke.show.queries.reader import Reader
from liuke.show.queries.score_change import score_change_out

router = Router(tags=["scoring"])


@router.get("/w/{slug}/scoring", response=ScoringOut)
def scoring_get(request: HttpRequest, slug: str) -> ScoringOut:
    """评分设置."""
    return scoring.scoring_out(reader=reader_for(request, slug))


@router.put("/w/{slug}/scoring/draft", response=ScoreConfigOut)
def scoring_draft_save(request: HttpRequest, slug: str, data: ScoreDraftIn) -> ScoreConfigOut:
    """Saves the draft."""
    reader = reader_for(request, slug)
    draft = versions.draft_save(actor=reader.actor, workspace=reader.workspace, config=data.config, note=data.note)
    return scoring.config_out(reader, draft)


@router.delete("/w/{slug}/scoring/draft", response=OkOut)
def scoring_draft_discard(request: HttpRequest, slug: str) -> OkOut:
    """Discards the draft."""
    reader = reader_for(request, slug)
    versions.draft_discard(actor=reader.actor, workspace=reader.workspace)
    return OkOut()


@router.post("/w/{slug}/scoring/preview", response=ScorePreviewOut)
def scoring_preview(request: HttpRequest, slug: str, data: ScoreDraftIn) -> ScorePreviewOut:
    """How many customers change level, and which, before anything is published."""
    return scoring.preview(reader=reader_for(request, slug), config=data.config)


@router.post("/w/{slug}/scoring/publish", response=JobOut)
def scoring_publish(request: HttpRequest, slug: str) -> JobOut:
    """Publishes the draft and scores everybody with it."""
    reader = reader_for(request, slug)
    with transaction.atomic():
        live = versions.draft_publish(actor=reader.actor, workspace=reader.workspace, now=utc_now(), as_of=reader.now)
        return _score_again(reader, f"v{live.version}")


@router.get("/w/{slug}/scoring/versions", response=list[ScoreConfigOut])
def scoring_versions(request: HttpRequest, slug: str) -> list[ScoreConfigOut]:
    """All versions, newest first."""
    reader = reader_for(request, slug)
    scoring.require_reader(reader)
    return [scoring.config_out(reader, version) for version in versions.versions_all(reader.workspace)]


@router.post("/w/{slug}/scoring/versions/{version}/restore", response=ScoreConfigOut)
def scoring_restore(request: HttpRequest, slug: str, version: int) -> ScoreConfigOut:
    """Makes a draft of an older version."""
    reader = reader_for(request, slug)
    reader.actor.require(Permission.PUBLISH)
    return scoring.config_out(reader, versions.version_restore(actor=reader.actor, workspace=reader.workspace, version=version))


@router.get("/w/{slug}/scoring/overrides", response=list[OverrideOut])
def score_override_list(request: HttpRequest, slug: str) -> list[OverrideOut]:
    """People's adjustments that hold now, for those who may see all customers' settings."""
    reader = reader_for(request, slug)
    reader.actor.require(Permission.PUBLISH)
    return [override_out(reader, row) for row in overrides.overrides_now(reader.workspace, reader.now)]


@router.get("/w/{slug}/customers/{customer_id}/score-overrides", response=list[OverrideOut])
def customer_override_list(request: HttpRequest, slug: str, customer_id: int) -> list[OverrideOut]:
    """All adjustments of a customer's score, newest first."""
    reader = reader_for(request, slug)
    reader.require_customers()
    customer = facts.customer_get(actor=reader.actor, customer_id=customer_id)
    return [override_out(reader, row) for row in overrides.overrides_of(customer)]


@router.post("/w/{slug}/customers/{customer_id}/score-overrides", response=JobOut)
def customer_override_set(request: HttpRequest, slug: str, customer_id: int, data: OverrideIn) -> JobOut:
    """Adjusts a customer's score until a moment, and scores again."""
    reader = reader_for(request, slug)
    reader.actor.require(Permission.PUBLISH)
    customer = facts.customer_get(actor=reader.actor, customer_id=customer_id)
    with transaction.atomic():
        made = overrides.override_set(
            actor=reader.actor, workspace=reader.workspace, customer=customer, fixed=data.fixed, value=data.value, reason=data.reason,
            until=data.until, now=reader.now,
        )  # fmt: skip
        return _score_again(reader, f"override:{made.pk}")


@router.post("/w/{slug}/scoring/overrides/{override_id}/end", response=JobOut)
def score_override_end(request: HttpRequest, slug: str, override_id: int) -> JobOut:
    """Ends an adjustment before its time, and scores again."""
    reader = reader_for(request, slug)
    with transaction.atomic():
        ended = overrides.override_end(actor=reader.actor, workspace=reader.workspace, override_id=override_id, now=reader.now)
        return _score_again(reader, f"override-end:{ended.pk}")


@router.get("/w/{slug}/customers/{customer_id}/score-change", response=ScoreChangeOut)
def customer_score_change(
    request: HttpRequest,
    slug: str,
    customer_id: int,
    start: Annotated[Moment, Query(alias="from")],
    end: Annotated[Moment, Query(alias="to")],
) -> ScoreChangeOut:
    """Why the score changed between two moments: behaviour, configuration, stale data, version. The four add up."""
    reader = reader_for(request, slug)
    reader.require_customers()
    facts.customer_get(actor=reader.actor, customer_id=customer_id)
    return score_change_out(reader=reader, customer_id=customer_id, start=start, end=end)


def _score_again(reader: Reader, why: str) -> JobOut:
    space = reader.workspace.pk
    job = job_enqueue(
        kind="score", key=f"score:{space}:{why}", payload={}, workspace_id=space, created_by=reader.actor.membership_id
    )  # fmt: skip
    return job_out(job, reader.language)
