"""A flow as frozen values. `read.spec_from_plain` makes and checks it; docs/reference/playbook.schema.json says its JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from liuke.act.playbooks.domain.fields import Params
from liuke.rules.syntax import Rule

MOST_NODES = 100


class GoalKind(StrEnum):
    """What a flow is for."""

    ORDER = "order"
    REPLY = "reply"
    RENEWED = "renewed"
    SCORE_BELOW = "score_below"
    ACTIVITY = "activity"


class Exit(StrEnum):
    """What takes a customer out before the end."""

    GOAL = "goal"
    LOST = "lost"
    OPTED_OUT = "opted_out"
    ALERT_CLOSED = "alert_closed"
    SEGMENT_LEFT = "segment_left"


class ReentryMode(StrEnum):
    """Whether a customer who was in the flow may come in again."""

    NEVER = "never"
    AFTER = "after"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Trigger:
    """What lets customers in."""

    kind: str
    params: Params


@dataclass(frozen=True, slots=True)
class Node:
    """One step. `next` leads from each outlet to a node; an outlet without one ends the flow there."""

    id: str
    kind: str
    params: Params
    next: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Audience:
    """Who may enter: `when` holds and `exclude` does not; None = everybody, nobody."""

    when: Rule | None = None
    exclude: Rule | None = None


@dataclass(frozen=True, slots=True)
class Reentry:
    """`after`: `days` after the last entry."""

    mode: ReentryMode = ReentryMode.NEVER
    days: int = 90


@dataclass(frozen=True, slots=True)
class Holdout:
    """The share (0–0.5) of customers that is left alone for comparison; 0 needs a reason."""

    share: float = 0.1
    why_none: str = ""


@dataclass(frozen=True, slots=True)
class Goal:
    """`value`: the score or the activity kind; watched for `within_days` days from the entry."""

    kind: GoalKind
    value: str | float | None
    within_days: int


@dataclass(frozen=True, slots=True)
class Budget:
    """In the workspace's currency; None = no limit."""

    per_head: Decimal | None = None
    total: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Spec:
    """A flow."""

    trigger: Trigger
    audience: Audience
    reentry: Reentry
    holdout: Holdout
    goal: Goal | None
    exits: frozenset[Exit]
    budget: Budget
    start: str
    nodes: Mapping[str, Node]
