"""A review with everything that follows from it, in one transaction: no alert without its item, no push without its notice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from liuke.accounts.store.models import Workspace
from liuke.act.notices.inform import inform
from liuke.act.renewals.ledger import renewals_sweep
from liuke.act.tasks.items import follow_changes
from liuke.alert.domain.changes import AlertChanges, ReviewKind
from liuke.alert.domain.lifecycle import DEFAULT_BANDS
from liuke.alert.domain.scored import ScoredCustomer
from liuke.alert.service import alerts_review
from liuke.score.domain.levels import Bands


def customers_review(
    *, workspace: Workspace, as_of: datetime, kind: ReviewKind | str, scored: Iterable[ScoredCustomer], bands: Bands = DEFAULT_BANDS
) -> AlertChanges:
    """What the pipeline calls after scoring: alerts, their work items, notices and outbox
    messages, and the renewal ledger, all or nothing.

    The same call again changes nothing. `first` and `replay` inform nobody. See `alert.service.alerts_review`.
    """
    with transaction.atomic():
        changes = alerts_review(workspace=workspace, as_of=as_of, kind=kind, scored=scored, bands=bands)
        follow_changes(workspace, changes)
        inform(workspace, changes)
        renewals_sweep(workspace=workspace, as_of=as_of, remind=changes.kind is ReviewKind.NIGHTLY)
    return changes
