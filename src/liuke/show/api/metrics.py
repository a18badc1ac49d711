"""指标: built-in and own metrics, without code."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from liuke.accounts.domain.roles import Permission
from liuke.features.service import metrics as service
from liuke.show.api.gate import reader_for
from liuke.show.api.schemas.metrics import MetricIn, MetricOut, MetricPreviewOut, MetricsOut
from liuke.show.queries.metrics import known_of, live_uses, metric_found, metric_out, metrics_out, preview_out

router = Router(tags=["metrics"])


@router.get("/w/{slug}/metrics", response=MetricsOut)
def metric_list(request: HttpRequest, slug: str) -> MetricsOut:
    """Every metric, who uses it, and what the editor offers."""
    return metrics_out(reader=reader_for(request, slug))


@router.post("/w/{slug}/metrics", response=MetricOut)
def metric_create(request: HttpRequest, slug: str, data: MetricIn) -> MetricOut:
    """A new metric; its code is made of its name."""
    reader = reader_for(request, slug)
    reader.actor.require(Permission.PUBLISH)
    row = service.metric_create(actor=reader.actor, workspace=reader.workspace, given=_given(data), known=known_of(reader))
    return metric_out(reader=reader, row=row)


@router.post("/w/{slug}/metrics/preview", response=MetricPreviewOut)
def metric_try(request: HttpRequest, slug: str, data: MetricIn) -> MetricPreviewOut:
    """A metric that is not kept yet, on real customers."""
    reader = reader_for(request, slug)
    reader.actor.require(Permission.PUBLISH)
    return preview_out(reader=reader, metric=service.metric_read(_given(data), known_of(reader)))


@router.get("/w/{slug}/metrics/{code}/preview", response=MetricPreviewOut)
def metric_preview(request: HttpRequest, slug: str, code: str) -> MetricPreviewOut:
    """A metric on the customers that the reader sees."""
    reader = reader_for(request, slug)
    return preview_out(reader=reader, metric=metric_found(reader=reader, code=code))


@router.put("/w/{slug}/metrics/{code}", response=MetricOut)
def metric_edit(request: HttpRequest, slug: str, code: str, data: MetricIn) -> MetricOut:
    """Another name, description or unit; the code stays."""
    reader = reader_for(request, slug)
    reader.actor.require(Permission.PUBLISH)
    row = service.metric_edit(actor=reader.actor, workspace=reader.workspace, code=code, given=_given(data), known=known_of(reader))
    return metric_out(reader=reader, row=row)


@router.delete("/w/{slug}/metrics/{code}", response=MetricOut)
def metric_archive(request: HttpRequest, slug: str, code: str) -> MetricOut:
    """Puts it away; refused while something live reads it."""
    reader = reader_for(request, slug)
    reader.actor.require(Permission.PUBLISH)
    uses = live_uses(reader=reader, code=code)
    row = service.metric_archive(actor=reader.actor, workspace=reader.workspace, code=code, uses=uses)
    return metric_out(reader=reader, row=row)


@router.post("/w/{slug}/metrics/{code}/unarchive", response=MetricOut)
def metric_unarchive(request: HttpRequest, slug: str, code: str) -> MetricOut:
    """Takes it back."""
    reader = reader_for(request, slug)
    row = service.metric_unarchive(actor=reader.actor, workspace=reader.workspace, code=code)
    return metric_out(reader=reader, row=row)


def _given(data: MetricIn) -> service.MetricIn:
    return service.MetricIn(data.name, data.spec, data.unit)
