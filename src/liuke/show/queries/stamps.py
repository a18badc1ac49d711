"""截至: how far each source reaches, and which kinds of activity a workspace has. Kept for a minute: it reads the whole stream."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.core.cache import cache

from liuke.accounts.store.models import Workspace
from liuke.base.times import from_us, to_us
from liuke.facts.store.activities import freshness
from liuke.show.api.schemas.customers import SourceStamp
from liuke.show.queries.warehouse import rows, warehouse

KEPT_S = 60


def kinds_of(workspace: Workspace, now: datetime) -> Mapping[str, int]:
    """Kinds of activity known before the workspace's present, with how many there are."""
    minute = to_us(now) // 60_000_000
    name = f"kinds:{workspace.pk}:{minute}"
    found: Mapping[str, int] | None = cache.get(name)
    if found is None:
        sql = "SELECT kind, count(*) AS n FROM activity WHERE ts_us < $now AND known_us <= $now GROUP BY kind"
        table = rows(workspace, sql, {"now": to_us(now)})
        found = {str(row["kind"]): int(row["n"]) for row in table.to_pylist()}
        cache.set(name, found, KEPT_S)
    return found


def stamps(workspace: Workspace, now: datetime, only: Collection[str] | None = None) -> list[SourceStamp]:
    """The newest row of each source (of `only` where given) before the workspace's present."""
    name = f"freshness:{workspace.pk}:{to_us(now) // 60_000_000}"
    found: list[tuple[str, int]] | None = cache.get(name)
    if found is None:
        found = [(line.source, line.newest_us) for line in freshness(warehouse(), workspace.pk, now)]
        cache.set(name, found, KEPT_S)
    return [SourceStamp(source=source, newest_at=from_us(us)) for source, us in found if only is None or source in only]
