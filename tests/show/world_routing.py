"""What the rows about routing need in the world."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from liuke.accounts.store.models import Absence, Membership, Workspace
from liuke.act.store.models import HandOver


def make_routing(workspace: Workspace, people: Mapping[str, Membership], now: datetime) -> dict[str, Any]:
    """An absence of the manager's to come, and a hand-over of the manager's."""
    absence = Absence.objects.create(
        workspace=workspace, member=people["manager"], deputy=people["supervisor"], starts_on=date(2027, 2, 1), ends_on=date(2027, 2, 5)
    )
    handover = HandOver.objects.create(workspace=workspace, member=people["manager"], at=now)
    return {"absence": absence.pk, "handover": handover.pk}
