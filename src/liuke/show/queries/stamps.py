"""截至: how far each source reaches, and which kinds of activity a workspace has. Kept for a minute: it reads the whole stream."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from liuke.accounts.store.models import Workspace
from liuke.base.times import from_us, to_us
from liuke.facts.store.activities import freshness
from liuke.show.api.schemas.customers import SourceStamp
from liuke.show.queries.kept import kept
from liuke.show.queries.warehouse import rows, warehouse

MINUTE_US = 60_000_000


def kinds_of(workspace: Workspace, now: datetime) -> Mapping[str, int]:
    """Kinds of activity known before the workspace's present, with how many there are."""
    return kept(("kinds", workspace.pk, to_us(now) // MINUTE_US), lambda: _kinds(workspace, now))


def _kinds(workspace: Workspace, now: datetime) -> Mapping[str, int]:
    sql = "SELECT kind, count(*) AS n FROM activity WHERE ts_us < $now AND known_us <= $now GROUP BY kind"
    return {str(row["kind"]): int(row["n"]) for row in rows(workspace, sql, {"now": to_us(now)}).to_pylist()}


def stamps(workspace: Workspace, now: datetime, only: Collection[str] | None = None) -> list[SourceStamp]:
    """The newest row of each source (of `only` where given) before the workspace's present."""
    found = kept(("freshness", workspace.pk, to_us(now) // MINUTE_US), lambda: freshness(warehouse(), workspace.pk, now))
    return [SourceStamp(source=line.source, newest_at=from_us(line.newest_us)) for line in found if only is None or line.source in only]
