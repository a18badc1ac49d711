"""Profiles' rules checked against the columns that a workspace has, before a configuration is kept."""

from __future__ import annotations

from liuke.base.errors import Invalid
from liuke.rules.columns import Catalogue, Stratum
from liuke.rules.read import rule_from_plain
from liuke.score.domain.config import ScoreConfig
from liuke.score.domain.faults import Fault

HIGHEST = Stratum.TAG
"""A profile decides how the score is made: it may read attributes, metrics, tags and value tiers."""


def profiles_checked(config: ScoreConfig, catalogue: Catalogue) -> ScoreConfig:
    """The same configuration. Raises Invalid("score_config") with every fault of every profile's rule, each with its place."""
    faults: list[Fault] = []
    for place, profile in enumerate(config.profiles):
        try:
            rule_from_plain(profile.when, catalogue, highest=HIGHEST)
        except Invalid as fault:
            found = fault.params["faults"]
            rows = found if isinstance(found, list) else []
            faults += [{**one, "at": f"profiles.{place}.when.{one['at']}".rstrip(".")} for one in rows]
    if faults:
        raise Invalid("score_config", faults=faults)
    return config
