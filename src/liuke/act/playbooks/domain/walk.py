"""Walking one enrolment through its flow: as many steps as are due. Pure: the same state and view give the same walk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from liuke.act.playbooks.domain.contract import Effect, GiveCoupon, NodeKind, Outcome, Plain, SendMessage, State
from liuke.act.playbooks.domain.spec import Node, Spec
from liuke.act.playbooks.domain.view import View
from liuke.act.playbooks.nodes import NODES

MOST_STEPS = 200
"""More in one go is a flow that runs in circles: it fails instead of holding everybody up."""
LOOP, GONE = "loop", "node_gone"


@dataclass(frozen=True, slots=True)
class Taken:
    """A node that was left: a row of history."""

    seq: int
    node: str
    kind: str
    outlet: str
    did: str
    params: Mapping[str, Plain]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something to be done, named by the visit that asked for it."""

    seq: int
    effect: Effect


@dataclass(slots=True)
class Walk:
    """One enrolment on its way. `go` runs until it sleeps, ends, or asks something that `answer` must tell."""

    enrolment_id: int
    customer_id: int
    salt: str
    node: str
    seq: int
    since: datetime
    entry: Mapping[str, Plain] = field(default_factory=dict)
    asked: str = ""
    """What it had been waiting for when it woke: an approval is asked for once."""
    status: str = "active"
    wake_at: datetime | None = None
    waiting_for: str = ""
    end_reason: str = ""
    taken: list[Taken] = field(default_factory=list)
    wanted: list[Wanted] = field(default_factory=list)
    question: Wanted | None = None
    pending: Outcome | None = None
    steps: int = 0

    def go(self, spec: Spec, view: View, kinds: Mapping[str, NodeKind] = NODES) -> None:
        """Take steps until it sleeps, ends or asks; one that is not awake stays as it is."""
        if self.status == "active":
            self.wake_at, self.waiting_for = None, ""
        while self.status == "active" and self.question is None:
            node = spec.nodes.get(self.node)
            if node is None or node.kind not in kinds:
                return self._finish("failed", GONE)
            if self.steps >= MOST_STEPS:
                return self._finish("failed", LOOP)
            self.steps += 1
            self._take(node, kinds[node.kind], spec, view)
        return None

    def answer(self, allowed: bool, params: Mapping[str, Plain], spec: Spec, view: View) -> None:
        """Go on after a question: `allowed` takes `done`, else `refused` (`none` of a coupon) where it leads somewhere."""
        outcome, asked = self.pending, self.question
        if outcome is None or asked is None:
            return
        self.pending = self.question = None
        node = spec.nodes[self.node]
        other = "none" if isinstance(asked.effect, GiveCoupon) else "refused"
        said = dict(outcome.params) | dict(params)
        self._leave(Taken(self.seq, node.id, node.kind, "done" if allowed else other, outcome.did, said), spec, view)

    def _take(self, node: Node, kind: NodeKind, spec: Spec, view: View) -> None:
        state = State(self.enrolment_id, self.customer_id, self.seq, self.since, self.salt, self.entry)
        outcome = kind.step(node, state, view)
        if outcome.wake_at is not None and outcome.wake_at > view.now:
            if outcome.effect is not None and self.asked != outcome.waiting_for:
                self.wanted.append(Wanted(self.seq, outcome.effect))
            self.status, self.wake_at, self.waiting_for = "waiting", outcome.wake_at, outcome.waiting_for
            return
        self.asked = ""
        if outcome.end:
            self.taken.append(Taken(self.seq, node.id, node.kind, "", outcome.did, outcome.params))
            self._finish("done", outcome.end)
            return
        if isinstance(outcome.effect, SendMessage | GiveCoupon):
            self.question, self.pending = Wanted(self.seq, outcome.effect), outcome
            return
        if outcome.effect is not None:
            self.wanted.append(Wanted(self.seq, outcome.effect))
        self._leave(Taken(self.seq, node.id, node.kind, outcome.outlet, outcome.did, outcome.params), spec, view)

    def _leave(self, taken: Taken, spec: Spec, view: View) -> None:
        self.taken.append(taken)
        ways = spec.nodes[taken.node].next
        following = ways.get(taken.outlet)
        if following is None and taken.outlet in {"refused", "none"}:
            following = ways.get("done")
        if following is None or following not in spec.nodes:
            self._finish("done", "end")
            return
        self.node, self.seq, self.since = following, self.seq + 1, view.now

    def _finish(self, status: str, reason: str) -> None:
        self.status, self.end_reason, self.wake_at, self.waiting_for = status, reason, None, ""
