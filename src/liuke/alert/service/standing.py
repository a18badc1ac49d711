"""How one customer stands with the alerts: what is open, what holds a raise back, and whether anybody was told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from liuke.accounts.service.calendar import calendar_of
from liuke.accounts.store.models import Workspace
from liuke.alert.domain.policy import AlertPolicy, from_plain
from liuke.alert.domain.scored import ScoredCustomer
from liuke.alert.domain.silence import Silence, silence_of
from liuke.alert.store import repository
from liuke.alert.store.models import Alert
from liuke.base.times import day_start, local_day


@dataclass(frozen=True, slots=True)
class AlertStanding:
    """`opened`: the customer's open alert. `silence`: what would hold a new one back. `pushes_left`: of the owner's budget today.

    `working_day`: whether anybody is told anything today.
    """

    opened: Alert | None
    silence: Silence | None
    policy: AlertPolicy
    pushes_left: int
    working_day: bool


def alert_standing(*, workspace: Workspace, customer: ScoredCustomer, owner_id: int | None, as_of: datetime) -> AlertStanding:
    """The standing at `as_of` of the workspace clock. The caller has checked that the asker may see the customer."""
    policy = from_plain(workspace.alert_policy)
    opened = Alert.objects.filter(customer_id=customer.customer_id).exclude(status=Alert.Status.CLOSED).first()
    past = repository.pasts(workspace.pk, as_of=as_of, repeat_after_days=policy.repeat_after_days).get(customer.customer_id)
    silence = silence_of(past, customer, as_of=as_of, zone=workspace.time_zone, policy=policy) if past else None
    today = local_day(as_of, workspace.time_zone)
    start, end = (day_start(today + timedelta(days=days), workspace.time_zone) for days in (0, 1))
    pushed, _ = repository.told_between(workspace.pk, start, end)
    left = max(policy.pushes_per_owner_and_day - pushed[owner_id], 0) if owner_id is not None else 0
    return AlertStanding(opened, silence, policy, left, calendar_of(workspace, year=today.year).is_working_day(today))
