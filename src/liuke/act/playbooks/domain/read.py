"""Plain data (JSON) → flow, checked against what the workspace has. Every fault is told at once, with its place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal

from liuke.act.playbooks.domain.contract import NodeKind, TriggerKind
from liuke.act.playbooks.domain.faults import Faults
from liuke.act.playbooks.domain.fields import Params, World, params_read, rule_read
from liuke.act.playbooks.domain.graph import graph_faults
from liuke.act.playbooks.domain.spec import (
    MOST_NODES,
    Audience,
    Budget,
    Exit,
    Goal,
    GoalKind,
    Holdout,
    Node,
    Reentry,
    ReentryMode,
    Spec,
    Trigger,
)
from liuke.act.playbooks.nodes import NODES
from liuke.act.playbooks.triggers import TRIGGERS
from liuke.base.errors import Invalid

PARTS = ("trigger", "audience", "reentry", "holdout", "goal", "exits", "budget", "start", "nodes")
LARGEST = 200_000
"""Bytes of a document."""


def spec_from_plain(data: object, world: World) -> Spec:
    """The flow of a document. Raises Invalid("playbook", faults=[{"at": "nodes.n1.params.days", "key": …, "allowed": […]}])."""
    faults = Faults()
    spec = _spec(data, world, faults)
    if faults.found or spec is None:
        raise Invalid("playbook", faults=faults.found)
    return spec


def spec_faults(data: object, world: World) -> list[dict[str, object]]:
    """What `spec_from_plain` would tell; empty = fine."""
    faults = Faults()
    _spec(data, world, faults)
    return faults.found


def _spec(data: object, world: World, faults: Faults) -> Spec | None:
    if not isinstance(data, Mapping) or not _fits(data, faults):
        faults.add("", "object", PARTS)
        return None
    faults.only(data, PARTS, "")
    nodes = _nodes(data.get("nodes"), world, faults)
    start = data.get("start")
    if not isinstance(start, str) or start not in nodes:
        faults.add("start", "unknown_node" if start else "start_missing", sorted(nodes), value=str(start)[:40])
        start = ""
    graph_faults(start, nodes, faults)
    exits = data.get("exits", [])
    return Spec(
        trigger=_trigger(data.get("trigger"), world, faults),
        audience=_audience(data.get("audience"), world, faults),
        reentry=_reentry(data.get("reentry"), faults),
        holdout=_holdout(data.get("holdout"), faults),
        goal=_goal(data.get("goal"), world, faults),
        exits=frozenset(Exit(one) for one in _exits(exits, faults)),
        budget=_budget(data.get("budget"), faults),
        start=start,
        nodes=nodes,
    )


def _fits(data: Mapping[str, object], faults: Faults) -> bool:
    try:
        size = len(json.dumps(data, ensure_ascii=False).encode("utf-8", "replace"))
    except (RecursionError, TypeError, ValueError):
        return False
    if size > LARGEST:
        faults.add("", "too_large", size=size, high=LARGEST)
    return size <= LARGEST


def _trigger(given: object, world: World, faults: Faults) -> Trigger:
    kind = given.get("kind") if isinstance(given, Mapping) else None
    if not isinstance(given, Mapping) or not isinstance(kind, str) or kind not in TRIGGERS:
        faults.add("trigger.kind", "unknown_kind", TRIGGERS, value=str(kind)[:40])
        return Trigger("", Params({}))
    found: TriggerKind = TRIGGERS[kind]
    params = params_read({name: value for name, value in given.items() if name != "kind"}, found.fields, "trigger", faults, world)
    found.validate(params, "trigger", faults)
    return Trigger(kind, params)


def _nodes(given: object, world: World, faults: Faults) -> dict[str, Node]:
    if not isinstance(given, list) or not given:
        faults.add("nodes", "no_nodes")
        return {}
    if len(given) > MOST_NODES:
        faults.add("nodes", "too_many_nodes", high=MOST_NODES)
        return {}
    nodes: dict[str, Node] = {}
    for nth, one in enumerate(given):
        node = _node(one, nth, world, faults)
        if node is None:
            continue
        if node.id in nodes:
            faults.add(f"nodes.{node.id}.id", "twice", value=node.id)
        nodes[node.id] = node
    for node in nodes.values():
        _outlets(node, nodes, faults)
    return nodes


def _node(given: object, nth: int, world: World, faults: Faults) -> Node | None:
    if not isinstance(given, Mapping):
        faults.add(f"nodes.{nth}", "object", ("id", "kind", "params", "next", "at"))
        return None
    name = given.get("id")
    at = f"nodes.{name if isinstance(name, str) and name else nth}"
    faults.only(given, ("id", "kind", "params", "next", "at"), at)
    if not isinstance(name, str) or not 0 < len(name) <= 40:
        faults.add(f"{at}.id", "text", value=str(name)[:40], high=40)
        return None
    kind = given.get("kind")
    if not isinstance(kind, str) or kind not in NODES:
        faults.add(f"{at}.kind", "unknown_kind", NODES, value=str(kind)[:40])
        return None
    found: NodeKind = NODES[kind]
    params = params_read(given.get("params", {}), found.fields, f"{at}.params", faults, world)
    found.validate(params, f"{at}.params", faults)
    return Node(name, kind, params, _next(given.get("next", {}), found, params, f"{at}.next", faults))


def _next(given: object, kind: NodeKind, params: Params, at: str, faults: Faults) -> dict[str, str]:
    """Where each outlet leads; one that leads to nothing is left out."""
    if not isinstance(given, Mapping):
        faults.add(at, "object", kind.outlets(params))
        return {}
    return {str(outlet): str(to) for outlet, to in given.items() if to is not None}


def _outlets(node: Node, nodes: Mapping[str, Node], faults: Faults) -> None:
    """Each outlet leads to a node that exists; those that are not optional lead somewhere."""
    kind = NODES[node.kind]
    outlets = tuple(kind.outlets(node.params))
    for outlet, to in node.next.items():
        if outlet not in outlets:
            faults.add(f"nodes.{node.id}.next.{outlet}", "unknown_outlet", outlets, value=outlet)
        elif to not in nodes:
            faults.add(f"nodes.{node.id}.next.{outlet}", "unknown_node", sorted(nodes), value=to)
    for outlet in outlets:
        if outlet not in node.next and outlet not in kind.optional:
            faults.add(f"nodes.{node.id}.next.{outlet}", "outlet_missing", sorted(nodes), outlet=outlet)


def _audience(given: object, world: World, faults: Faults) -> Audience:
    if given is None:
        return Audience()
    if not isinstance(given, Mapping):
        faults.add("audience", "object", ("when", "exclude"))
        return Audience()
    faults.only(given, ("when", "exclude"), "audience")
    rules = {name: given.get(name) for name in ("when", "exclude")}
    read = {name: None if rule is None else rule_read(rule, f"audience.{name}", faults, world) for name, rule in rules.items()}
    return Audience(read["when"], read["exclude"])


def _reentry(given: object, faults: Faults) -> Reentry:
    if given is None:
        return Reentry()
    if not isinstance(given, Mapping):
        faults.add("reentry", "object", ("mode", "days"))
        return Reentry()
    faults.only(given, ("mode", "days"), "reentry")
    mode = given.get("mode")
    modes = [one.value for one in ReentryMode]
    if mode not in modes:
        faults.add("reentry.mode", "choice", modes, value=str(mode)[:40])
        return Reentry()
    days = faults.whole(given.get("days"), "reentry.days", 1, 3650) if mode == "after" else Reentry().days
    return Reentry(ReentryMode(str(mode)), days)


def _holdout(given: object, faults: Faults) -> Holdout:
    if given is None:
        return Holdout()
    if not isinstance(given, Mapping):
        faults.add("holdout", "object", ("share", "why_none"))
        return Holdout()
    faults.only(given, ("share", "why_none"), "holdout")
    share = faults.number(given.get("share", Holdout().share), "holdout.share", 0, 0.5)
    why = given.get("why_none")
    why = why.strip()[:200] if isinstance(why, str) else ""
    if share == 0 and not why:
        faults.add("holdout.why_none", "no_holdout")
    return Holdout(share, why)


def _goal(given: object, world: World, faults: Faults) -> Goal | None:
    if given is None:
        return None
    if not isinstance(given, Mapping):
        faults.add("goal", "object", ("kind", "value", "within_days"))
        return None
    faults.only(given, ("kind", "value", "within_days"), "goal")
    kinds = [one.value for one in GoalKind]
    kind, value = given.get("kind"), given.get("value")
    if kind not in kinds:
        faults.add("goal.kind", "choice", kinds, value=str(kind)[:40])
        return None
    goal = GoalKind(str(kind))
    within = faults.whole(given.get("within_days"), "goal.within_days", 1, 365)
    if goal is GoalKind.SCORE_BELOW:
        return Goal(goal, faults.number(value, "goal.value", 1, 100), within)
    if goal is GoalKind.ACTIVITY:
        return Goal(goal, faults.text(value, "goal.value", world.kinds), within)
    return Goal(goal, None, within)


def _exits(given: object, faults: Faults) -> tuple[str, ...]:
    exits = tuple(one.value for one in Exit)
    if given in (None, []):
        return ()
    return tuple(one for one in faults.texts(given, "exits", exits) if one in exits)


def _budget(given: object, faults: Faults) -> Budget:
    if given is None:
        return Budget()
    if not isinstance(given, Mapping):
        faults.add("budget", "object", ("per_head", "total"))
        return Budget()
    faults.only(given, ("per_head", "total"), "budget")
    return Budget(*(_limit(given.get(name), f"budget.{name}", faults) for name in ("per_head", "total")))


def _limit(value: object, at: str, faults: Faults) -> Decimal | None:
    return None if value is None else Decimal(str(faults.number(value, at, 0, 1e9)))
