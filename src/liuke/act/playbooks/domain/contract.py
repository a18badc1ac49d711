"""The contract of triggers and nodes: what a step sees, what it may answer, what can be asked to be done. Steps are pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TypeAlias

from liuke.act.playbooks.domain.faults import Faults
from liuke.act.playbooks.domain.fields import Field, Params
from liuke.act.playbooks.domain.sources import Occurrence, Sources
from liuke.act.playbooks.domain.spec import Node
from liuke.act.playbooks.domain.view import View

Plain: TypeAlias = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class State:
    """One enrolment at a node. `since`: when it came to the node; `seq` numbers the nodes that it has come to."""

    enrolment_id: int
    customer_id: int
    seq: int
    since: datetime
    salt: str
    entry: Mapping[str, Plain] = field(default_factory=dict)
    """What the trigger gave, for texts."""


@dataclass(frozen=True, slots=True)
class SendMessage:
    """A message to the customer; the governor's word decides between the outlets `done` and `refused`."""

    channel: str
    template: str
    purpose: str
    cost: Decimal
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MakeItem:
    """A work item. `owner_id` None = the customer's owner."""

    title: str
    owner_id: int | None
    due_at: datetime | None
    plan_code: str | None
    note: str


@dataclass(frozen=True, slots=True)
class AssignTo:
    """Give the customer to a member."""

    member_id: int


@dataclass(frozen=True, slots=True)
class SetTag:
    """Put the customer into a tag by hand's right, or take it out."""

    code: str
    add: bool


@dataclass(frozen=True, slots=True)
class OpenGroup:
    """A group chat about the customer, of its owner and supervisor and these members."""

    way_out: int
    name: str
    first_text: str


@dataclass(frozen=True, slots=True)
class CallWebhook:
    """Tell another system through a configured webhook channel."""

    way_out: int
    event: str
    text: str


@dataclass(frozen=True, slots=True)
class AskApproval:
    """Ask a person. `approver_id` None = those who may assign."""

    text: str
    approver_id: int | None
    due_at: datetime


@dataclass(frozen=True, slots=True)
class GivePoints:
    """Points into the customer's account."""

    points: int
    reason: str


@dataclass(frozen=True, slots=True)
class GiveCoupon:
    """A coupon of a kind; without stock, or where it would not be fair, the outlet `none` is taken.

    `segment`: whose offers must be alike.
    """

    kind_code: str
    segment: str = ""


Effect: TypeAlias = SendMessage | MakeItem | AssignTo | SetTag | OpenGroup | CallWebhook | AskApproval | GivePoints | GiveCoupon


@dataclass(frozen=True, slots=True)
class Outcome:
    """A step's answer: the way on (`outlet`), or sleep until `wake_at`, or the end. `did`: what history says."""

    outlet: str = ""
    wake_at: datetime | None = None
    waiting_for: str = ""
    effect: Effect | None = None
    end: str = ""
    did: str = ""
    """`playbooks.did.<did>`."""
    params: Mapping[str, Plain] = field(default_factory=dict)


Step: TypeAlias = Callable[[Node, State, View], Outcome]


def _done(_params: Params) -> Sequence[str]:
    return ("done",)


def _fine(_params: Params, _at: str, _faults: Faults) -> None:
    """Nothing further to check."""


@dataclass(frozen=True, slots=True)
class NodeKind:
    """One kind of node. A file under `nodes/` exports it as `NODE`; its texts lie beside it."""

    name: str
    group: str
    """flow, reach, work or end: where the builder lists it."""
    fields: tuple[Field, ...]
    step: Step
    outlets: Callable[[Params], Sequence[str]] = _done
    optional: frozenset[str] = frozenset()
    """Outlets that may stay unlinked: the way `done` is taken instead, or the flow ends."""
    sleeps: bool = False
    """It always sleeps for a while, so a cycle through it ends nowhere but costs nothing."""
    validate: Callable[[Params, str, Faults], None] = _fine
    icon: str = ""


@dataclass(frozen=True, slots=True)
class TriggerKind:
    """One kind of trigger. A file under `triggers/` exports it as `TRIGGER`; its texts lie beside it.

    `is_state`: `find` answers who fulfils a condition now, and entering is beginning to; otherwise each occurrence in the
    sources' span is one.
    """

    name: str
    fields: tuple[Field, ...]
    find: Callable[[Params, Sources], Sequence[Occurrence]]
    validate: Callable[[Params, str, Faults], None] = _fine
    is_state: bool = False
    columns: Callable[[Params], Sequence[str]] = lambda _params: ()
    """Columns of the frame that `find` reads."""
    icon: str = ""
