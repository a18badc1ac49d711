"""A flow walked in thought, event by event. Pure: the governor's word comes from a function that is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from heapq import heapify, heappop, heappush

from liuke.act.playbooks.domain.contract import GiveCoupon, Plain, SendMessage
from liuke.act.playbooks.domain.entry import portion
from liuke.act.playbooks.domain.spec import Spec
from liuke.act.playbooks.domain.view import Event, View
from liuke.act.playbooks.domain.walk import Taken, Walk

RESPONDS_AFTER = timedelta(days=1)
"""Those of whom it is assumed that they respond, or approve, do so a day later."""
APPROVAL = "approval"


@dataclass(frozen=True, slots=True)
class Ruled:
    """The word on one message or coupon; `rule` of what was deferred or refused. `cost` of what is sent or given."""

    allowed: bool
    rule: str = ""
    cost: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Asked:
    """A message that somebody would send, or a coupon that they would give."""

    customer_id: int
    effect: SendMessage | GiveCoupon
    at: datetime


@dataclass(frozen=True, slots=True)
class Done:
    """A node that was left at a moment."""

    customer_id: int
    at: datetime
    taken: Taken
    ruled: Ruled | None = None


Governor = Callable[[Sequence[Asked]], Sequence[Ruled]]
"""Judges messages and coupons in the order in which they are asked; what it allowed before uses up caps, budget and stock."""


@dataclass(slots=True)
class Rehearsal:
    """Everybody on their way. `response`: the share that does what is waited for."""

    spec: Spec
    salt: str
    view: View
    response: float
    governor: Governor
    done: list[Done] = field(default_factory=list)
    agenda: list[tuple[datetime, int]] = field(default_factory=list)
    walks: dict[int, Walk] = field(default_factory=dict)

    def enter(self, customer_id: int, at: datetime, entry: Mapping[str, Plain]) -> None:
        """One more customer; enrolments are numbered by customer."""
        self.walks[customer_id] = Walk(customer_id, customer_id, self.salt, self.spec.start, 0, at, entry)
        self.agenda.append((at, customer_id))

    def run(self, *, until: datetime, told: Callable[[datetime], None] = lambda _moment: None) -> None:
        """Everything that is due before `until`, in order of time; messages and coupons of one moment are judged together.

        `told` hears of each moment before it is lived through, and may raise to stop.
        """
        heapify(self.agenda)
        while self.agenda and self.agenda[0][0] < until:
            now = self.agenda[0][0]
            told(now)
            due: list[Walk] = []
            while self.agenda and self.agenda[0][0] == now:
                due.append(self.walks[heappop(self.agenda)[1]])
            self._step(due, now)

    def _step(self, due: Sequence[Walk], now: datetime) -> None:
        views = {walk.customer_id: self._view(walk, now) for walk in due}
        for walk in due:
            walk.status, walk.asked = "active", walk.waiting_for
            walk.go(self.spec, views[walk.customer_id])
            self._note(walk, now)
        while asking := [walk for walk in due if walk.question is not None]:
            asked = [Asked(walk.customer_id, _effect(walk), now) for walk in asking]
            for walk, ruled in zip(asking, self.governor(asked), strict=True):
                walk.answer(ruled.allowed, {"rule": ruled.rule}, self.spec, views[walk.customer_id])
                self._note(walk, now, ruled)
                walk.go(self.spec, views[walk.customer_id])
                self._note(walk, now)
        for walk in due:
            if walk.wake_at is not None:
                heappush(self.agenda, (self._wakes(walk), walk.customer_id))

    def _note(self, walk: Walk, now: datetime, ruled: Ruled | None = None) -> None:
        self.done += [Done(walk.customer_id, now, taken, ruled) for taken in walk.taken]
        walk.taken.clear()
        walk.wanted.clear()

    def _wakes(self, walk: Walk) -> datetime:
        """When a sleeper goes on: at its time, or earlier where it responds."""
        if walk.wake_at is None:
            raise ValueError("awake")
        soon = walk.since + RESPONDS_AFTER
        expects = walk.waiting_for == APPROVAL or (walk.waiting_for and self._responds(walk))
        return min(walk.wake_at, soon) if expects else walk.wake_at

    def _responds(self, walk: Walk) -> bool:
        return portion(f"{self.salt}:responds:{walk.node}", walk.customer_id) < self.response

    def _view(self, walk: Walk, now: datetime) -> View:
        if not walk.waiting_for or now < walk.since + RESPONDS_AFTER:
            return replace(self.view, now=now)
        if walk.waiting_for == APPROVAL:
            return replace(self.view, now=now, approvals={(walk.enrolment_id, walk.seq): True})
        events = [Event(walk.waiting_for, walk.since + RESPONDS_AFTER)] if self._responds(walk) else []
        return replace(self.view, now=now, events={walk.customer_id: events})


def _effect(walk: Walk) -> SendMessage | GiveCoupon:
    """What the walk asks for; only messages and coupons are asked for."""
    if walk.question is None or not isinstance(walk.question.effect, SendMessage | GiveCoupon):
        raise TypeError("no such question")
    return walk.question.effect
