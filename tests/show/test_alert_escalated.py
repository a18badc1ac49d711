"""已升级: alerts that went up the ladder at the level that they have now (ALT-04)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from liuke.alert.store.models import Alert, Escalation
from tests.show.world import NOW, World

pytestmark = pytest.mark.django_db


def shown(world: World) -> tuple[int, list[int]]:
    """The number on the chip and the alerts behind it."""
    rows = world.get("admin", "/alerts", scope="all", escalated="true")["items"]
    return world.get("admin", "/alerts/counts")["escalated"], [row["id"] for row in rows]


def test_the_chip_counts_what_its_list_shows(world: World) -> None:
    Escalation.objects.all().delete()
    assert shown(world) == (0, [])
    alert = Alert.objects.filter(workspace=world.workspace, status="open")[0]
    for step in (1, 2):
        Escalation.objects.create(
            workspace=world.workspace, alert=alert, level=alert.level, step=step, due_at=NOW - timedelta(hours=2), at=NOW, told=[]
        )
    assert shown(world) == (1, [alert.pk])
    Alert.objects.filter(pk=alert.pk).update(level="early" if alert.level != "early" else "high")
    assert shown(world) == (0, []), "a new level begins the ladder anew"
