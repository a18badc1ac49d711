"""Whom a profile concerns, and what happens when its rule no longer reads."""

from __future__ import annotations

from dataclasses import replace

from liuke.rules.columns import Catalogue, Column, ColumnType, Stratum
from liuke.rules.syntax import Condition, Rule
from liuke.score.domain.profiles import Profile
from liuke.score.domain.templates import default
from liuke.score.service.profiles import NOBODY, profile_rules

COLUMNS: Catalogue = {
    "attr.country": Column("attr.country", ColumnType.TEXT, Stratum.METRIC),
    "score": Column("score", ColumnType.NUMBER, Stratum.SCORE),
}


def rules(*documents: dict[str, object]) -> tuple[Rule, ...]:
    profiles = tuple(Profile(f"P{place}", when) for place, when in enumerate(documents))
    return profile_rules(replace(default("retail"), profiles=profiles), COLUMNS)


def test_each_profile_has_its_rule_in_order() -> None:
    found = rules(*({"when": {"column": "attr.country", "op": "eq", "value": country}} for country in ("FR", "UK")))
    assert found == (Rule(Condition("attr.country", "eq", "FR")), Rule(Condition("attr.country", "eq", "UK")))


def test_a_profile_whose_column_is_gone_or_that_reads_the_score_concerns_nobody_and_keeps_its_place() -> None:
    known = {"when": {"column": "attr.country", "op": "present"}}
    gone = {"when": {"column": "attr.size", "op": "present"}}
    upward = {"when": {"column": "score", "op": "ge", "value": 50}}
    assert [rule is NOBODY for rule in rules(gone, known, upward)] == [True, False, True]
