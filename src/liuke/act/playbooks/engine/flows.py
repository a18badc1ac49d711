"""Flows as the engine runs them: parsed once per run, with what they need to have loaded."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from liuke.accounts.store.models import Workspace
from liuke.act.playbooks.domain.fields import FieldKind, Params, World
from liuke.act.playbooks.domain.happenings import kinds_meant
from liuke.act.playbooks.domain.read import spec_from_plain
from liuke.act.playbooks.domain.spec import Spec
from liuke.act.playbooks.nodes import NODES
from liuke.act.playbooks.nodes.coupon import TIER
from liuke.act.store.models import Playbook, PlaybookVersion
from liuke.base.errors import Invalid
from liuke.rules.columns import Catalogue
from liuke.rules.needs import frame_columns_of
from liuke.rules.syntax import Rule

log = logging.getLogger("liuke.playbooks")


@dataclass(frozen=True, slots=True)
class Needs:
    """What the steps of a flow look at."""

    columns: frozenset[str]
    kinds: frozenset[str]
    adaptive: tuple[tuple[str, int], ...]
    """Nodes that adjust themselves, and how many they look back."""
    approvals: bool
    coupons: bool = False
    """Whether some node gives coupons, of which messages then tell."""


@dataclass(frozen=True, slots=True)
class Flow:
    """One version of a playbook."""

    playbook: Playbook
    version_id: int
    spec: Spec
    needs: Needs


def needs_of(spec: Spec) -> Needs:
    """The columns, activity kinds and rates that the nodes read."""
    columns, kinds = set[str](), set[str]()
    adaptive: list[tuple[str, int]] = []
    for node in spec.nodes.values():
        for field in NODES[node.kind].fields:
            columns |= _columns(node.params, field.name, field.kind)
            if field.kind is FieldKind.KINDS:
                kinds |= kinds_meant(node.params.texts(field.name))
        if node.kind == "adaptive":
            adaptive.append((node.id, node.params.whole("last")))
    approvals = any(node.kind == "approval" for node in spec.nodes.values())
    coupons = any(node.kind == "coupon" for node in spec.nodes.values())
    return Needs(frozenset(columns), frozenset(kinds), tuple(adaptive), approvals, coupons)


def rule_columns(rules: Iterable[Rule | None]) -> frozenset[str]:
    """The columns of the frame that these conditions read."""
    return frozenset(column for rule in rules if rule is not None for column in frame_columns_of(rule))


def flow_of(playbook: Playbook, version: PlaybookVersion, catalogue: Catalogue) -> Flow | None:
    """A version as it runs; None, and a log line, where a column that it asks for is gone: its people wait until it is mended."""
    try:
        spec = spec_from_plain(version.spec, World(catalogue=catalogue))
    except Invalid as fault:
        log.warning("playbook %s v%s does not run: %s", playbook.pk, version.number, fault.params)
        return None
    return Flow(playbook, version.pk, spec, needs_of(spec))


def playbooks_on(workspace: Workspace) -> list[Playbook]:
    """The flows that are 启用 and not archived, paused ones too."""
    return list(Playbook.objects.filter(workspace=workspace, enabled=True, archived_at__isnull=True).order_by("pk"))


def _columns(params: Params, name: str, kind: FieldKind) -> frozenset[str]:
    if kind is FieldKind.COLUMN:
        return frozenset({params.text(name)})
    if kind is FieldKind.COUPON:
        return frozenset({TIER})
    return rule_columns([params.rule(name)]) if kind is FieldKind.RULE else frozenset()
