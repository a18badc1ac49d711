"""Fields of triggers and nodes: they drive the builder's inspector, the checks, the schema and what a step reads."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from liuke.base.errors import Invalid
from liuke.rules.columns import Catalogue, ColumnType, Stratum
from liuke.rules.read import rule_from_plain
from liuke.rules.syntax import Rule

from liuke.act.playbooks.domain.faults import Faults  # isort: skip

LONG = 2_000


class FieldKind(StrEnum):
    """What a field holds; the inspector has one control for each."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    WHOLE = "whole"
    NUMBER = "number"
    MONEY = "money"
    SHARE = "share"
    """0–1."""
    FLAG = "flag"
    CHOICE = "choice"
    CHOICES = "choices"
    """One or more of `choices`."""
    RULE = "rule"
    """A node of the condition language."""
    KINDS = "kinds"
    """Activity kinds, or `reply`, `order`, `visit` for the usual ones."""
    COLUMN = "column"
    """A moment column of the frame."""
    SIGNALS = "signals"
    TAG = "tag"
    TEMPLATE = "template"
    CHANNEL = "channel"
    """The kind of a channel, e.g. `email`."""
    WAY_OUT = "way_out"
    """The id of a configured channel."""
    MEMBER = "member"
    PLAN = "plan"
    """The code of a plan (checklist)."""
    ARMS = "arms"
    """`[{"key": …, "share": …}]`, shares above 0; what they add up to is the whole."""
    COUPON = "coupon"
    """The code of a kind of coupon."""


Arms: TypeAlias = tuple[tuple[str, float], ...]
Value: TypeAlias = str | float | bool | Rule | tuple[str, ...] | Arms | None
_LISTED = {
    FieldKind.TAG: "tags", FieldKind.TEMPLATE: "templates", FieldKind.CHANNEL: "channels", FieldKind.PLAN: "plans",
    FieldKind.COUPON: "coupons",
}  # fmt: skip
_NUMBERED = {FieldKind.WAY_OUT: "ways_out", FieldKind.MEMBER: "members"}
USUAL = ("reply", "order", "visit")
"""Names for the kinds of activity that people mean by them: `domain.happenings.KINDS`."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `low` and `high` are both allowed; `default` stands where nothing is given."""

    name: str
    kind: FieldKind
    required: bool = True
    choices: tuple[str, ...] = ()
    low: float = 0
    high: float = 10_000
    default: str | float | bool | None = None


@dataclass(frozen=True, slots=True)
class World:
    """What a workspace has to refer to; None = not known, not checked."""

    catalogue: Catalogue = field(default_factory=dict)
    kinds: tuple[str, ...] = ()
    """Activity kinds; empty = not checked."""
    signals: Collection[str] | None = None
    tags: Collection[str] | None = None
    templates: Collection[str] | None = None
    channels: Collection[str] | None = None
    ways_out: Collection[int] | None = None
    members: Collection[int] | None = None
    plans: Collection[str] | None = None
    coupons: Collection[str] | None = None


@dataclass(frozen=True, slots=True)
class Params:
    """The checked values of a trigger's or node's fields."""

    values: Mapping[str, Value]

    def text(self, name: str) -> str:
        """A text; blank where nothing was given."""
        value = self.values.get(name)
        return value if isinstance(value, str) else ""

    def number(self, name: str) -> float:
        """A number; 0 where nothing was given."""
        value = self.values.get(name)
        return float(value) if isinstance(value, int | float) else 0.0

    def whole(self, name: str) -> int:
        """A whole number; 0 where nothing was given."""
        return int(self.number(name))

    def id(self, name: str) -> int | None:
        """A reference by number; None where nothing was given."""
        return self.whole(name) or None

    def flag(self, name: str) -> bool:
        """Whether it is ticked."""
        return self.values.get(name) is True

    def texts(self, name: str) -> tuple[str, ...]:
        """Several texts."""
        value = self.values.get(name)
        return tuple(str(one) for one in value) if isinstance(value, tuple) else ()

    def arms(self, name: str) -> Arms:
        """Keys with their shares."""
        value = self.values.get(name)
        return tuple((str(one[0]), float(one[1])) for one in value if isinstance(one, tuple)) if isinstance(value, tuple) else ()

    def rule(self, name: str) -> Rule | None:
        """A condition."""
        value = self.values.get(name)
        return value if isinstance(value, Rule) else None


def params_read(given: object, fields: tuple[Field, ...], at: str, faults: Faults, world: World) -> Params:
    """The values of these fields; every fault is added with its place."""
    if not isinstance(given, Mapping):
        faults.add(at, "object", [one.name for one in fields])
        return Params({})
    faults.only(given, tuple(one.name for one in fields), at)
    return Params({one.name: _value(given, one, f"{at}.{one.name}".lstrip("."), faults, world) for one in fields})


def rule_read(given: object, at: str, faults: Faults, world: World) -> Rule | None:
    """A condition over everything that a scoring knows, predictions too."""
    try:
        return rule_from_plain({"when": given}, world.catalogue, highest=Stratum.PREDICTION, kinds=world.kinds)
    except Invalid as wrong:
        found = wrong.params["faults"]
        for fault in found if isinstance(found, list) else []:
            faults.found.append({**fault, "at": f"{at}.{fault['at']}".replace(f"{at}.when", at, 1)})
        return None


def _value(given: Mapping[str, object], one: Field, at: str, faults: Faults, world: World) -> Value:
    value = given.get(one.name)
    if value is None or value == "":
        if one.required and one.default is None:
            faults.add(at, "needed", one.choices)
        return one.default
    if one.kind in {FieldKind.TEXT, FieldKind.LONG_TEXT}:
        return _text(value, one, at, faults)
    if one.kind in {FieldKind.WHOLE, FieldKind.NUMBER, FieldKind.MONEY, FieldKind.SHARE}:
        return _number(value, one, at, faults)
    if one.kind in {FieldKind.CHOICES, FieldKind.KINDS, FieldKind.SIGNALS}:
        return faults.texts(value, at, _choices(one, world))
    return _reference(value, one, at, faults, world)


def _reference(value: object, one: Field, at: str, faults: Faults, world: World) -> Value:
    if one.kind is FieldKind.RULE:
        return rule_read(value, at, faults, world)
    if one.kind is FieldKind.ARMS:
        return _arms(value, at, faults)
    if one.kind is FieldKind.FLAG:
        if not isinstance(value, bool):
            faults.add(at, "yes_or_no", ("true", "false"))
        return value is True
    if one.kind in _NUMBERED:
        return _numbered(value, getattr(world, _NUMBERED[one.kind]), at, faults)
    return faults.text(value, at, _choices(one, world))


def _numbered(value: object, known: Collection[int] | None, at: str, faults: Faults) -> int | None:
    if not isinstance(value, int) or isinstance(value, bool) or (known is not None and value not in known):
        faults.add(at, "unknown_reference", sorted(known or ()), value=str(value)[:40])
        return None
    return value


def _choices(one: Field, world: World) -> tuple[str, ...]:
    """What may be named; empty = anything."""
    if one.kind is FieldKind.KINDS:
        return (*USUAL, *world.kinds) if world.kinds else ()
    if one.kind is FieldKind.COLUMN:
        return _only(column.name for column in world.catalogue.values() if column.type is ColumnType.MOMENT)
    if one.kind is FieldKind.SIGNALS:
        return tuple(sorted(world.signals or ()))
    if one.kind in _LISTED:
        known = getattr(world, _LISTED[one.kind])
        return () if known is None else _only(sorted(known))
    return one.choices


def _only(names: Iterable[str]) -> tuple[str, ...]:
    """These and nothing else, also where there are none: an empty list of choices would allow anything."""
    return tuple(names) or ("",)


def _text(value: object, one: Field, at: str, faults: Faults) -> str:
    most = LONG if one.kind is FieldKind.LONG_TEXT else int(min(one.high, 200))
    if not isinstance(value, str) or not value.strip() or len(value) > most:
        faults.add(at, "text", value=str(value)[:40], high=most)
        return ""
    return value.strip()


def _number(value: object, one: Field, at: str, faults: Faults) -> float:
    if one.kind is FieldKind.WHOLE:
        return faults.whole(value, at, int(one.low), int(one.high))
    return faults.number(value, at, one.low, 1 if one.kind is FieldKind.SHARE else one.high)


def _arms(value: object, at: str, faults: Faults) -> Arms:
    if not isinstance(value, list) or not 2 <= len(value) <= 5:
        faults.add(at, "arms", ("2", "5"))
        return ()
    arms: list[tuple[str, float]] = []
    for nth, one in enumerate(value):
        if not isinstance(one, Mapping):
            faults.add(f"{at}.{nth}", "object", ("key", "share"))
            continue
        faults.only(one, ("key", "share"), f"{at}.{nth}")
        arms.append((faults.text(one.get("key"), f"{at}.{nth}.key"), faults.number(one.get("share"), f"{at}.{nth}.share", 0.01, 100)))
    if len({key for key, _ in arms}) < len(arms):
        faults.add(at, "arms_twice")
    return tuple(arms)
