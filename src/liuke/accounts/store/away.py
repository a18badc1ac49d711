"""Who is away on a day, read from the absences."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from liuke.accounts.domain.absences import Away, stand_ins
from liuke.accounts.store.models import Absence, Membership


def stand_ins_on(workspace_id: int, day: date) -> Mapping[int, int]:
    """Deputy by membership of whoever is away on a local day; chains are followed. See `domain.absences.stand_ins`."""
    rows = Absence.objects.filter(workspace_id=workspace_id, starts_on__lte=day, ends_on__gte=day).order_by("id")
    away = [Away(*row) for row in rows.values_list("member_id", "deputy_id", "starts_on", "ends_on")]
    if not away:
        return {}
    present = Membership.objects.filter(workspace_id=workspace_id, is_active=True).values_list("id", flat=True)
    return stand_ins(away, day, set(present))


def stands_in_for(workspace_id: int, membership_id: int, day: date) -> frozenset[int]:
    """Whose work this member also sees on a local day."""
    return frozenset(member for member, deputy in stand_ins_on(workspace_id, day).items() if deputy == membership_id)
