"""How old the facts are that every page shows."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Sum

from liuke.accounts.store.models import Workspace
from liuke.act.doings.domain import SOURCE as OWN_DOINGS
from liuke.connect.store.models import Batch, Source
from liuke.show.api.schemas.operations import DataAgeOut, SourceAge
from liuke.show.queries.reader import Reader
from liuke.show.queries.sources import LATE_STATES, state_of
from liuke.show.queries.stamps import stamps


def data_age(reader: Reader, real_now: datetime) -> DataAgeOut:
    """For every member: a score is worth no more than the facts behind it. Sources that were turned off are not named.

    Rows of uploaded files count by what the stream holds of them; what colleagues do in Liuke itself makes no facts fresher.
    """
    workspace = reader.workspace
    rests = workspace.simulated_as_of is not None  # a sample's sources do not run, so none of them is late
    enabled = Source.objects.filter(workspace=workspace, enabled=True).order_by("name")
    sources = [
        SourceAge(name=source.name, until=_reached(source, reader.now), state="ok" if rests else state_of(source, real_now))
        for source in enabled
    ]
    stored = [line.newest_at for line in stamps(workspace, reader.now) if line.source != OWN_DOINGS]
    return DataAgeOut(
        until=max((moment for moment in (*stored, *(one.until for one in sources)) if moment), default=None),
        waiting_rows=_waiting(workspace),
        late=any(one.state in LATE_STATES for one in sources),
        sources=sources,
    )


def _reached(source: Source, now: datetime) -> datetime | None:
    """The newest row, or the last success of a source whose rows have no time of their own, such as customers; never after `now`."""
    moment = source.newest_row_at or source.last_success_at
    return min(moment, now) if moment else None


def _waiting(workspace: Workspace) -> int:
    """Activities that were accepted and are not counted in yet."""
    queued = Batch.objects.filter(workspace=workspace, entity="activities", kept__isnull=False, status=Batch.Status.QUEUED)
    return max(queued.aggregate(rows=Sum(F("rows_total") - F("rows_rejected")))["rows"] or 0, 0)
