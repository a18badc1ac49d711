"""The promised precision (ALT-09) and the model card."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from liuke.jobs.service import job_enqueue
from liuke.learn.service.promise import promise_publish as publish
from liuke.show.api.gate import reader_for
from liuke.show.api.schemas.common import JobOut
from liuke.show.api.schemas.promise import CardOut, CardQuery, PromiseIn, PromiseOut, PromiseQuery
from liuke.show.queries.jobs import job_out
from liuke.show.queries.model_card import ENDINGS, card_file, card_out
from liuke.show.queries.promise import promise_out

router = Router(tags=["promise"])


@router.get("/w/{slug}/promise", response=PromiseOut)
def promise_get(request: HttpRequest, slug: str, wanted: Query[PromiseQuery]) -> PromiseOut:
    """What precision the red alerts may promise, measured on the workspace's own past; what each target costs."""
    reader = reader_for(request, slug)
    reader.require_customers()
    return promise_out(reader, wanted.target, wanted.version)


@router.post("/w/{slug}/promise", response=JobOut)
def promise_publish(request: HttpRequest, slug: str, data: PromiseIn) -> JobOut:
    """Saves a target, makes its threshold the score of 90 and scores everybody; refused where the data do not allow it."""
    reader = reader_for(request, slug)
    with transaction.atomic():
        version = publish(actor=reader.actor, workspace=reader.workspace, target=data.target, now=reader.now)
        space = reader.workspace.pk
        key = f"score:{space}:promise:{version.number}:{data.target:g}"
        job = job_enqueue(kind="score", key=key, payload={}, workspace_id=space, created_by=reader.actor.membership_id)
    return job_out(job, reader.language)


@router.get("/w/{slug}/models/{number}/card", response=CardOut)
def model_card(request: HttpRequest, slug: str, number: int) -> CardOut:
    """The model card: data, figures with intervals, calibration, segments, leak checks, limits, versions."""
    reader = reader_for(request, slug)
    reader.require_customers()
    return card_out(reader, number)


@router.get("/w/{slug}/models/{number}/card/file")
def model_card_file(request: HttpRequest, slug: str, number: int, wanted: Query[CardQuery]) -> HttpResponse:
    """The card as a file to pass on."""
    reader = reader_for(request, slug)
    reader.require_customers()
    text = card_file(reader, number, wanted.form, wanted.language)
    ending, content_type = ENDINGS[wanted.form]
    name = f"liuke-{reader.workspace.slug}-model-{number}.{ending}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
    }
    return HttpResponse(text, content_type=f"{content_type}; charset=utf-8", headers=headers)
