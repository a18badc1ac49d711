"""What the governor must know before it decides about many touches, read with few queries; grows as touches are reserved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from liuke.accounts.domain.calendar import Calendar
from liuke.accounts.service.calendar import calendar_of
from liuke.accounts.store.models import Workspace
from liuke.act.governor.addresses import Reached
from liuke.act.governor.domain import Allowed, Decision, Deferred, History, Past, Touch, Word, consent_word, decide
from liuke.act.governor.domain_policy import Policy, Purpose
from liuke.act.governor.policies import policy_of
from liuke.act.store.models import Consent, CustomerMessage, DoNotContact, GovernorLock, Suppression

REACH_BACK = timedelta(days=32)
"""Longer than the longest window."""
_Said = tuple[Word, datetime]


def governor_lock(workspace_id: int) -> None:
    """Wait until nobody else decides about touches in this workspace; held to the end of the transaction.

    On SQLite the transaction itself has the only pen.
    """
    GovernorLock.objects.get_or_create(workspace_id=workspace_id)
    GovernorLock.objects.select_for_update().get(workspace_id=workspace_id)


@dataclass
class Pasts:
    """The state that touches are judged against. `reserve` after a yes: the next touch sees it."""

    workspace: Workspace
    policy: Policy
    calendar: Calendar
    dry: bool
    touches: dict[int, list[Past]] = field(default_factory=lambda: defaultdict(list))
    spent: dict[int, Decimal] = field(default_factory=dict)
    offers: dict[str, str] = field(default_factory=dict)
    said: dict[tuple[int, int | None, str, str], _Said] = field(default_factory=dict)
    suppressed: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    barred: frozenset[int] = frozenset()

    def judge(self, touch: Touch, way: Reached | None, now: datetime) -> Decision:
        """The word on one touch over one way; nothing is reserved."""
        return decide(touch, self._history(touch, way), self.policy, self.calendar, now=now, zone=self.workspace.time_zone)

    def reserve(self, touch: Touch, decision: Decision, now: datetime) -> None:
        """Count the touch where it may leave, now or later."""
        if not isinstance(decision, Allowed | Deferred):
            return
        leaves = decision.until if isinstance(decision, Deferred) else now
        cost = self.policy.cost(touch.over, touch.cost)
        self.touches[touch.customer_id].append(Past(leaves, touch.over, touch.purpose, cost, touch.playbook_id))
        if touch.playbook_id is not None:
            self.spent[touch.playbook_id] = self.spent.get(touch.playbook_id, Decimal(0)) + cost
        if touch.coupon is not None:
            self.offers[touch.coupon.segment] = touch.coupon.offer

    def best(self, customer_id: int, medium: str, purpose: Purpose, ways: Sequence[Reached]) -> Reached | None:
        """The way that is most likely allowed: not suppressed, with consent, the key contact before others."""

        def rank(way: Reached) -> tuple[int, int]:
            word = self.word(customer_id, way.contact_id, medium, purpose)
            closed = bool(self.suppressed.get(way.digest)) or word is Word.WITHDRAWN
            return (int(closed), int(word is not Word.GIVEN))

        return min(ways, key=rank, default=None)

    def word(self, customer_id: int, contact_id: int | None, medium: str, purpose: Purpose) -> Word:
        """The last word on a medium and purpose of a person at a customer."""
        whole = self.said.get((customer_id, None, medium, purpose.value))
        own = self.said.get((customer_id, contact_id, medium, purpose.value)) if contact_id is not None else None
        return consent_word(own, whole)

    def _history(self, touch: Touch, way: Reached | None) -> History:
        return History(
            suppressed_for=frozenset(self.suppressed.get(way.digest, ())) if way else frozenset(),
            do_not_contact=touch.customer_id in self.barred,
            word=self.word(touch.customer_id, way.contact_id if way else None, touch.over, touch.purpose),
            touches=self.touches.get(touch.customer_id, ()),
            playbook_spent=self.spent.get(touch.playbook_id, Decimal(0)) if touch.playbook_id is not None else Decimal(0),
            offers=self.offers,
        )


def pasts_of(
    workspace: Workspace,
    *,
    now: datetime,
    customer_ids: Collection[int],
    digests: Collection[str],
    touches: Collection[Touch] = (),
    leaving_out: Iterable[int] = (),
    policy: Policy | None = None,
    before: datetime | None = None,
) -> Pasts:
    """Everything about these customers and addresses at `now`. `leaving_out`: messages (ids) that are judged again themselves;
    `before`: only messages that were asked for earlier count.
    """
    rules = policy or policy_of(workspace)
    dry = rules.dry_run or workspace.simulated_as_of is not None
    pasts = Pasts(workspace, rules, calendar_of(workspace, year=now.year), dry)
    counted = CustomerMessage.objects.filter(workspace=workspace, counts=True, dry=dry).exclude(pk__in=list(leaving_out))
    if before is not None:
        counted = counted.filter(created_at__lt=before)
    ids = list(customer_ids)
    _touched(pasts, counted.filter(customer_id__in=ids), touches, now)
    _spent(pasts, counted, touches)
    _offered(pasts, counted, touches, now)
    _words(pasts, ids, digests)
    return pasts


def _touched(pasts: Pasts, counted: QuerySet[CustomerMessage], touches: Collection[Touch], now: datetime) -> None:
    """What these customers got lately, and ever by the playbooks that want to touch them now."""
    playbooks = {touch.playbook_id for touch in touches if touch.playbook_id is not None}
    rows = counted.filter(Q(planned_at__gte=now - REACH_BACK) | Q(playbook_id__in=playbooks))
    for customer_id, at, medium, purpose, cost, playbook_id in rows.values_list(
        "customer_id", "planned_at", "medium", "purpose", "cost", "playbook_id"
    ):
        pasts.touches[customer_id].append(Past(at, medium, Purpose(purpose), cost, playbook_id))


def _spent(pasts: Pasts, counted: QuerySet[CustomerMessage], touches: Collection[Touch]) -> None:
    """What playbooks with a limit have spent in all."""
    asking = [touch for touch in touches if touch.playbook_id]
    limited = {touch.playbook_id for touch in asking if pasts.policy.per_playbook or touch.budget.total is not None}
    if limited:
        sums = counted.filter(playbook_id__in=limited).order_by().values_list("playbook_id").annotate(total=Sum("cost"))
        pasts.spent.update({playbook_id: total for playbook_id, total in sums if playbook_id is not None})


def _offered(pasts: Pasts, counted: QuerySet[CustomerMessage], touches: Collection[Touch], now: datetime) -> None:
    """The class of offer that a segment got last."""
    segments = {touch.coupon.segment for touch in touches if touch.coupon is not None}
    if segments:
        since = now - timedelta(days=pasts.policy.fair_days)
        given = counted.filter(offer_segment__in=segments, planned_at__gte=since).exclude(offer="").order_by("planned_at", "pk")
        pasts.offers.update(dict(given.values_list("offer_segment", "offer")))


def _words(pasts: Pasts, ids: Collection[int], digests: Collection[str]) -> None:
    """What customers have said."""
    said = Consent.objects.filter(workspace=pasts.workspace, customer_id__in=ids).order_by("pk")
    for customer_id, contact_id, medium, purpose, state, at in said.values_list(
        "customer_id", "contact_id", "medium", "purpose", "state", "at"
    ):
        pasts.said[customer_id, contact_id, medium, purpose] = (Word(state), at)
    closed = Suppression.objects.filter(workspace=pasts.workspace, digest__in=list(digests), lifted_at=None)
    for digest, scope in closed.values_list("digest", "scope"):
        pasts.suppressed[digest].add(scope)
    barred = DoNotContact.objects.filter(workspace=pasts.workspace, customer_id__in=ids, ended_at=None)
    pasts.barred = frozenset(barred.values_list("customer_id", flat=True))
