"""A whole value tier off its own baseline (SCR-08): said once, when it begins, to those who run the retention."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import transaction

from liuke.accounts.domain.roles import Role
from liuke.accounts.service.calendar import calendar_of
from liuke.accounts.store.models import Workspace
from liuke.act.channels.inapp import NoticeDraft
from liuke.act.notices.events import DIGEST, Event, events_write
from liuke.alert.domain.policy import from_plain
from liuke.alert.domain.recipients import Recipient, Who
from liuke.alert.service import routing_plan, staff_of
from liuke.base.times import local_day

TOLD = (Recipient(Who.ROLE, Role.OPERATIONS.value), Recipient(Who.ROLE, Role.ADMIN.value))


def groups_inform(*, workspace: Workspace, at: datetime, off: Mapping[str, float], before: Collection[str]) -> Mapping[str, float]:
    """Tell of the tiers in `off` (with how far under) that are not in `before`; those that count as told from now on.

    On days off nobody is told, and what begins then is news on the next working day.
    """
    today = local_day(at, workspace.time_zone)
    fresh = {tier: by for tier, by in sorted(off.items()) if tier not in before}
    working = calendar_of(workspace, year=today.year).is_working_day(today)
    if not working:
        return {tier: by for tier, by in off.items() if tier in before}
    if not fresh or not from_plain(workspace.alert_policy).baseline_notice:
        return off
    _tell(workspace, fresh, at, today)
    return off


def _tell(workspace: Workspace, fresh: Mapping[str, float], at: datetime, today: date) -> None:
    groups = [{"key": f"notices.tier_off_{tier}", "params": {"by": by}} for tier, by in fresh.items()]
    readers = staff_of(workspace.pk, today).readers(TOLD, None, None)
    drafts = [NoticeDraft(who, "notices.group_off", f"tiers_off:{today}:{who}", {"groups": groups}, "/dashboard") for who in readers]
    with transaction.atomic():
        events_write(workspace, routing_plan(workspace), [Event(draft, DIGEST) for draft in drafts], at=at)
