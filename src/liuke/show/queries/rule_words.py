"""How columns, kinds and values of rules are called for a reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from liuke.base.words import catalogue as texts
from liuke.facts.domain.kinds import Kind
from liuke.features.service.metrics import metrics_of
from liuke.features.service.wording import kind_name, metric_name
from liuke.rules.columns import Catalogue, Column, ColumnType
from liuke.rules.operators import OPERATORS
from liuke.rules.sentence import RuleWords
from liuke.rules.sentence import sentences as sentences_of
from liuke.rules.syntax import Rule
from liuke.segments.service.tags import tag_name, tags_all
from liuke.show.api.schemas.common import ChoiceOut
from liuke.show.api.schemas.rules import KindOut, OpOut, RuleCatalogueOut, RuleColumnOut, SentenceOut
from liuke.show.queries.reader import Reader, word
from liuke.show.queries.stamps import kinds_of
from liuke.signals.service.columns import catalogue_of

ATTRIBUTE, SIGNAL = "attr.", "signal."
TODAY_ONLY = frozenset({"confidence"})
"""Columns of which only today's value is known."""


@dataclass(frozen=True, slots=True)
class RuleBook:
    """What rules may ask about, and how it is called for one reader."""

    catalogue: Catalogue
    words: RuleWords
    groups: Mapping[str, str]

    def lines(self, rule: Rule) -> list[SentenceOut]:
        """The rule as people read it."""
        return [SentenceOut(depth=line.depth, text=line.text, place=line.place) for line in sentences_of(rule, self.words)]


def rule_book(reader: Reader) -> RuleBook:
    """The columns of the reader's workspace with their labels. A few queries: make it once per request."""
    columns = catalogue_of(reader.workspace)
    metrics = metrics_of(reader.workspace)
    labels = {metric.code: metric_name(metric, reader.language) for metric in metrics}
    groups = {metric.code: metric.group for metric in metrics}
    labels |= {name: _label(reader, name) for name in columns if name not in labels}
    kinds = {kind.value: kind_name(kind.value, reader.language) for kind in Kind}
    words = RuleWords(reader.language, reader.workspace.currency, columns, labels, kinds, _choices(reader))
    return RuleBook(columns, words, groups)


def catalogue_out(reader: Reader) -> RuleCatalogueOut:
    """Everything that the editor offers: columns with what they may be compared with, and kinds of activity."""
    reader.require_customers()
    book = rule_book(reader)
    kinds = sorted({*(kind.value for kind in Kind), *kinds_of(reader.workspace, reader.now)})
    return RuleCatalogueOut(
        columns=[_column_out(reader, book, column) for column in book.catalogue.values()],
        ops={
            kind.value: [OpOut(op=op, label=reader.text(f"show.op.{op}"), operand=word(takes.value)) for op, takes in operators.items()]
            for kind, operators in OPERATORS.items()
        },
        kinds=[KindOut(kind=kind, label=kind_name(kind, reader.language)) for kind in kinds],
    )


def _column_out(reader: Reader, book: RuleBook, column: Column) -> RuleColumnOut:
    choices = {value: book.words.choices.get((column.name, value), value) for value in column.choices}
    if column.name == "owner":
        choices = {value: label for (name, value), label in book.words.choices.items() if name == "owner"}
    return RuleColumnOut(
        name=column.name,
        label=book.words.column(column.name),
        type=word(column.type.value),
        stratum=int(column.stratum),
        unit=column.unit,
        group=_group(reader, book, column),
        choices=[ChoiceOut(value=value, label=label) for value, label in choices.items()],
        has_history=column.name not in TODAY_ONLY,
    )


def _group(reader: Reader, book: RuleBook, column: Column) -> str:
    """The heading under which the editor lists it."""
    if column.name in book.groups:
        return reader.text(f"metrics.group.{book.groups[column.name]}")
    if column.name.startswith(ATTRIBUTE):
        return reader.text("show.columns.group.attribute")
    if column.name.startswith(SIGNAL):
        return reader.text("show.columns.group.signal")
    if column.type is ColumnType.TAGS or column.name == "tier" or column.name.startswith("rfm."):
        return reader.text("show.columns.group.segment")
    return reader.text("show.columns.group.score" if column.stratum >= 4 else "show.columns.group.customer")


def _label(reader: Reader, name: str) -> str:
    if name.startswith(ATTRIBUTE):
        return name.removeprefix(ATTRIBUTE)
    if name.startswith(SIGNAL):
        return reader.text(f"signals.{name.removeprefix(SIGNAL)}.name")
    key = f"show.columns.{name}"
    return reader.text(key) if key in texts("zh-CN") else name


def _choices(reader: Reader) -> dict[tuple[str, str], str]:
    choices = {("tier", tier): reader.text(f"show.tier.{tier}") for tier in ("high", "mid", "low")}
    choices |= {("level", level): reader.text(f"show.level.{level}") for level in ("normal", "early", "medium", "high")}
    choices |= {("tags", tag.code): tag_name(tag, reader.language) for tag in tags_all(reader.workspace)}
    return choices | {("owner", str(person.id)): person.name for person in reader.people()}
