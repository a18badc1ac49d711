"""Reading a flow's document: every fault at once, with its place; the published schema agrees."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from liuke.act.playbooks.domain.fields import World
from liuke.act.playbooks.domain.read import spec_faults, spec_from_plain
from liuke.act.playbooks.domain.schema import playbook_schema
from liuke.act.playbooks.domain.spec import GoalKind, ReentryMode
from liuke.act.playbooks.nodes import NODES
from liuke.act.playbooks.triggers import TRIGGERS
from liuke.base.errors import Invalid
from liuke.base.words import catalogue
from liuke.rules.columns import Column, ColumnType, Stratum
from tests.act.playbooks.world import document, node

PUBLISHED = Path(__file__).parents[3] / "docs/reference/playbook.schema.json"
CHECK = jsonschema.Draft202012Validator(playbook_schema())
COLUMNS = {
    "score": Column("score", ColumnType.NUMBER, Stratum.SCORE),
    "contract.ends_on": Column("contract.ends_on", ColumnType.MOMENT, Stratum.METRIC),
}
WORLD = World(
    catalogue=COLUMNS, signals={"SIG-20"}, tags={"vip"}, templates={"hello"}, channels={"email"}, ways_out={7}, members={3}, plans={"p"}
)
RULE = {"column": "score", "op": "ge", "value": 70}
FLOW = document(
    [
        node("m", "message", {"done": "w", "refused": "e"}, channel="email", template="hello", cost=0.05),
        node("w", "wait_for", {"yes": "e", "timeout": "b"}, what=["reply"], days=3),
        node("b", "branch", {"yes": "i", "no": "e"}, when=RULE),
        node("i", "work_item", {"done": "e"}, title="Call", owner=3, plan="p"),
        node("e", "end"),
    ],
    trigger={"kind": "alert", "levels": ["medium", "high"]},
    audience={"when": RULE, "exclude": None},
    reentry={"mode": "after", "days": 90},
    holdout={"share": 0.1},
    goal={"kind": "order", "within_days": 30},
    exits=["goal", "lost"],
    budget={"per_head": 5, "total": 2000},
)


def changed(path: str, value: object) -> dict[str, Any]:
    """The flow with one place changed; `nodes.<number>.…`."""
    made: Any = deepcopy(FLOW)
    *way, last = path.split(".")
    place: Any = made
    for name in way:
        place = place[int(name)] if isinstance(place, list) else place[name]
    place[last] = value
    return dict(made)


def places(data: object) -> dict[str, str]:
    """Where each fault is, with its key."""
    return {str(fault["at"]): str(fault["key"]).rsplit(".", 1)[-1] for fault in spec_faults(data, WORLD)}


def test_a_flow_becomes_frozen_values() -> None:
    spec = spec_from_plain(FLOW, WORLD)
    assert (spec.trigger.kind, spec.trigger.params.texts("levels")) == ("alert", ("medium", "high"))
    assert (spec.reentry.mode, spec.reentry.days, spec.holdout.share) == (ReentryMode.AFTER, 90, 0.1)
    assert spec.goal is not None
    assert spec.goal.kind is GoalKind.ORDER
    assert (str(spec.budget.per_head), sorted(spec.exits), spec.start) == ("5.0", ["goal", "lost"], "m")
    assert spec.nodes["m"].params.text("purpose") == "marketing", "the default"


def test_where_a_workspace_has_no_tags_none_can_be_named_and_where_they_are_not_known_any_can() -> None:
    tagged = document([node("t", "tag", {"done": "e"}, tag="vip", action="add"), node("e", "end")])
    for tags, expected in (((), True), (None, False), (("vip",), False)):
        found = [fault["at"] for fault in spec_faults(tagged, replace(WORLD, tags=tags))]
        assert ("nodes.t.params.tag" in found) is expected


def test_a_hold_out_of_a_tenth_is_on_by_default() -> None:
    plain = {name: part for name, part in FLOW.items() if name != "holdout"}
    assert spec_from_plain(plain, WORLD).holdout.share == 0.1


@pytest.mark.parametrize(
    ("path", "value", "at", "key"),
    [
        ("trigger", {"kind": "moon"}, "trigger.kind", "unknown_kind"),
        ("trigger", {"kind": "alert", "levels": ["huge"]}, "trigger.levels.0", "choice"),
        ("trigger", {"kind": "alert"}, "trigger.levels", "needed"),
        ("audience", {"when": {"column": "nothing", "op": "ge", "value": 1}}, "audience.when.column", "unknown_column"),
        ("reentry", {"mode": "sometimes"}, "reentry.mode", "choice"),
        ("reentry", {"mode": "after"}, "reentry.days", "whole"),
        ("holdout", {"share": 0}, "holdout.why_none", "no_holdout"),
        ("holdout", {"share": 0.7}, "holdout.share", "number"),
        ("goal", {"kind": "score_below", "within_days": 3}, "goal.value", "number"),
        ("goal", {"kind": "luck", "within_days": 3}, "goal.kind", "choice"),
        ("exits", ["boredom"], "exits.0", "choice"),
        ("budget", {"per_head": -1}, "budget.per_head", "number"),
        ("start", "nowhere", "start", "unknown_node"),
        ("nodes", [], "nodes", "no_nodes"),
        ("nodes.0.kind", "dance", "nodes.m.kind", "unknown_kind"),
        ("nodes.0.params.template", "gone", "nodes.m.params.template", "choice"),
        ("nodes.0.params.channel", "pigeon", "nodes.m.params.channel", "choice"),
        ("nodes.0.params.cost", -1, "nodes.m.params.cost", "number"),
        ("nodes.0.params.colour", "red", "nodes.m.params.colour", "unknown_name"),
        ("nodes.1.params.days", 0, "nodes.w.params.days", "whole"),
        ("nodes.1.next", {"yes": "e"}, "nodes.w.next.timeout", "outlet_missing"),
        ("nodes.1.next", {"yes": "e", "timeout": "b", "maybe": "e"}, "nodes.w.next.maybe", "unknown_outlet"),
        ("nodes.1.next", {"yes": "e", "timeout": "void"}, "nodes.w.next.timeout", "unknown_node"),
        ("nodes.2.params.when", {"column": "nothing", "op": "ge", "value": 1}, "nodes.b.params.when.column", "unknown_column"),
        ("nodes.3.params.owner", 4, "nodes.i.params.owner", "unknown_reference"),
        ("nodes.3.params.plan", "q", "nodes.i.params.plan", "choice"),
        ("nodes.4.id", "i", "nodes.i.id", "twice"),
        ("surprise", 1, "surprise", "unknown_name"),
    ],
)
def test_a_fault_is_told_with_its_place(path: str, value: object, at: str, key: str) -> None:
    assert places(changed(path, value)).get(at) == key


def test_all_faults_are_told_at_once() -> None:
    broken = changed("start", "nowhere")
    broken["nodes"][0]["params"] = {}
    broken["holdout"] = {"share": 0}
    with pytest.raises(Invalid) as told:
        spec_from_plain(broken, WORLD)
    faults = told.value.params["faults"]
    assert isinstance(faults, list)
    assert {"start", "nodes.m.params.channel", "nodes.m.params.template", "holdout.why_none"} <= {fault["at"] for fault in faults}


def test_a_step_that_cannot_be_reached_is_a_fault() -> None:
    flow = document([node("a", "end"), node("b", "end")])
    assert places(flow) == {"nodes.b": "unreachable"}


def test_a_circle_must_sleep_somewhere() -> None:
    restless = document(
        [node("a", "tag", {"done": "b"}, tag="vip", action="add"), node("b", "tag", {"done": "a"}, tag="vip", action="remove")]
    )
    assert places(restless) == {"nodes.a": "circle", "nodes.b": "circle"}
    resting = document([node("a", "tag", {"done": "b"}, tag="vip", action="add"), node("b", "wait", {"done": "a"}, days=1)])
    assert places(resting) == {}


def test_a_hundred_and_one_steps_are_too_many() -> None:
    steps = [node(f"n{number}", "wait", {"done": f"n{number + 1}"}, days=1) for number in range(100)]
    assert places(document([*steps, node("n100", "end")])) == {"nodes": "too_many_nodes", "start": "unknown_node"}


def test_shares_of_a_split_need_names_of_their_own() -> None:
    arms = [{"key": "a", "share": 1}, {"key": "a", "share": 1}]
    assert "nodes.s.params.arms" in places(document([node("s", "split", {"a": "e"}, arms=arms), node("e", "end")]))


@pytest.mark.parametrize("data", [None, 3, [], "flow", {}, {"nodes": {}}, {"trigger": []}, {"nodes": [3, {"id": 5}]}])
def test_what_is_no_flow_at_all_is_a_list_of_faults(data: object) -> None:
    assert spec_faults(data, WORLD)


def test_the_published_schema_is_the_one_of_the_code() -> None:
    assert json.loads(PUBLISHED.read_text("utf-8")) == playbook_schema()


def test_the_schema_is_valid_and_takes_the_flow() -> None:
    jsonschema.Draft202012Validator.check_schema(playbook_schema())
    CHECK.validate(FLOW)


@pytest.mark.parametrize("path", ["nodes.0.kind", "trigger", "holdout", "goal"])
def test_the_schema_refuses_what_has_another_shape(path: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        CHECK.validate(changed(path, 5))


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_kind_says_what_it_is_in_both_languages(language: str) -> None:
    words = catalogue(language)
    for folder, kinds in (("nodes", NODES), ("triggers", TRIGGERS)):
        for kind in kinds.values():
            at = f"playbooks.{folder}.{kind.name}"
            wanted = [f"{at}.name", f"{at}.about", *(f"{at}.fields.{one.name}" for one in kind.fields)]
            assert [key for key in wanted if key not in words] == []
