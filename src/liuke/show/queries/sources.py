"""Sources with freshness and health."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from liuke.accounts.store.models import Workspace
from liuke.connect.service.kingdee import KINGDEE
from liuke.connect.store.models import Source
from liuke.show.api.schemas.data import MappingIn, SourceOut
from liuke.show.queries.jobs import stored_error
from liuke.show.queries.reader import word
from liuke.show.queries.source_streams import streams_out

LATE = 3
"""A scheduled source is stale after so many intervals without a success."""
LATE_STATES = frozenset({"stale", "failing"})
"""Behind its plan, or not reachable."""


def state_of(source: Source, now: datetime) -> str:
    """ok, stale (scheduled, but no success for three intervals), failing, off or never. `now` is the real clock."""
    if not source.enabled:
        return "off"
    if source.failures:
        return "failing"
    if source.last_success_at is None:
        return "never"
    late = source.every_minutes is not None and now - source.last_success_at > LATE * timedelta(minutes=source.every_minutes)
    return "stale" if late else "ok"


def stale_sources(workspace: Workspace, now: datetime) -> list[str]:
    """Names of the sources that are stale or failing; none in a simulated workspace, whose sources do not run."""
    if workspace.simulated_as_of is not None:
        return []
    sources = Source.objects.filter(workspace=workspace, enabled=True).filter(Q(failures__gt=0) | Q(every_minutes__isnull=False))
    return [source.name for source in sources.order_by("name") if state_of(source, now) in LATE_STATES]


def source_out(source: Source, *, language: str, real_now: datetime, now: datetime) -> SourceOut:
    """A source with its health; nothing newer than the workspace's present shows. The secret never leaves the server."""
    newest = source.newest_row_at
    return SourceOut(
        id=source.pk,
        kind=word(source.kind),
        name=source.name,
        entity=source.entity,
        config=source.config,
        mapping=MappingIn.model_validate(source.mapping) if source.mapping.get("entity") else None,
        every_minutes=source.every_minutes,
        enabled=source.enabled,
        state=word(state_of(source, real_now)),
        cursor=None if source.cursor is None or source.kind == KINGDEE else str(source.cursor),
        last_run_at=source.last_run_at,
        last_success_at=source.last_success_at,
        last_error=stored_error(source.last_error, language),
        failures=source.failures,
        rows_total=source.rows_total,
        newest_row_at=min(newest, now) if newest else None,
        next_at=source.next_at,
        streams=streams_out(source, language) if source.kind == KINGDEE else [],
    )
