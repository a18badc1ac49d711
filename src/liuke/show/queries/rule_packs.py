"""规则包: what each pack brings, and which of its rules this workspace's data can tell."""

from __future__ import annotations

from collections.abc import Mapping

from liuke.features.domain.named import NamedMetric
from liuke.features.service.metrics import metrics_of
from liuke.rules.read import rule_from_plain
from liuke.show.api.schemas.rules import PackOut, PackRuleOut
from liuke.show.queries.reader import Reader
from liuke.show.queries.rule_words import RuleBook, rule_book
from liuke.show.queries.stamps import kinds_of
from liuke.signals.domain.active import HIGHEST
from liuke.signals.domain.packs import PackRule
from liuke.signals.service.packs import packs_all, rule_lacks


def packs_out(reader: Reader) -> list[PackOut]:
    """Every pack with its rules as sentences."""
    reader.require_customers()
    book, kinds, metrics = rule_book(reader), kinds_of(reader.workspace, reader.now), metrics_of(reader.workspace)
    return [
        PackOut(
            code=pack.code,
            name=pack.name[reader.language],
            about=pack.about[reader.language],
            industry=pack.industry,
            rules=[_rule_out(reader, rule, book, kinds, metrics) for rule in pack.rules],
        )
        for pack in packs_all()
    ]


def _rule_out(reader: Reader, rule: PackRule, book: RuleBook, kinds: Mapping[str, int], metrics: list[NamedMetric]) -> PackRuleOut:
    lacks = rule_lacks(rule, book.catalogue, kinds, metrics)
    return PackRuleOut(
        code=rule.code,
        name=rule.name[reader.language],
        sentences=book.lines(rule_from_plain(rule.document, book.catalogue, highest=HIGHEST)),
        computable=not lacks,
        missing=[reader.text(key) for key in lacks],
    )
