"""The rules of a configuration's profiles, read against the columns that a workspace has."""

from __future__ import annotations

import logging

from liuke.base.errors import Invalid
from liuke.rules.columns import Catalogue
from liuke.rules.read import rule_from_plain
from liuke.rules.syntax import Condition, Rule
from liuke.score.domain.config import ScoreConfig
from liuke.score.domain.profile_rules import HIGHEST

log = logging.getLogger("liuke.score")
NOBODY = Rule(Condition("nobody", "is_true"))
"""Reads a column that no frame has."""


def profile_rules(config: ScoreConfig, catalogue: Catalogue) -> tuple[Rule, ...]:
    """One rule per profile, in order. A profile whose rule no longer reads (a metric is gone) concerns nobody, and is logged."""
    return tuple(_read(profile.name, profile.when, catalogue) for profile in config.profiles)


def _read(name: str, when: object, catalogue: Catalogue) -> Rule:
    try:
        return rule_from_plain(when, catalogue, highest=HIGHEST)
    except Invalid as fault:
        log.warning("profile %s concerns nobody: %s", name, fault.params)
        return NOBODY
