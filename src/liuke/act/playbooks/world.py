"""What a workspace has for flows to refer to, and the words for the builder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from liuke.accounts.store.models import Membership, Workspace
from liuke.act.governor.domain_policy import MEDIA
from liuke.act.messages.service import templates_of
from liuke.act.plans.templates import plan_templates
from liuke.act.playbooks.domain.contract import NodeKind, TriggerKind
from liuke.act.playbooks.domain.fields import Field, Params, World
from liuke.act.playbooks.domain.read import spec_faults, spec_from_plain
from liuke.act.playbooks.domain.spec import Spec
from liuke.act.playbooks.nodes import NODES
from liuke.act.playbooks.triggers import TRIGGERS
from liuke.act.store.models import Channel, CouponKind
from liuke.base.words import catalogue
from liuke.segments.service.tags import tags_all
from liuke.signals.domain.catalogue import BY_CODE
from liuke.signals.service.columns import catalogue_of


@dataclass(frozen=True, slots=True)
class FieldWords:
    """A field of the inspector; `choices` are (value, label), empty where the workspace has the list."""

    name: str
    kind: str
    label: str
    required: bool
    choices: tuple[tuple[str, str], ...]
    low: float
    high: float
    default: str | float | bool | None


@dataclass(frozen=True, slots=True)
class KindWords:
    """A kind of trigger or node as the builder shows it. `outlets` (name, label); those of a split come from its arms."""

    name: str
    group: str
    label: str
    about: str
    icon: str
    fields: tuple[FieldWords, ...]
    outlets: tuple[tuple[str, str], ...] = ()
    optional: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kinds:
    """Everything that a flow can be made of."""

    triggers: tuple[KindWords, ...]
    nodes: tuple[KindWords, ...]


def world_of(workspace: Workspace) -> World:
    """What flows of a workspace may name. Some ten queries."""
    ways = list(Channel.objects.filter(workspace=workspace).values_list("pk", "kind"))
    members = Membership.objects.filter(workspace=workspace, is_active=True).values_list("pk", flat=True)
    return World(
        catalogue=catalogue_of(workspace),
        signals=frozenset(BY_CODE),
        tags=frozenset(tag.code for tag in tags_all(workspace)),
        templates=frozenset(template.code for template in templates_of(workspace)),
        channels=frozenset(MEDIA) | {kind for _, kind in ways},
        ways_out=frozenset(pk for pk, _ in ways),
        members=frozenset(members),
        plans=frozenset(plan_templates(workspace.pk, language=workspace.locale)),
        coupons=frozenset(CouponKind.objects.filter(workspace=workspace, archived_at=None).values_list("code", flat=True)),
    )


def playbook_problems(workspace: Workspace, spec: object) -> list[dict[str, object]]:
    """Every fault of a flow's document: `{"at": "nodes.n1.params.days", "key": "playbooks.faults.needed", "allowed": […], …}`."""
    return spec_faults(spec, world_of(workspace))


def spec_of(workspace: Workspace, document: object) -> Spec:
    """The flow of a document. Raises Invalid("playbook") with every fault."""
    return spec_from_plain(document, world_of(workspace))


def playbook_kinds(language: str) -> Kinds:
    """Triggers and nodes with their fields, in the reader's language."""
    words = catalogue(language)
    return Kinds(
        tuple(_trigger(kind, words) for kind in TRIGGERS.values()),
        tuple(_node(kind, words) for kind in NODES.values()),
    )


def _trigger(kind: TriggerKind, words: Mapping[str, str]) -> KindWords:
    at = f"playbooks.triggers.{kind.name}"
    fields = tuple(_field(one, at, words) for one in kind.fields)
    return KindWords(kind.name, "trigger", _said(words, f"{at}.name"), _said(words, f"{at}.about"), kind.icon, fields)


def _node(kind: NodeKind, words: Mapping[str, str]) -> KindWords:
    at = f"playbooks.nodes.{kind.name}"
    outlets = tuple((name, _said(words, f"{at}.outlets.{name}")) for name in kind.outlets(Params({})))
    fields = tuple(_field(one, at, words) for one in kind.fields)
    optional = tuple(sorted(kind.optional))
    return KindWords(kind.name, kind.group, _said(words, f"{at}.name"), _said(words, f"{at}.about"), kind.icon, fields, outlets, optional)


def _field(one: Field, at: str, words: Mapping[str, str]) -> FieldWords:
    choices = tuple((value, _said(words, f"{at}.choices.{one.name}.{value}")) for value in one.choices)
    label = _said(words, f"{at}.fields.{one.name}")
    return FieldWords(one.name, one.kind.value, label, one.required and one.default is None, choices, one.low, one.high, one.default)


def _said(words: Mapping[str, str], key: str) -> str:
    return words.get(key, key.rsplit(".", 1)[-1])
