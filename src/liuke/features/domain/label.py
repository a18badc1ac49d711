"""What counts as lost, for learning and measuring: declared, versioned with the model that was trained on it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeGuard

from liuke.base.plain import Part
from liuke.facts.domain.kinds import Kind
from liuke.features.domain.churn import ChurnDefinition


class LabelKind(StrEnum):
    """Five ways to lose a customer."""

    INACTIVITY = "inactivity"
    """Nothing of `kinds` within the horizon."""
    NON_RENEWAL = "non_renewal"
    """A contract ends within the horizon and nothing renews it until `grace_days` later."""
    EVENT = "event"
    """One of `kinds` happens within the horizon: a cancellation, an account closed."""
    SPEND_DROP = "spend_drop"
    """The money of `kinds` within the horizon lies `drop` or more under what the customer usually spends in as many days."""
    OUTCOME = "outcome"
    """Only what people registered (OUT-01)."""


ENDINGS = (Kind.CONTRACT_ENDS.value,)
RENEWALS = (Kind.CONTRACT_RENEWED.value, Kind.CONTRACT_STARTED.value)
LEAVINGS = (Kind.ACCOUNT_CLOSED.value, Kind.RENEWAL_REFUSED.value)
LIVELY = frozenset({LabelKind.INACTIVITY, LabelKind.SPEND_DROP})
"""For these the kinds are signs of life."""
FIELDS = ("kind", "horizon_days", "active_days", "kinds", "drop", "grace_days")
_LONGEST_KINDS = 20


@dataclass(frozen=True, slots=True)
class LabelDefinition:
    """Lost within `horizon_days` after a moment, among customers with a sign of life in the `active_days` before it.

    `kinds`: signs of life (inactivity), what is paid (spend drop) or what ends it (event); the others do not read them. `drop`:
    share (0–1). `grace_days`: how long after its end a contract may still be renewed.
    """

    kind: LabelKind = LabelKind.INACTIVITY
    horizon_days: int = 90
    active_days: int = 180
    kinds: tuple[str, ...] = (Kind.ORDER_PLACED.value,)
    drop: float = 0.7
    grace_days: int = 30

    @property
    def mature_days(self) -> int:
        """Days after a moment until everybody's outcome is known."""
        return self.horizon_days + (self.grace_days if self.kind is LabelKind.NON_RENEWAL else 0)

    def to_plain(self) -> dict[str, object]:
        """JSON-ready data; `label_from_plain` gives the same definition back."""
        return {
            "kind": self.kind.value, "horizon_days": self.horizon_days, "active_days": self.active_days,
            "kinds": list(self.kinds), "drop": self.drop, "grace_days": self.grace_days,
        }  # fmt: skip


def label_usual(churn: ChurnDefinition) -> LabelDefinition:
    """What a workspace starts with: its churn definition, watched for a quarter at most."""
    return LabelDefinition(horizon_days=min(90, churn.days), active_days=churn.days, kinds=tuple(sorted(churn.kinds)))


def label_from_plain(data: Mapping[str, object], usual: LabelDefinition, kinds: Collection[str]) -> LabelDefinition:
    """The definition in JSON data; what is absent comes from `usual`. `kinds`: those that the workspace may name.

    Raises Invalid("label", faults=[{"field", "got", "allowed"}]) with every fault.
    """
    part = Part(data)
    part.only(FIELDS)
    kind = data.get("kind", usual.kind.value)
    if kind not in set(LabelKind):
        part.fault("kind", kind, ", ".join(LabelKind))
        kind = usual.kind.value
    chosen = LabelKind(str(kind))
    label = LabelDefinition(
        kind=chosen,
        horizon_days=part.whole("horizon_days", (7, 400), usual.horizon_days),
        active_days=part.whole("active_days", (7, 1100), usual.active_days),
        kinds=_kinds(part, chosen, usual, kinds),
        drop=part.number("drop", (0.1, 0.95), usual.drop),
        grace_days=part.whole("grace_days", (0, 180), usual.grace_days),
    )
    part.faults.raise_if_any("label")
    return label


def _kinds(part: Part, chosen: LabelKind, usual: LabelDefinition, allowed: Collection[str]) -> tuple[str, ...]:
    """The kinds named, sorted, each once; absent: those of `usual`, or what ends a customer where an event is asked for."""
    fallback = usual.kinds if chosen is usual.kind or chosen in LIVELY else LEAVINGS
    given = part.data.get("kinds", list(fallback))
    if not _is_list_of_names(given):
        part.fault("kinds", given, f"[…] ≤ {_LONGEST_KINDS}")
        return fallback
    names = set(given)
    for name in sorted(names - set(allowed)):
        part.fault("kinds", name, ", ".join(sorted(allowed)))
    if not names and chosen in {*LIVELY, LabelKind.EVENT}:
        part.fault("kinds", [], "≥ 1")
    return tuple(sorted(names))


def _is_list_of_names(given: object) -> TypeGuard[Sequence[str]]:
    return isinstance(given, list | tuple) and len(given) <= _LONGEST_KINDS and all(isinstance(name, str) for name in given)
