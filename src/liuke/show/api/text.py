"""Texts: 质检, 词库, the test box, and the settings of reading."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest
from ninja import Query, Router

from liuke.accounts.domain.roles import Permission
from liuke.facts.service import readings_again, readings_forget, readings_lists, readings_model, readings_verdicts
from liuke.show.api.gate import reader_for
from liuke.show.api.schemas.common import JobOut
from liuke.show.api.schemas.text import (
    AddressQuery,
    CalibrationOut,
    ErasedOut,
    HitsOut,
    ListsIn,
    ListsOut,
    ListsSaveIn,
    ModelIn,
    RateOut,
    ReadingOut,
    RecalibratedOut,
    RetentionIn,
    ReviewItem,
    ReviewPage,
    ReviewQuery,
    TextSettingsOut,
    TextVerdictIn,
    TryIn,
)
from liuke.show.queries import text_lists, text_review, text_settings
from liuke.show.queries.jobs import job_out
from liuke.show.queries.warehouse import warehouse

router = Router(tags=["text"])


@router.get("/w/{slug}/text/review", response=ReviewPage)
def text_review_list(request: HttpRequest, slug: str, wanted: Query[ReviewQuery]) -> ReviewPage:
    """质检: a page of texts over the limit, or of those that were judged."""
    return text_review.review_page(reader=reader_for(request, slug), wanted=wanted)


@router.get("/w/{slug}/text/around", response=list[ReviewItem])
def text_around(request: HttpRequest, slug: str, of: Query[AddressQuery]) -> list[ReviewItem]:
    """The conversation around a text, oldest first."""
    return text_review.around_out(reader=reader_for(request, slug), source=of.source, activity_id=of.activity_id)


@router.post("/w/{slug}/text/verdict", response=ReviewItem)
def text_verdict(request: HttpRequest, slug: str, data: TextVerdictIn) -> ReviewItem:
    """Agrees with the reading of a text, or says how negative it is. It counts at once."""
    reader = reader_for(request, slug)
    readings_verdicts.verdict_give(
        actor=reader.actor, workspace=reader.workspace, warehouse=warehouse(), source=data.source, activity_id=data.activity_id,
        said=data.said,
    )  # fmt: skip
    return text_review.item_out(reader=reader, source=data.source, activity_id=data.activity_id)


@router.post("/w/{slug}/text/verdict/undo", response=ReviewItem)
def text_verdict_undo(request: HttpRequest, slug: str, data: AddressQuery) -> ReviewItem:
    """Takes a word back."""
    reader = reader_for(request, slug)
    readings_verdicts.verdict_undo(
        actor=reader.actor, workspace=reader.workspace, warehouse=warehouse(), source=data.source, activity_id=data.activity_id
    )
    return text_review.item_out(reader=reader, source=data.source, activity_id=data.activity_id)


@router.get("/w/{slug}/text/calibration", response=CalibrationOut)
def text_calibration(request: HttpRequest, slug: str) -> CalibrationOut:
    """The workspace's own map of 0–100 and what it rests on."""
    reader = reader_for(request, slug)
    reader.require_customers()
    return text_settings.calibration_out(reader)


@router.post("/w/{slug}/text/recalibrate", response=RecalibratedOut)
def text_recalibrate(request: HttpRequest, slug: str) -> RecalibratedOut:
    """Fits the map to all verdicts and reads everything again by it."""
    reader = reader_for(request, slug)
    job = readings_verdicts.recalibrate(actor=reader.actor, workspace=reader.workspace)
    return RecalibratedOut(calibration=text_settings.calibration_out(reader), job=job_out(job, reader.language) if job else None)


@router.get("/w/{slug}/text/rate", response=RateOut)
def text_rate(request: HttpRequest, slug: str) -> RateOut:
    """How many of the customers who wrote over the limit were lost, measured on the workspace's own past, with its interval."""
    return text_settings.rate_out(reader_for(request, slug))


@router.get("/w/{slug}/text/lists", response=ListsOut)
def text_lists_get(request: HttpRequest, slug: str) -> ListsOut:
    """词库: the live lists."""
    return text_lists.lists_out(reader_for(request, slug))


@router.put("/w/{slug}/text/lists", response=ListsOut)
def text_lists_save(request: HttpRequest, slug: str, data: ListsSaveIn) -> ListsOut:
    """Saves the next version: the next batch is read by it, stored texts follow by a job."""
    reader = reader_for(request, slug)
    readings_lists.lists_save(
        actor=reader.actor, workspace=reader.workspace, lists=data.lists.model_dump(), note=data.note, based_on=data.based_on
    )
    return text_lists.lists_out(reader)


@router.post("/w/{slug}/text/lists/{number}/restore", response=ListsOut)
def text_lists_restore(request: HttpRequest, slug: str, number: int) -> ListsOut:
    """An older version once more, as the newest one."""
    reader = reader_for(request, slug)
    readings_lists.lists_restore(actor=reader.actor, workspace=reader.workspace, number=number)
    return text_lists.lists_out(reader)


@router.post("/w/{slug}/text/lists/hits", response=HitsOut)
def text_lists_hits(request: HttpRequest, slug: str, data: ListsIn) -> HitsOut:
    """What edited lists would find in the texts of the last 90 days, before they are saved."""
    return text_lists.hits_out(reader=reader_for(request, slug), lists=data)


@router.post("/w/{slug}/text/try", response=ReadingOut)
def text_try(request: HttpRequest, slug: str, data: TryIn) -> ReadingOut:
    """What a sentence yields and why. Nothing of it is kept."""
    return text_lists.try_out(reader=reader_for(request, slug), data=data)


@router.post("/w/{slug}/text/reread", response=JobOut)
def text_reread(request: HttpRequest, slug: str) -> JobOut:
    """Reads everything again that another version has read."""
    reader = reader_for(request, slug)
    reader.actor.require(Permission.PUBLISH)
    with transaction.atomic():
        return job_out(readings_again.reread_start(actor=reader.actor, workspace=reader.workspace), reader.language)


@router.get("/w/{slug}/text/settings", response=TextSettingsOut)
def text_settings_get(request: HttpRequest, slug: str) -> TextSettingsOut:
    """How long texts are kept, and the optional language model."""
    return text_settings.settings_out(reader_for(request, slug))


@router.put("/w/{slug}/text/settings/retention", response=TextSettingsOut)
def text_retention_set(request: HttpRequest, slug: str, data: RetentionIn) -> TextSettingsOut:
    """How long texts are kept; older ones lose their words at night and keep what was read."""
    reader = reader_for(request, slug)
    readings_forget.retention_set(actor=reader.actor, workspace=reader.workspace, days=data.days)
    return text_settings.settings_out(reader)


@router.put("/w/{slug}/text/settings/model", response=TextSettingsOut)
def text_model_save(request: HttpRequest, slug: str, data: ModelIn) -> TextSettingsOut:
    """Sets the language model's endpoint."""
    reader = reader_for(request, slug)
    draft = readings_model.ModelDraft(data.enabled, data.url, data.name, data.key, data.seconds)
    readings_model.model_save(actor=reader.actor, workspace=reader.workspace, draft=draft)
    return text_settings.settings_out(reader)


@router.post("/w/{slug}/text/settings/model/test", response=TextSettingsOut)
def text_model_test(request: HttpRequest, slug: str) -> TextSettingsOut:
    """Asks the endpoint one question of ours."""
    reader = reader_for(request, slug)
    readings_model.model_test(actor=reader.actor, workspace=reader.workspace)
    return text_settings.settings_out(reader)


@router.post("/w/{slug}/customers/{customer_id}/texts/erase", response=ErasedOut)
def customer_texts_erase(request: HttpRequest, slug: str, customer_id: int) -> ErasedOut:
    """Deletes all words of one customer; what was read of them stays."""
    reader = reader_for(request, slug)
    erased = readings_forget.customer_texts_erase(
        actor=reader.actor, workspace=reader.workspace, customer_id=customer_id, warehouse=warehouse()
    )
    return ErasedOut(erased=erased)
