"""One review: every scored customer's alert decided, written and, on working days, the budget spent. One transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import transaction

from liuke.accounts.store.models import Workspace
from liuke.alert.domain.changes import AlertChanges, AlertRef, ReviewKind
from liuke.alert.domain.lifecycle import DEFAULT_BANDS, Action, Decision, Occasion, decide
from liuke.alert.domain.policy import from_plain
from liuke.alert.domain.scored import ScoredCustomer
from liuke.alert.service.telling import Telling, alerts_tell
from liuke.alert.store import repository
from liuke.alert.store.models import Alert
from liuke.alert.store.repository import OpenRow, Write
from liuke.score.domain.levels import Bands, Level

_ACTIVE = "active"


@dataclass(slots=True)
class _Draft:
    """What the decisions add up to before anything is written."""

    raised: list[tuple[int, int | None, Write]] = field(default_factory=list)
    written: list[tuple[int, Write]] = field(default_factory=list)
    escalated: list[int] = field(default_factory=list)
    lowered: list[int] = field(default_factory=list)
    woken: list[int] = field(default_factory=list)
    closed: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    titles: dict[int, str] = field(default_factory=dict)
    """What a rule calls the alert, by customer."""
    updated: int = 0
    adopted: int = 0

    def take(self, customer: ScoredCustomer, owner_id: int | None, row: OpenRow | None, decision: Decision) -> None:
        """Keep what was decided on a customer, where there is anything to keep."""
        if decision.state is None:
            return
        write = Write(decision.state, customer.alert_reasons(), customer.annual_value, customer.expected_loss, customer.tier)
        if customer.title:
            self.titles[customer.customer_id] = customer.title
        if row is None:
            self.raised.append((customer.customer_id, owner_id, write))
        else:
            self.change(row, decision, write)

    def change(self, row: OpenRow, decision: Decision, write: Write) -> None:
        """Keep one decision on an open alert."""
        if decision.action is Action.CLOSE:
            self.closed[decision.close_reason].append(row.alert_id)
            return
        self.written.append((row.alert_id, write))
        if decision.action is Action.ESCALATE:
            self.escalated.append(row.alert_id)
        elif decision.action is Action.LOWER:
            self.lowered.append(row.alert_id)
        else:
            self.updated += 1
        if row.state.snoozed_until and not write.state.snoozed_until:
            self.woken.append(row.alert_id)


def alerts_review(
    *,
    workspace: Workspace,
    as_of: datetime,
    kind: ReviewKind | str,
    scored: Iterable[ScoredCustomer],
    bands: Bands = DEFAULT_BANDS,
    before_telling: Callable[[], None] | None = None,
) -> AlertChanges:
    """Bring the workspace's alerts to the state that these scores ask for, at `as_of` of the workspace clock.

    `first` makes the 存量风险清单, of what a replay left open too, and tells nobody; `replay` lives through history and
    tells nobody; `nightly` also spends the attention budget on working days, and so does `live`, but for quiet releases: it reads
    the alerts of the customers among `scored` and no others, at most some thousands. Customers that are not among `scored` keep
    their alerts. The same call again changes nothing. Call it with rising `as_of`. Its work items are made by
    `act.service.customers_review`, which contains this call in its own transaction: the pipeline calls that one.
    `before_telling` is called between the two halves of a nightly review: what it pushes leaves less of the day's budget.
    """
    kind = ReviewKind(kind)
    on = Occasion(as_of, workspace.time_zone, from_plain(workspace.alert_policy), bands)
    customers = list(scored)
    few = [customer.customer_id for customer in customers] if kind is ReviewKind.LIVE else None
    with transaction.atomic():
        repository.review_lock(workspace.pk)
        adopted = repository.adopt(workspace.pk, few)
        opened = repository.open_alerts(workspace.pk, customers=few)
        draft = _decide_all(workspace, kind, _concerned(customers, opened), opened, on)
        draft.adopted = adopted
        origin = Alert.Origin.STOCK if kind is ReviewKind.FIRST else Alert.Origin.LIVE
        if kind is ReviewKind.FIRST:
            repository.make_stock(workspace.pk)
        repository.insert(draft.raised, workspace_id=workspace.pk, origin=origin, as_of=as_of)
        repository.update(draft.written, as_of=as_of)
        repository.close(draft.closed, as_of=as_of)
        after = _after(workspace, draft, opened, as_of)
        if kind is ReviewKind.NIGHTLY and before_telling is not None:
            before_telling()
        told = alerts_tell(workspace, after, on, releases=kind is ReviewKind.NIGHTLY) if kind.tells else Telling()
    return _changes(draft, after, told, as_of, kind)


def _concerned(scored: Iterable[ScoredCustomer], opened: dict[int, OpenRow]) -> list[ScoredCustomer]:
    return [customer for customer in scored if customer.alert_level is not Level.NORMAL or customer.customer_id in opened]


def _decide_all(
    workspace: Workspace, kind: ReviewKind, customers: list[ScoredCustomer], opened: dict[int, OpenRow], on: Occasion
) -> _Draft:
    standings = repository.standings(workspace.pk, [customer.customer_id for customer in customers])
    few = [customer.customer_id for customer in customers] if kind is ReviewKind.LIVE else None
    pasts = repository.pasts(workspace.pk, as_of=on.as_of, repeat_after_days=on.policy.repeat_after_days, customers=few)
    draft = _Draft()
    for customer in customers:
        if customer.customer_id not in standings:
            continue
        status, owner_id = standings[customer.customer_id]
        row = opened.get(customer.customer_id)
        status = _ACTIVE if kind is ReviewKind.REPLAY else status
        decision = decide(row.state if row else None, pasts.get(customer.customer_id), customer, status=status, on=on)
        draft.take(customer, owner_id, row, decision)
    return draft


def _after(workspace: Workspace, draft: _Draft, opened: dict[int, OpenRow], as_of: datetime) -> dict[int, OpenRow]:
    """The open alerts as they are now, by id; only the new ones are read back."""
    gone = {alert_id for ids in draft.closed.values() for alert_id in ids}
    rows = {row.alert_id: row for row in opened.values() if row.alert_id not in gone}
    for alert_id, write in draft.written:
        rows[alert_id] = replace(rows[alert_id], state=write.state, expected_loss=write.expected_loss)
    if draft.raised:
        rows |= {row.alert_id: row for row in repository.open_alerts(workspace.pk, opened_at=as_of).values()}
    return rows


def _changes(draft: _Draft, rows: dict[int, OpenRow], telling: Telling, as_of: datetime, kind: ReviewKind) -> AlertChanges:
    raised = {customer_id for customer_id, _, _ in draft.raised}

    def ref(alert_id: int) -> AlertRef:
        row = rows[alert_id]
        title = draft.titles.get(row.customer_id, "")
        told = (telling.readers.get(alert_id), telling.routes.get(alert_id))
        return AlertRef(row.alert_id, row.customer_id, row.owner_id, row.state.level, row.expected_loss, title, *told)

    def refs(ids: Iterable[int]) -> tuple[AlertRef, ...]:
        return tuple(map(ref, ids))

    told = telling.told
    return AlertChanges(
        as_of=as_of,
        kind=kind,
        raised=refs(row.alert_id for row in rows.values() if row.customer_id in raised),
        escalated=refs(draft.escalated),
        lowered=refs(draft.lowered),
        closed=tuple((alert_id, reason) for reason, ids in draft.closed.items() for alert_id in ids),
        woken=tuple(draft.woken),
        pushed=refs(told.pushed),
        released=refs(told.released),
        digest=refs(told.digest),
        copies=tuple((ref(alert_id), person) for alert_id, person in told.copies),
        copied=tuple((ref(alert_id), person) for alert_id, person in told.copied),
        updated=draft.updated,
        adopted=draft.adopted,
    )
