"""A rule in words: indented lines, Chinese or English, with the place of each node in the document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from liuke.base.words import money, render
from liuke.rules.columns import Catalogue
from liuke.rules.syntax import All, Any_, Condition, Follow, Node, Other, Rule, Swing


@dataclass(frozen=True, slots=True)
class RuleWords:
    """How things are called for one reader. What has no label shows its own name.

    `labels` by column name, `kinds` by activity kind, `choices` by (column name, value).
    """

    language: str
    currency: str = "CNY"
    catalogue: Catalogue = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def say(self, key: str, **params: object) -> str:
        """The text of `rules.<key>`."""
        return render(f"rules.{key}", params, language=self.language, currency=self.currency)

    def column(self, name: str) -> str:
        """A column's label."""
        return self.labels.get(name, name)

    def number(self, column: str, value: float) -> str:
        """A number in the unit of its column."""
        unit = self.catalogue[column].unit if column in self.catalogue else ""
        if unit == "money":
            return money(value, self.currency)
        if unit in {"share", "pct"}:
            return f"{value * 100:.6g}%"
        plain = f"{value:,.6f}".rstrip("0").rstrip(".")
        key = f"rules.units.{unit}"
        said = render(key, {"n": plain}, language=self.language) if unit else key
        return plain if said == key else said

    def texts(self, column: str, values: tuple[object, ...]) -> str:
        """Values of a text column, in quotes."""
        return self.say("comma").join(self.say("quoted", text=self.choices.get((column, str(one)), str(one))) for one in values)

    def kinds_said(self, kinds: tuple[str, ...]) -> str:
        """Kinds of activity."""
        return self.say("or").join(self.kinds.get(kind, kind) for kind in kinds)


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `depth` indents from 0; `place` names the node: `when.all.1`."""

    depth: int
    text: str
    place: str


def sentences(rule: Rule, words: RuleWords) -> list[Line]:
    """The rule as people read it; a phone shows nothing else."""
    lines = list(_lines(rule.when, "when", 0, words))
    if rule.exclude is not None:
        lines.append(Line(0, words.say("lines.exclude"), "exclude"))
        lines += _lines(rule.exclude, "exclude", 1, words)
    return lines


def node_sentence(node: Node, words: RuleWords) -> str:
    """One node in one line; a group says only how its parts are combined."""
    if isinstance(node, All | Any_):
        return words.say("lines.all" if isinstance(node, All) else "lines.any")
    if isinstance(node, Follow):
        key = "lines.follow" if node.happens else "lines.follow_not"
        first, then = words.kinds_said(node.first), words.kinds_said(node.then)
        return words.say(key, first=first, then=then, within=node.within_days, last=node.last_days)
    if isinstance(node, Swing):
        return words.say("lines.swing", kinds=words.kinds_said(node.kinds), weeks=node.weeks, rise=node.rise, drop=node.drop)
    return words.say(f"ops.{_key(node)}", column=words.column(node.column), **_params(node, words))


def _lines(node: Node, place: str, depth: int, words: RuleWords) -> Iterator[Line]:
    yield Line(depth, node_sentence(node, words), place)
    if isinstance(node, All | Any_):
        name = "all" if isinstance(node, All) else "any"
        for nth, part in enumerate(node.parts):
            yield from _lines(part, f"{place}.{name}.{nth}", depth + 1, words)


def _key(condition: Condition) -> str:
    texts = condition.op in {"eq", "ne"} and isinstance(condition.value, str)
    return f"{condition.op}_text" if texts else condition.op


def _params(condition: Condition, words: RuleWords) -> dict[str, object]:
    value, column = condition.value, condition.column
    if isinstance(value, Other):
        return {"value": _other(condition, value, words)}
    if isinstance(value, tuple):
        if condition.op == "between":
            low, high = (words.number(column, float(edge)) for edge in value)
            return {"low": low, "high": high}
        return {"value": words.texts(column, value)}
    if condition.op in {"within_last", "within_next", "older_than"}:
        return {"days": value}
    if isinstance(value, str):
        return {"value": value if condition.op in {"before", "after"} else words.texts(column, (value,))}
    return {} if value is None else {"value": words.number(column, value)}


def _other(condition: Condition, other: Other, words: RuleWords) -> str:
    said = words.column(other.column)
    if condition.op in {"before", "after"}:
        return words.say(f"other.{'later' if other.days > 0 else 'earlier'}", column=said, days=abs(other.days)) if other.days else said
    if other.times != 1:
        said = words.say("other.times", column=said, share=f"{other.times * 100:.6g}%")
    if not other.plus:
        return said
    return words.say(f"other.{'plus' if other.plus > 0 else 'minus'}", column=said, n=words.number(condition.column, abs(other.plus)))
