"""An enabled tag as a scoring needs it, and which columns a tag's rule may read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from liuke.rules.columns import Catalogue, ColumnType, Stratum
from liuke.rules.read import rule_from_plain
from liuke.rules.syntax import Rule
from liuke.segments.domain.tag import TagKind

HIGHEST: Mapping[TagKind, Stratum] = {
    TagKind.ATTRIBUTE: Stratum.TAG,
    TagKind.BEHAVIOUR: Stratum.TAG,
    TagKind.PREDICTIVE: Stratum.SCORE,
}
"""The highest stratum that a rule of the kind may read. Only what does not read the score may weigh in it."""


@dataclass(frozen=True, slots=True)
class ActiveTag:
    """An enabled tag. `rule` is None where people alone choose the members; `weight` in points of the score."""

    code: str
    name: str
    kind: TagKind
    weight: int
    rule: Rule | None

    @property
    def before_score(self) -> bool:
        """Whether its members are known before the score, so that its weight may be a line of it."""
        return self.kind is not TagKind.PREDICTIVE


def columns_for(kind: TagKind, catalogue: Catalogue) -> Catalogue:
    """What a rule of the kind may name. Tags that are found before the score may use value tiers but no tags: all in one round."""
    if kind is TagKind.PREDICTIVE:
        return catalogue
    return {name: column for name, column in catalogue.items() if column.type is not ColumnType.TAGS}


def tag_rule(document: Mapping[str, object], kind: TagKind, catalogue: Catalogue) -> Rule:
    """A tag's rule document, read. Raises Invalid("rule") with every fault, an upward reference among them."""
    return rule_from_plain(document, columns_for(kind, catalogue), highest=HIGHEST[kind])
