"""Random flows that are valid, for properties."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.act.playbooks.world import document, node

RULE = {"column": "score", "op": "ge", "value": 50}
ARMS = [{"key": "a", "share": 1}, {"key": "b", "share": 2}]
KINDS = ("wait", "wait_for", "branch", "split", "approval", "work_item", "wait_date", "adaptive")
_PARAMS: dict[str, dict[str, Any]] = {
    "wait": {"days": 1, "working_hours": True},
    "wait_for": {"what": ["order"], "days": 2},
    "branch": {"when": RULE},
    "split": {"arms": ARMS},
    "approval": {"text": "ok?", "days": 1},
    "work_item": {"title": "x", "due_days": 1},
    "wait_date": {"column": "contract.ends_on", "days": 1},
    "adaptive": {"threshold": 0.5, "min_n": 10, "last": 10},
}
_OUTLETS: dict[str, tuple[str, ...]] = {
    "wait": ("done",), "wait_for": ("yes", "timeout"), "branch": ("yes", "no"), "split": ("a", "b"),
    "approval": ("approved", "declined", "timeout"), "work_item": ("done",), "wait_date": ("done", "none"), "adaptive": ("a", "b"),
}  # fmt: skip


@st.composite
def flows(draw: st.DrawFn) -> dict[str, Any]:
    """A flow of up to eight steps: each leads to later ones only, so that all end; sometimes a circle through a wait comes first."""
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=8))
    names = [*(f"n{nth}" for nth in range(len(kinds))), "end"]
    nodes = []
    for nth, kind in enumerate(kinds):
        ways = {outlet: draw(st.sampled_from(names[nth + 1 :])) for outlet in _OUTLETS[kind]}
        ways[_OUTLETS[kind][0]] = names[nth + 1]
        nodes.append(node(names[nth], kind, ways, **_PARAMS[kind]))
    share = draw(st.sampled_from([0.0, 0.1, 0.5]))
    holdout = {"share": share, "why_none": "test"}
    goal = draw(st.sampled_from([None, {"kind": "order", "within_days": 3}]))
    exits = ["goal"] if goal and draw(st.booleans()) else []
    return document([*nodes, node("end", "end")], holdout=holdout, goal=goal, exits=exits)


@st.composite
def circles(draw: st.DrawFn) -> dict[str, Any]:
    """A flow that never ends by itself."""
    days = draw(st.integers(1, 3))
    return document([node("w", "wait", {"done": "b"}, days=days), node("b", "branch", {"yes": "w", "no": "w"}, when=RULE)])


MOVES = st.lists(
    st.sampled_from(["wake", "wake", "wake", "later", "later", "enrol", "order", "watch", "pause", "resume", "approve"]),
    min_size=1, max_size=25,
)  # fmt: skip
