"""How old the facts are that every page shows."""

from __future__ import annotations

from datetime import datetime

from liuke.connect.store.models import Source
from liuke.show.api.schemas.operations import DataAgeOut, SourceAge
from liuke.show.queries.operations_facts import live_of
from liuke.show.queries.reader import Reader
from liuke.show.queries.sources import state_of

BEHIND = frozenset({"stale", "failing"})


def data_age(reader: Reader, real_now: datetime) -> DataAgeOut:
    """For every member: a score is worth no more than the facts behind it. Sources that were turned off are left out."""
    workspace = reader.workspace
    rests = workspace.simulated_as_of is not None  # a sample's sources do not run, so none of them is late
    enabled = Source.objects.filter(workspace=workspace, enabled=True).order_by("name")
    sources = [
        SourceAge(
            name=source.name,
            until=min(source.newest_row_at, reader.now) if source.newest_row_at else None,
            state="ok" if rests else state_of(source, real_now),
        )
        for source in enabled
    ]
    return DataAgeOut(
        until=max((one.until for one in sources if one.until), default=None),
        waiting_rows=max(live_of(workspace, real_now).rows, 0),
        late=any(one.state in BEHIND for one in sources),
        sources=sources,
    )
