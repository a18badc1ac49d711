"""A rule as a scoring needs it, and what is checked before one is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from liuke.base.errors import Invalid
from liuke.rules.columns import Catalogue, Stratum
from liuke.rules.needs import columns_of
from liuke.rules.read import rule_from_plain
from liuke.rules.syntax import Rule
from liuke.signals.domain.effects import Effects, effects_from_plain

HIGHEST = Stratum.PREDICTION
"""Rules come last in a scoring: they may ask about everything but alerts, which they raise."""
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class ActiveRule:
    """A rule that runs: live, or on trial (evaluated and logged, its effects left out).

    `before_score`: it gives points, so it is evaluated before the score is added up.
    """

    rule_id: int
    version_id: int
    name: str
    rule: Rule
    effects: Effects
    before_score: bool
    trial: bool


def known_before_score(rule: Rule, catalogue: Catalogue) -> bool:
    """Whether the rule asks about nothing that is computed from the score."""
    return all(catalogue[name].stratum <= Stratum.SIGNAL for name in columns_of(rule))


def rule_checked(document: object, effects: Mapping[str, object], catalogue: Catalogue, *, name: str = "x") -> tuple[Rule, Effects]:
    """The rule and its effects. Raises Invalid("rule", faults=[…]) with the faults of both at once."""
    faults: list[object] = []
    rule: Rule | None = None
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        faults.append({"at": "name", "key": "rules.faults.name", "allowed": f"1–{LONGEST_NAME}"})
    try:
        rule = rule_from_plain(document, catalogue, highest=HIGHEST)
    except Invalid as fault:
        faults += _faults(fault)
    try:
        does = effects_from_plain(effects, before_score=rule is None or known_before_score(rule, catalogue))
    except Invalid as fault:
        raise Invalid("rule", faults=[*faults, *_faults(fault)]) from None
    if faults or rule is None:
        raise Invalid("rule", faults=faults)
    return rule, does


def _faults(fault: Invalid) -> list[object]:
    found = fault.params.get("faults")
    return list(found) if isinstance(found, list | tuple) else []
