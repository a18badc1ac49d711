"""What scoring again needs: a configuration as it held on a day, and which signals' sources lie behind."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from liuke.accounts.domain.calendar import Period
from liuke.base.times import DAY_US
from liuke.score.domain.config import ScoreConfig
from liuke.signals.domain.signal import Signal

BEHIND_DAYS = 7
"""A source that brought nothing for so long counts as behind."""


def as_on(config: ScoreConfig, day: date, periods: Sequence[Period] = ()) -> ScoreConfig:
    """The configuration with the season of that day, whatever day it is used for."""
    held = [season for season in config.seasons if season.holds(day, periods)]
    return replace(config, seasons=tuple(replace(season, first="01-01", last="12-31", period="") for season in held))


def behind(signals: Sequence[Signal], config: ScoreConfig, newest: Mapping[str, int], as_of_us: int) -> Collection[str]:
    """Signals that count and whose kinds of activity all stopped, `newest` (UTC microseconds by kind), over a week ago.

    A signal over every kind is behind where everything is.
    """
    limit = as_of_us - BEHIND_DAYS * DAY_US
    out = set()
    for signal in signals:
        setting = config.signals[signal.code]
        if not setting.enabled:
            continue
        proof = signal.evidence({**signal.defaults(), **setting.params})
        kinds = [kind for kind in (proof.kinds or tuple(newest)) if kind in newest and kind not in proof.but]
        if kinds and all(newest[kind] < limit for kind in kinds):
            out.add(signal.code)
    return out
