"""A review with everything that follows from it, in one transaction: no alert without its item, no push without its notice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import transaction

from liuke.accounts.store.models import Workspace
from liuke.act.notices.escalate import escalations_run
from liuke.act.notices.inform import inform
from liuke.act.plans.recovery import recovery_tickets
from liuke.act.plans.reminders import plan_reminders
from liuke.act.plans.rule_tickets import rule_tickets
from liuke.act.renewals.ledger import renewals_sweep
from liuke.act.tasks.items import follow_changes
from liuke.alert.domain.changes import AlertChanges, ReviewKind
from liuke.alert.domain.lifecycle import DEFAULT_BANDS
from liuke.alert.domain.scored import ScoredCustomer
from liuke.alert.service import alerts_review, baseline_follow
from liuke.score.domain.levels import Bands


def customers_review(
    *, workspace: Workspace, as_of: datetime, kind: ReviewKind | str, scored: Iterable[ScoredCustomer], bands: Bands = DEFAULT_BANDS
) -> AlertChanges:
    """What the pipeline calls after scoring: alerts, their work items, notices and outbox
    messages, and the renewal ledger, all or nothing.

    The same call again changes nothing. `first` and `replay` inform nobody; `live` leaves alone what only time moves (renewals,
    reminders, escalations: the sweep's and the night's). See `alert.service.alerts_review`.
    """
    seen, off = set[int](), set[int]()
    with transaction.atomic():
        changes = alerts_review(
            workspace=workspace, as_of=as_of, kind=kind, scored=_watched(scored, seen, off), bands=bands,
            before_telling=lambda: _escalate(workspace, as_of),
        )  # fmt: skip
        baseline_follow(workspace=workspace, as_of=as_of, kind=changes.kind, seen=seen, off=off)
        follow_changes(workspace, changes)
        inform(workspace, changes)
        if changes.kind is not ReviewKind.LIVE:
            renewals_sweep(workspace=workspace, as_of=as_of, remind=changes.kind is ReviewKind.NIGHTLY)
        if changes.kind.tells:
            recovery_tickets(workspace, (*changes.raised, *changes.escalated), at=as_of)
            rule_tickets(workspace, at=as_of)
        if changes.kind is ReviewKind.NIGHTLY:
            plan_reminders(workspace=workspace, now=as_of)
    return changes


def _watched(scored: Iterable[ScoredCustomer], seen: set[int], off: set[int]) -> Iterator[ScoredCustomer]:
    """The same customers, noting who was seen and who lies off the own baseline."""
    for customer in scored:
        seen.add(customer.customer_id)
        if customer.off_baseline and not customer.is_lost:
            off.add(customer.customer_id)
        yield customer


def _escalate(workspace: Workspace, as_of: datetime) -> None:
    escalations_run(workspace=workspace, now=as_of)
