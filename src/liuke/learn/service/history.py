"""The past of a workspace as it was known then: whom each arm of a backtest flags at a moment, and the outcome that followed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
import pyarrow as pa

from liuke.accounts.service.calendar import calendar_of
from liuke.accounts.store.models import Workspace
from liuke.base.times import local_day, to_us
from liuke.facts.service.attributes import PREFIX, attributes_at
from liuke.features.domain.churn import ChurnDefinition
from liuke.features.domain.metric import Aggregate, Baseline, Metric
from liuke.features.domain.moment import Moment
from liuke.features.service import Source, label_inactive
from liuke.learn.domain.backtest import Snapshot
from liuke.learn.domain.plan import Arm, flagged
from liuke.rules.columns import Catalogue, Stratum
from liuke.rules.needs import columns_of
from liuke.rules.syntax import Rule
from liuke.score.domain.config import ScoreConfig
from liuke.score.service.asked import asked_for, then_of
from liuke.score.service.frame import Asked, RuleAsked, Then, frame_at
from liuke.signals.service.columns import SIGNAL_PREFIX
from liuke.warehouse import Warehouse

_OUTSIDE = ("owner", "registered_at", "contract.ends_on", "contract.amount")
_AS_TODAY = ("contract.ends_on", "contract.amount")
"""Contracts are kept as they are now: one that was prolonged shows its new end also in the past."""
_LAST = "backtest_last_us"


@dataclass(frozen=True, slots=True)
class Run:
    """One configuration with everything that its arms need; the same at every origin."""

    config: ScoreConfig
    wanted: Asked
    keys: Mapping[Rule, int]
    outside: bool
    score: bool


@dataclass(slots=True)
class History:
    """The past of a workspace: its frames and outcomes. `without` and `notes` gather what the report has to say."""

    workspace: Workspace
    warehouse: Warehouse
    source: Source
    catalogue: Catalogue
    churn: ChurnDefinition
    horizon: int
    without: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    _looked: bool = False

    def prepared(self, arms: Sequence[Arm]) -> Run:
        """What arms of one configuration need of each moment; as little as gives the same answers."""
        rules = list(dict.fromkeys(rule for arm in arms for rule in arm.rules))
        keys = {rule: -1 - nth for nth, rule in enumerate(rules)}
        score = self._score_asked(arms)
        asked = [RuleAsked(key, key, "", rule, before_score=not score) for rule, key in keys.items()]
        config = arms[0].config if score else _only(arms[0].config, _signals(arms))
        wanted = asked_for(self.workspace, config, asked, weights=score)
        if wanted.by_hand:
            self.notes = ("backtest.notes.by_hand",)
        last = Metric(_LAST, Aggregate.LAST_US, tuple(self.churn.kinds))
        wanted = replace(wanted, by_hand={}, metrics=(*wanted.metrics, last))
        return Run(config, wanted, keys, self._outside_asked(wanted, config), score)

    def label(self, as_of: datetime) -> pa.Table:
        """`customer_id`, `lost` of those who could be lost: the only look into the future."""
        kinds, moment = self.churn.kinds, Moment(as_of, self.workspace.time_zone)
        return label_inactive(source=self.source, moment=moment, kinds=list(kinds), horizon=self.horizon, active=self.churn.days)

    def at(self, as_of: datetime, run: Run, arms: Mapping[str, Arm], label: pa.Table) -> dict[str, Snapshot]:
        """Each arm's flags at an origin, for the customers that could be lost."""
        frame = frame_at(
            source=self.source,
            as_of=as_of,
            zone=self.workspace.time_zone,
            config=run.config,
            churn=self.churn,
            asked=run.wanted,
            then=self._then(as_of, run),
            tiers=run.config.tiers,
        )
        ids = np.asarray(label["customer_id"])
        place = np.searchsorted(np.asarray(frame.customers), ids)
        last = np.asarray(frame.table[_LAST])[place].astype(np.int64)
        lost = np.asarray(label["lost"]) > 0
        return {
            name: Snapshot(to_us(as_of), ids, last, lost, flagged(arm, frame.table, frame.rules, run.keys)[place])
            for name, arm in arms.items()
        }

    def _score_asked(self, arms: Iterable[Arm]) -> bool:
        """Whether the whole score has to be made: without it, an origin costs a fraction."""
        every = list(arms)
        if any(not arm.rules and not arm.signal for arm in every) or any(arm.config.profiles and _signals([arm]) for arm in every):
            return True
        return any(name == "tags" or self.catalogue[name].stratum >= Stratum.SCORE for name in _named(every))

    def _outside_asked(self, wanted: Asked, config: ScoreConfig) -> bool:
        """Whether anything asks about attributes, owners or contracts."""
        compared = any(isinstance(metric, Baseline) for metric in wanted.metrics)
        return compared or config.baseline.enabled or any(name.startswith(PREFIX) or name in _OUTSIDE for name in _asked_about(wanted))

    def _then(self, as_of: datetime, run: Run) -> Then:
        """What was known outside the stream. Columns without a history are remembered by name."""
        if not run.outside and not run.score:
            return Then(calendar=calendar_of(self.workspace, year=local_day(as_of, self.workspace.time_zone).year))
        if run.outside and not self._looked:
            self._looked = True
            named = _asked_about(run.wanted)
            found = attributes_at(self.workspace, as_of, names=[name.removeprefix(PREFIX) for name in named if name.startswith(PREFIX)])
            self.without = tuple(sorted({*self.without, *(name for name in (*found.without_history, *_AS_TODAY) if name in named)}))
        return then_of(self.workspace, self.warehouse, as_of)


def _asked_about(wanted: Asked) -> set[str]:
    """Columns that anything at all asks about: rules, tags, profiles."""
    rules = [*(rule.rule for rule in wanted.rules), *wanted.profiles, *(tag.rule for tag in wanted.tags if tag.rule is not None)]
    return {column for rule in rules for column in columns_of(rule)}


def _named(arms: Iterable[Arm]) -> set[str]:
    """Columns that the arms' rules ask about."""
    return {column for arm in arms for rule in arm.rules for column in columns_of(rule)}


def _signals(arms: Iterable[Arm]) -> set[str]:
    """Codes of the signals that the arms ask about."""
    every = list(arms)
    named = {name.removeprefix(SIGNAL_PREFIX) for name in _named(every) if name.startswith(SIGNAL_PREFIX)}
    return named | {arm.signal for arm in every if arm.signal}


def _only(config: ScoreConfig, codes: set[str]) -> ScoreConfig:
    """The configuration with only these signals counting, no profiles and no baselines."""
    signals = {code: replace(setting, enabled=setting.enabled and code in codes) for code, setting in config.signals.items()}
    return replace(config, signals=signals, profiles=(), baseline=replace(config.baseline, enabled=False))
