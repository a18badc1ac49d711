"""Until when an alert should have been answered, as told: a follow-up, a snooze and 改期 move the task's date, but not this one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from liuke.accounts.service.calendar import calendar_of
from liuke.accounts.store.models import Workspace
from liuke.act.domain.due import due_after
from liuke.alert.domain.policy import from_plain
from liuke.alert.service import routing_plan, situations_of
from liuke.alert.store.models import Alert

_CHUNK = 500


def deadlines(workspace: Workspace, told: Mapping[int, datetime]) -> dict[int, datetime]:
    """Alert → the end of its time to answer, counted from `told` with today's routing table and policy. Without a deadline: absent."""
    if not told:
        return {}
    table, policy = routing_plan(workspace).table, from_plain(workspace.alert_policy)
    calendar = calendar_of(workspace, year=max(told.values()).year)
    ids, found = list(told), {}
    for start in range(0, len(ids), _CHUNK):
        for alert_id, situation in situations_of(Alert.objects.filter(pk__in=ids[start : start + _CHUNK])).items():
            asked = table.route_of(situation).sla_hours
            hours = policy.due_hours(situation.level) if asked is None else asked
            if hours:
                found[alert_id] = due_after(told[alert_id], hours, workspace.time_zone, calendar)
    return found
