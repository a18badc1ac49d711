"""待验证: what a person has to look at before it counts (DAT-03..06, SIG-06, BEY-06)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class CaseKind(StrEnum):
    """What looks odd."""

    DROP = "drop"
    """A signal that is to be verified fires: SIG-06, a week at −80%."""
    SOURCE = "source"
    """A whole source goes silent."""
    FEATURE = "feature"
    """One kind of activity goes silent while its source goes on."""
    CONTRADICTION = "contradiction"
    """A complaint, and five stars within days."""
    ZOMBIE = "zombie"
    """No action since registration."""


class Decision(StrEnum):
    """What a person says of it: 属实, 数据错误, 季节性, 稍后."""

    CONFIRMED = "confirmed"
    WRONG = "wrong"
    SEASONAL = "seasonal"
    LATER = "later"


class CaseStatus(StrEnum):
    """Open, decided, or gone by itself before anybody decided."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    WRONG = "wrong"
    SEASONAL = "seasonal"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Finding:
    """One odd thing as of a scoring. `about`: the signal's code, the source or kind. `key` and `params` are its sentence."""

    kind: CaseKind
    about: str
    customer_id: int | None
    key: str
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def place(self) -> tuple[str, str, int | None]:
        """What makes it the same thing at the next scoring."""
        return (self.kind.value, self.about, self.customer_id)


@dataclass(frozen=True, slots=True)
class Steps:
    """What a scoring does to the cases: new ones, those seen again, and those whose reason is gone."""

    opened: tuple[Finding, ...]
    seen: frozenset[tuple[str, str, int | None]]
    ended: frozenset[tuple[str, str, int | None]]


def steps_of(running: Collection[tuple[str, str, int | None]], found: Collection[Finding], *, checked: Collection[CaseKind]) -> Steps:
    """`running`: places of cases that have not ended, decided ones too. Only kinds that were `checked` this time can end.

    A decided case keeps its decision while the thing goes on: 数据错误 is not asked again until it has stopped once.
    """
    known, now = frozenset(running), {finding.place: finding for finding in found}
    opened = tuple(finding for place, finding in now.items() if place not in known)
    gone = frozenset(place for place in known - now.keys() if CaseKind(place[0]) in set(checked))
    return Steps(opened, known & now.keys(), gone)
