"""Everything that is kept in the audit trail shows in words, not by the name it has in the code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import liuke
from liuke.act.plans.domain_tickets import Move
from liuke.base.words import LANGUAGES, catalogue

SOURCES = sorted(Path(liuke.__file__).parent.rglob("*.py"))
TRACES = {"audit_record", "audit_seen", "_audit", "_trace", "_switch", "_append_one", "_kept", "_save"}
"""What writes a line of the trail, itself or for the functions beside it."""


def _calls() -> Iterator[ast.Call]:
    texts = (path.read_text() for path in SOURCES)
    trees = (ast.parse(text) for text in texts if "audit_record" in text or "audit_seen" in text)
    return (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call))


CALLS = tuple(_calls())


def _texts(node: ast.expr) -> Iterator[str]:
    """The texts that an argument may be: itself, or either side of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)


def _named(keyword: str) -> set[str]:
    given = (each.value for call in CALLS for each in call.keywords if each.arg == keyword)
    return {text for node in given for text in _texts(node)}


def _handed_on() -> set[str]:
    """Actions handed to a helper of the same file: snake_case words among its positional arguments."""
    calls = (call for call in CALLS if isinstance(call.func, ast.Name) and call.func.id in TRACES)
    return {text for call in calls for node in call.args for text in _texts(node) if "_" in text and text.islower()}


ACTIONS = _named("action") | _handed_on() | {f"ticket_{move}" for move in Move}
OBJECTS = _named("object_type")


def test_the_search_finds_what_is_written_in_every_way() -> None:
    assert {"playbook_enrol", "tag_unarchive", "rule_publish", "points_redeem", "work_claim", "alerts_snooze"} <= ACTIONS
    assert {"customer", "work_item", "suppression"} <= OBJECTS


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_action_and_every_object_has_words(language: str) -> None:
    known = catalogue(language).keys()
    assert sorted(name for name in ACTIONS if f"audit.{name}" not in known) == []
    assert sorted(name for name in OBJECTS if name and f"audited.{name}" not in known) == []
