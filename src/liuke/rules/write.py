"""A rule as plain data again: what is stored, edited and exported."""

from __future__ import annotations

from dataclasses import asdict

from liuke.rules.syntax import All, Any_, Condition, Follow, Node, Operand, Other, Rule, Swing


def rule_to_plain(rule: Rule) -> dict[str, object]:
    """The document of a rule; reading it gives an equal rule."""
    return {"when": node_to_plain(rule.when), "exclude": None if rule.exclude is None else node_to_plain(rule.exclude)}


def node_to_plain(node: Node) -> dict[str, object]:
    """The document of one node."""
    if isinstance(node, All | Any_):
        return {"all" if isinstance(node, All) else "any": [node_to_plain(part) for part in node.parts]}
    if isinstance(node, Follow | Swing):
        fields = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(node).items()}
        return {"follow" if isinstance(node, Follow) else "swing": fields}
    plain: dict[str, object] = {"column": node.column, "op": node.op}
    return plain if node.value is None else plain | {"value": _operand(node.value, node)}


def _operand(value: Operand, condition: Condition) -> object:
    if isinstance(value, Other):
        more = {"days": value.days} if condition.op in {"before", "after"} else {"times": value.times, "plus": value.plus}
        return {"column": value.column, **more}
    return list(value) if isinstance(value, tuple) else value
