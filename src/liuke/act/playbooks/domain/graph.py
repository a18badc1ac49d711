"""The shape of a flow: everything is reached, and no circle runs without sleeping."""

from __future__ import annotations

from collections.abc import Mapping

from liuke.act.playbooks.domain.faults import Faults
from liuke.act.playbooks.domain.spec import Node
from liuke.act.playbooks.nodes import NODES


def graph_faults(start: str, nodes: Mapping[str, Node], faults: Faults) -> None:
    """Add unreachable nodes and circles without a node that sleeps."""
    if start:
        for name in sorted(nodes.keys() - reached(start, nodes)):
            faults.add(f"nodes.{name}", "unreachable", value=name)
    for name in sorted(restless(nodes)):
        faults.add(f"nodes.{name}", "circle", [one for one, kind in NODES.items() if kind.sleeps], value=name)


def reached(start: str, nodes: Mapping[str, Node]) -> set[str]:
    """The nodes that can be come to."""
    found, waiting = set[str](), [start]
    while waiting:
        name = waiting.pop()
        if name in nodes and name not in found:
            found.add(name)
            waiting.extend(nodes[name].next.values())
    return found


def restless(nodes: Mapping[str, Node]) -> set[str]:
    """Nodes in, or only on the way between, circles of nodes that never sleep: what stays when ends are taken off one by one."""
    left = {name for name, node in nodes.items() if not NODES[node.kind].sleeps}
    while True:
        into = {to for name in left for to in nodes[name].next.values()}
        ends = {name for name in left if name not in into or not left & set(nodes[name].next.values())}
        if not ends:
            return left
        left -= ends
