"""What a tag is: its kind, the bounds of its weight, and who comes and goes (SEG-01..04)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from liuke.base.errors import Invalid

LEAST, MOST = -30, 30
NAME, ABOUT = 40, 200
COLOURS = ("blue", "cyan", "green", "purple", "gold", "orange", "red", "grey")


class TagKind(StrEnum):
    """属性标签, 行为标签 and 预测标签."""

    ATTRIBUTE = "attribute"
    BEHAVIOUR = "behaviour"
    PREDICTIVE = "predictive"


@dataclass(frozen=True, slots=True)
class Moves:
    """What a scoring changes about a tag's members."""

    entered: frozenset[int]
    left: frozenset[int]


def moves_between(before: Collection[int], after: Collection[int], *, kept: Collection[int] = ()) -> Moves:
    """Who comes and who goes; `kept` (put in by hand) never go. Applied to `before` it gives `after` and `kept`."""
    old, new = frozenset(before), frozenset(after)
    return Moves(new - old, old - new - frozenset(kept))


def tag_check(*, name: str, about: str, kind: str, weight: int, colour: str, has_rule: bool) -> TagKind:
    """The kind of a tag that may be kept. Raises Invalid("tag", faults=[…]) with every fault and what is allowed."""
    faults: list[dict[str, object]] = []
    if not name.strip() or len(name) > NAME:
        faults.append({"at": "name", "key": "faults.tag_name", "most": NAME})
    if len(about) > ABOUT:
        faults.append({"at": "about", "key": "faults.tag_about", "most": ABOUT})
    if colour not in COLOURS:
        faults.append({"at": "colour", "key": "faults.tag_choice", "allowed": ", ".join(COLOURS)})
    if not LEAST <= weight <= MOST:
        faults.append({"at": "weight", "key": "faults.tag_weight", "low": LEAST, "high": MOST})
    if kind not in set(TagKind):
        faults.append({"at": "kind", "key": "faults.tag_choice", "allowed": ", ".join(TagKind)})
    elif kind == TagKind.PREDICTIVE:
        faults += _predictive_faults(weight, has_rule=has_rule)
    if faults:
        raise Invalid("tag", faults=faults)
    return TagKind(kind)


def _predictive_faults(weight: int, *, has_rule: bool) -> list[dict[str, object]]:
    """A predictive tag follows from the score by a rule, so it has one and counts nothing itself."""
    faults: list[dict[str, object]] = []
    if weight:
        faults.append({"at": "weight", "key": "faults.tag_predictive_weight"})
    if not has_rule:
        faults.append({"at": "rule", "key": "faults.tag_predictive_rule"})
    return faults
