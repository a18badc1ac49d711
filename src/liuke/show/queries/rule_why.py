"""为什么 / 为什么没有 (BEY-07): each condition of a rule with the value that it saw, when, and from which activities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from liuke.base.errors import Invalid, NotFound
from liuke.base.times import from_us, to_us
from liuke.facts.service import customer_get
from liuke.facts.store.models import AttributeVersion, Customer
from liuke.rules.columns import ColumnType
from liuke.rules.evaluate import Explained, ExplainedNode, Value, explain
from liuke.rules.needs import types_of
from liuke.rules.sentence import node_sentence
from liuke.rules.syntax import All, Any_, Condition, Follow, Other, Rule
from liuke.show.api.schemas.common import CustomerRef
from liuke.show.api.schemas.rules import WhyNode, WhyOut, WhyShortOut
from liuke.show.queries import rule_frame
from liuke.show.queries.reader import Reader, word
from liuke.show.queries.rule_evidence import NO_ROWS, Proofs
from liuke.show.queries.rule_list import tree_of, versions_of
from liuke.show.queries.rule_standing import steps_of
from liuke.show.queries.rule_words import RuleBook, rule_book
from liuke.signals.service.rules import rule_get, rules_of, version_draft, version_live
from liuke.signals.store.models import Rule as RuleRow
from liuke.signals.store.models import RuleVersion

ATTRIBUTE = "attr."
TRUTH = {True: "true", False: "false", None: "unknown"}


@dataclass(frozen=True, slots=True)
class _Telling:
    """What is told with, for one customer as of one moment."""

    reader: Reader
    book: RuleBook
    proofs: Proofs
    customer: Customer
    as_of: datetime
    types: dict[str, ColumnType | None]


def why_out(reader: Reader, rule_id: int, customer_id: int) -> WhyOut:
    """Why a rule (live, else its draft) matches a customer at the last scoring, or not, and what became of the alert.

    Raises NotFound for a rule or customer that the reader does not see, and NotFound("rule_not_scored") before the customer's
    first scoring.
    """
    reader.require_customers()
    customer = customer_get(actor=reader.actor, customer_id=customer_id)
    rule = rule_get(workspace=reader.workspace, rule_id=rule_id)
    book, version = rule_book(reader), _shown(rule)
    tree = tree_of(version, book)
    found = rule_frame.row_of(reader, [tree], customer_id)
    if found is None:
        raise NotFound("rule_not_scored", customer=customer_id)
    row, as_of = found
    explained = explain(tree, row, now_us=to_us(as_of), zone=reader.workspace.time_zone)
    telling = _Telling(reader, book, Proofs(reader, customer_id, as_of), customer, as_of, types_of(tree))
    return WhyOut(
        customer=CustomerRef(id=customer.pk, key=customer.key, name=customer.name, name_is_sample="name" in customer.sample_fields),
        verdict=word(explained.verdict),
        tree=_node(telling, explained.when),
        exclude=_node(telling, explained.exclude) if explained.exclude else None,
        alert=steps_of(reader, version, customer, row, explained),
        as_of=as_of,
    )


def why_short(reader: Reader, customer_id: int) -> list[WhyShortOut]:
    """All rules that are not put away about one customer, in a line each; none before the first scoring."""
    reader.require_customers()
    customer_get(actor=reader.actor, customer_id=customer_id)
    book = rule_book(reader)
    asked = [(rule, tree) for rule in rules_of(reader.workspace).filter(archived_at__isnull=True) if (tree := _tree(rule, book))]
    found = rule_frame.row_of(reader, [tree for _, tree in asked], customer_id)
    if found is None:
        return []
    row, as_of = found
    return [_short(reader, book, rule, explain(tree, row, now_us=to_us(as_of), zone=reader.workspace.time_zone)) for rule, tree in asked]


def _shown(rule: RuleRow) -> RuleVersion:
    versions = versions_of(rule)
    shown = version_live(versions) or version_draft(versions)
    if shown is None:
        raise NotFound("rule_no_draft", rule=rule.pk)
    return shown


def _tree(rule: RuleRow, book: RuleBook) -> Rule | None:
    """The rule that runs; None where there is none, or it cannot be read any more."""
    live = version_live(versions_of(rule))
    if live is None or not rule.enabled:
        return None
    try:
        return tree_of(live, book)
    except Invalid:
        return None


def _short(reader: Reader, book: RuleBook, rule: RuleRow, explained: Explained) -> WhyShortOut:
    deciding = explained.exclude if explained.verdict == "excluded" and explained.exclude else explained.when
    said = [node_sentence(part.node, book.words) for part in _deciding(deciding)]
    key = f"show.why.{explained.verdict}"
    text = reader.text(key, {"why": reader.text("show.why.and").join(said)}) if said else reader.text(f"{key}_plain")
    return WhyShortOut(rule_id=rule.pk, name=rule.name, verdict=word(explained.verdict), text=text)


def _deciding(node: ExplainedNode) -> list[ExplainedNode]:
    """The single conditions that made a node what it is: for a false 且 its first false part, for a true one all of them."""
    if not isinstance(node.node, All | Any_):
        return [node]
    same = [part for part in node.parts if part.result is node.result]
    all_count = isinstance(node.node, All) is (node.result is True)
    return [single for part in (same if all_count else same[:1]) for single in _deciding(part)]


def _node(telling: _Telling, explained: ExplainedNode) -> WhyNode:
    node = explained.node
    single = not isinstance(node, All | Any_)
    rows = telling.proofs.of(node) if single else NO_ROWS
    return WhyNode(
        kind=word(_kind(node)),
        text=node_sentence(node, telling.book.words),
        result=word(TRUTH[explained.result]),
        value_text=_value_text(telling, explained) if single else "",
        seen_at=_seen_at(telling, node) if single else None,
        evidence=rows.items,
        parts=[_node(telling, part) for part in explained.parts],
    )


def _kind(node: object) -> str:
    if isinstance(node, All):
        return "all"
    if isinstance(node, Any_):
        return "any"
    return "condition" if isinstance(node, Condition) else "follow" if isinstance(node, Follow) else "swing"


def _value_text(telling: _Telling, explained: ExplainedNode) -> str:
    """The value, and what it was compared with where that is another column."""
    node, reader = explained.node, telling.reader
    if not isinstance(node, Condition):
        return _said(telling, "", explained.seen, ColumnType.FLAG)
    kind = telling.types.get(node.column) or telling.book.catalogue[node.column].type
    value = _said(telling, node.column, explained.seen, kind)
    if not isinstance(node.value, Other):
        return value
    return reader.text("show.why.against", {"value": value, "against": _said(telling, node.column, explained.against, kind)})


def _said(telling: _Telling, column: str, value: Value, kind: ColumnType) -> str:
    reader = telling.reader
    if value is None:
        return reader.text("show.why.no_value")
    if isinstance(value, bool):
        return reader.text("show.why.yes" if value else "show.why.no")
    if isinstance(value, int | float):
        return _number(telling, column, value, kind)
    return _texts(telling, column, [value] if isinstance(value, str) else value)


def _number(telling: _Telling, column: str, value: float, kind: ColumnType) -> str:
    """A number may stand for a moment or for a person."""
    reader = telling.reader
    if kind is ColumnType.MOMENT:
        return from_us(int(value)).astimezone(reader.zone).date().isoformat()
    if column == "owner":
        person = reader.person(int(value))
        return person.name if person else str(int(value))
    return telling.book.words.number(column, float(value))


def _texts(telling: _Telling, column: str, values: Sequence[str]) -> str:
    choices = telling.book.words.choices
    return "、".join(choices.get((column, value), value) for value in values) or telling.reader.text("show.why.none")


def _seen_at(telling: _Telling, node: object) -> datetime | None:
    """When the value became what it is: an attribute's own time where that is known, else the scoring's."""
    if isinstance(node, Condition) and node.column.startswith(ATTRIBUTE):
        versions = AttributeVersion.objects.filter(
            customer=telling.customer, name=node.column.removeprefix(ATTRIBUTE), valid_from__lte=telling.as_of
        ).order_by("-valid_from")  # fmt: skip
        latest = versions.values_list("valid_from", flat=True).first()
        return latest or telling.as_of
    return telling.as_of
