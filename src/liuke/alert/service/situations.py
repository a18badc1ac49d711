"""Alerts and people as the routing table sees them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from liuke.accounts.service.absences import stand_ins_on
from liuke.accounts.store.models import Membership
from liuke.alert.domain.recipients import Member, Staff
from liuke.alert.domain.routing import Situation
from liuke.alert.domain.scored import speaking
from liuke.alert.store.models import Alert
from liuke.score.domain.levels import Level

_CHUNK = 500


def staff_of(workspace_id: int, day: date) -> Staff:
    """Everybody who may come in, and who stands in for whom on a local day; two queries."""
    rows = Membership.objects.filter(workspace_id=workspace_id, is_active=True).order_by("id").values_list("id", "role", "team_id")
    return Staff(tuple(Member(*row) for row in rows), stand_ins_on(workspace_id, day))


def situations(workspace_id: int, alert_ids: Iterable[int]) -> dict[int, Situation]:
    """The alerts of these ids as the table sees them; one query per 500."""
    ids = list(alert_ids)
    found: dict[int, Situation] = {}
    for start in range(0, len(ids), _CHUNK):
        found |= situations_of(Alert.objects.filter(workspace_id=workspace_id, pk__in=ids[start : start + _CHUNK]))
    return found


def situations_of(alerts: QuerySet[Alert]) -> dict[int, Situation]:
    """The same for alerts of a query."""
    rows = alerts.values_list("id", "level", "tier", "owner_id", "owner__team_id", "customer__owner__team_id", "reasons")
    return {row[0]: _situation(row[:-1], row[-1]) for row in rows}


def _situation(row: tuple[int, str, str, int | None, int | None, int | None], reasons: list[dict[str, Any]]) -> Situation:
    alert_id, level, tier, owner, team, customers_team = row
    speak = speaking(reasons)
    main = next((str(line["family"]) for line in reasons if speak and line["signal"] == speak[0][0]), "")
    signals = frozenset(signal for signal, _, _ in speak)
    return Situation(alert_id, Level(level), tier, main, signals, owner, customers_team if team is None else team)
