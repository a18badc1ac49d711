"""One wide row per customer as of a moment: metrics, attributes, tags, signals, score. What rules read, now or in the past.

In the order of the strata: metrics and attributes → tags → signals and rules that add points → score → predictive tags and rules
over the score. Nothing here needs Django; attributes and last week's scores come in as tables.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from liuke.accounts.domain.calendar import WEEKDAYS, Calendar
from liuke.base.times import to_us
from liuke.features.domain.churn import ChurnDefinition
from liuke.features.domain.metric import Declared, Follow, Swing
from liuke.features.service import Source
from liuke.rules import syntax as rules
from liuke.rules.needs import demand_column, demands_of
from liuke.rules.run import matches_table
from liuke.rules.syntax import Demand, Rule
from liuke.score.domain.basis import Basis
from liuke.score.domain.config import ScoreConfig
from liuke.score.domain.measured import LAST_INTERACTION, LAST_ORDER
from liuke.score.domain.modelled_live import LiveModel
from liuke.score.domain.override import Override
from liuke.score.domain.points import ExtraLine
from liuke.score.service.modelling import modelled_declared
from liuke.score.service.own_past import off_past
from liuke.score.service.scoring import ModelAsked, Prepared, Scored, score_finish, score_judge, score_prepare, score_profiled
from liuke.segments.domain.active import ActiveTag
from liuke.segments.domain.tiers import TierRule
from liuke.signals.domain.active import ActiveRule
from liuke.signals.domain.signal import Flags, Judged, Numbers, Signal

EXTRA_FAMILY = "rule"
"""The family of lines that no signal gave: they belong to none of the six."""


@dataclass(frozen=True, slots=True)
class RuleAsked:
    """A rule to evaluate; `key` tells its matches (a version's id: a rule may be live and have its next version on trial).

    Only a rule `before_score` may add `points` (whole); they are the line `rule:<rule_id>` of a score.
    """

    key: int
    rule_id: int
    name: str
    rule: Rule
    points: float = 0.0
    before_score: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted of a moment besides the score itself: each metric becomes a column of the frame.

    `by_hand`: customers who bear a tag because a person said so, by its code.
    """

    metrics: Sequence[Declared] = ()
    tags: Sequence[ActiveTag] = ()
    rules: Sequence[RuleAsked] = ()
    by_hand: Mapping[str, Collection[int]] = field(default_factory=dict)
    profiles: Sequence[Rule] = ()
    """Whom each profile of the configuration concerns, in its order."""
    active: Sequence[ActiveRule] = ()
    """The rules of the workspace as they were read, for whoever follows their matches; empty for the past."""
    model: LiveModel | None = None
    """What makes the score; None: the configuration's points."""

    def demands(self) -> tuple[Demand, ...]:
        """The sequences that tags and rules ask for, each once."""
        tagging = [tag.rule for tag in self.tags if tag.rule is not None]
        every = (*tagging, *(asked.rule for asked in self.rules), *self.profiles)
        return tuple(dict.fromkeys(demand for rule in every for demand in demands_of(rule)))

    def declared(self) -> tuple[Declared, ...]:
        """What must be computed for the frame besides what the score itself reads."""
        of_model = modelled_declared() if self.model else ()
        return (*self.metrics, *(demanded(demand) for demand in self.demands()), *of_model)

    def stratum(self, *, before_score: bool) -> tuple[list[ActiveTag], list[RuleAsked]]:
        """The tags and rules that the score may rest on, or those over the score."""
        tags = [tag for tag in self.tags if tag.before_score == before_score]
        return tags, [rule for rule in self.rules if rule.before_score == before_score]


@dataclass(frozen=True, slots=True)
class Then:
    """What is known of the moment outside the stream.

    `attributes`: `facts.service.attributes`; `before`: the scores a week earlier (customer_id, score); `overrides`: scores that
    people adjusted, by customer; `held`: signals whose source was silent (BEY-06).
    """

    attributes: pa.Table | None = None
    before: pa.Table | None = None
    calendar: Calendar = WEEKDAYS
    overrides: Mapping[int, Override] = field(default_factory=dict)
    held: Collection[str] = ()


NOTHING = Then()


@dataclass(frozen=True, slots=True)
class Frame:
    """`table`: a row per customer in rising order of `customer_id`; `tags` by code and `rules` by key say who, in the same order.

    `judged`: what each signal said.
    """

    scored: Scored
    table: pa.Table
    tags: Mapping[str, Flags] = field(default_factory=dict)
    rules: Mapping[int, Flags] = field(default_factory=dict)
    judged: Sequence[tuple[Signal, Judged]] = ()

    @property
    def customers(self) -> pa.ChunkedArray:
        """The customers' ids."""
        return self.table["customer_id"]


def frame_at(
    *,
    source: Source,
    as_of: datetime,
    zone: str,
    config: ScoreConfig,
    churn: ChurnDefinition,
    asked: Asked,
    then: Then = NOTHING,
    tiers: TierRule | None = None,
    customers: Sequence[object] | None = None,
    basis: Basis | None = None,
) -> Frame:
    """Score everybody (or a slice, with the `basis` of a run over all) and make the frame. Nothing after `as_of` is read.

    Raises like `score_run`. A column that a tag or rule names and the moment does not have counts as missing for everybody.
    """
    (first_tags, first_rules), (last_tags, last_rules) = asked.stratum(before_score=True), asked.stratum(before_score=False)
    prepared = score_prepare(
        source=source, as_of=as_of, zone=zone, config=config, churn=churn, tiers=tiers, customers=customers, basis=basis,
        also=asked.declared(), groups=then.attributes, calendar=then.calendar, held=then.held,
    )  # fmt: skip
    making = _Making(prepared, to_us(as_of), _first_columns(prepared, asked, then))
    tags = making.tagged(first_tags, asked.by_hand)
    if asked.profiles:
        prepared = score_profiled(prepared, making.matching(asked.profiles))
    judged = score_judge(prepared)
    making.add(_signal_columns(judged))
    early = making.matched(first_rules)
    model = ModelAsked(asked.model, _contracts(prepared, then)) if asked.model else None
    scored = _beside_past(score_finish(prepared, judged, _lines(asked, tags, early), then.overrides, model), config, then)
    making.add(_score_columns(scored.table, then.before))
    late = making.matched(last_rules)
    tags |= making.tagged(last_tags, asked.by_hand)
    making.add({"tags": _tag_lists(tags, len(prepared.scene))})
    return Frame(scored, making.table, tags, {**early, **late}, judged)


def _beside_past(scored: Scored, config: ScoreConfig, then: Then) -> Scored:
    return Scored(off_past(scored.table, then.before, config.baseline), scored.basis, scored.off_tiers)


@dataclass(slots=True)
class _Making:
    """The frame while its columns come."""

    prepared: Prepared
    now_us: int
    columns: dict[str, pa.Array | pa.ChunkedArray]

    @property
    def table(self) -> pa.Table:
        return pa.table(self.columns)

    def add(self, columns: Mapping[str, pa.Array | pa.ChunkedArray]) -> None:
        self.columns |= columns

    def tagged(self, tags: Sequence[ActiveTag], by_hand: Mapping[str, Collection[int]]) -> dict[str, Flags]:
        """Who bears each tag; the column `tags` knows them from here on."""
        found = self._matches({tag.code: tag.rule for tag in tags if tag.rule is not None})
        ids = np.asarray(self.columns["customer_id"])
        nobody = np.zeros(len(ids), dtype=np.bool_)
        borne = {tag.code: found.get(tag.code, nobody) | _among(ids, by_hand.get(tag.code, ())) for tag in tags}
        self.columns.setdefault("tags", _tag_lists(borne, len(ids)))
        return borne

    def matched(self, rules: Sequence[RuleAsked]) -> dict[int, Flags]:
        found = self._matches({str(rule.key): rule.rule for rule in rules})
        return {rule.key: found[str(rule.key)] for rule in rules}

    def matching(self, rules: Sequence[Rule]) -> list[Flags]:
        """Whom each of these rules matches."""
        found = self._matches({str(place): rule for place, rule in enumerate(rules)})
        return [found[str(place)] for place in range(len(rules))]

    def _matches(self, rules: Mapping[str, Rule]) -> dict[str, Flags]:
        zone = self.prepared.moment.zone
        return matches_table(self.table, rules, now_us=self.now_us, zone=zone) if rules else {}


def _named(demand: Demand) -> str:
    """A demand's name as a metric: letters, digits and _."""
    return demand_column(demand).replace(".", "_")


def demanded(demand: Demand) -> Declared:
    """The metric that answers a demand."""
    name = _named(demand)
    if isinstance(demand, rules.Swing):
        return Swing(name, demand.kinds, weeks=demand.weeks, rise=demand.rise, drop=demand.drop)
    return Follow(name, demand.first, demand.then, demand.within_days, demand.happens, demand.last_days)


def _first_columns(prepared: Prepared, asked: Asked, then: Then) -> dict[str, pa.Array | pa.ChunkedArray]:
    features, scene = prepared.features, prepared.scene
    ids = features["customer_id"]
    columns: dict[str, pa.Array | pa.ChunkedArray] = {"customer_id": ids}
    columns |= {metric.name: features[metric.name] for metric in asked.metrics}
    columns |= {demand_column(demand): pc.cast(features[_named(demand)], pa.bool_()) for demand in asked.demands()}
    columns |= {
        "annual_value": pa.array(np.round(prepared.found.annual_value, 2)),
        "last_order_at": pc.cast(features[LAST_ORDER.name], pa.int64()),
        "last_interaction_at": pc.cast(features[LAST_INTERACTION.name], pa.int64()),
        "tier": pa.array(scene.tier, pa.string()),
    }
    columns |= {f"rfm.{letter}": pa.array(fifths, mask=fifths == 0) for letter, fifths in scene.rfm.items()}
    return columns | _aligned(ids, then.attributes)


def _contracts(prepared: Prepared, then: Then) -> Numbers | None:
    """The amount of the contract that runs, by customer; NaN without one, None where nobody has any."""
    found = _aligned(prepared.features["customer_id"], then.attributes)
    if "contract.amount" not in found:
        return None
    running = pc.greater_equal(found["contract.ends_on"], prepared.moment.us)
    amounts = pc.if_else(pc.fill_null(running, fill_value=False), found["contract.amount"], None)
    return np.asarray(pc.fill_null(amounts, float("nan")).to_numpy(), dtype=np.float64)


def _aligned(ids: pa.ChunkedArray, table: pa.Table | None) -> dict[str, pa.ChunkedArray]:
    """The columns of a table by customer, in the order of `ids`; null where it has no row."""
    if table is None:
        return {}
    places = pc.index_in(ids, table["customer_id"])
    return {name: table[name].take(places) for name in table.column_names if name != "customer_id"}


def _among(ids: np.ndarray[tuple[int], np.dtype[np.int64]], members: Collection[int]) -> Flags:
    return np.isin(ids, np.fromiter(members, dtype=np.int64)) if members else np.zeros(len(ids), dtype=np.bool_)


def _tag_lists(tags: Mapping[str, Flags], size: int) -> pa.Array:
    codes = sorted(tags)
    if not codes:
        return pa.array([[]] * size, pa.list_(pa.string()))
    borne = np.stack([tags[code] for code in codes], axis=1)
    offsets = np.concatenate([[0], np.cumsum(borne.sum(axis=1))]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), pa.array(np.array(codes, dtype=object)[np.nonzero(borne)[1]], pa.string()))


def _signal_columns(judged: Sequence[tuple[Signal, Judged]]) -> dict[str, pa.Array]:
    return {f"signal.{signal.code}": pa.array(found.strength > 0, mask=np.asarray(found.unknown)) for signal, found in judged}


def _lines(asked: Asked, tags: Mapping[str, Flags], rules: Mapping[int, Flags]) -> list[ExtraLine]:
    weighed = [tag for tag in asked.tags if tag.weight and tag.code in tags]
    giving = [rule for rule in asked.rules if rule.points and rule.key in rules]
    return [
        *(_line(f"tag:{tag.code}", tags[tag.code], tag.weight, ("reasons.tag", tag.name)) for tag in weighed),
        *(_line(f"rule:{rule.rule_id}", rules[rule.key], rule.points, ("reasons.rule", rule.name)) for rule in giving),
    ]


def _line(code: str, who: Flags, points: float, sentence: tuple[str, str]) -> ExtraLine:
    key, name = sentence
    return ExtraLine(code, EXTRA_FAMILY, np.where(who, np.rint(points), 0.0), key, {"name": name})


_OF_SCORE = ("score", "level", "confidence", "is_lost", "off_baseline", "under_usual", "probability", "money_at_risk")


def _score_columns(scored: pa.Table, before: pa.Table | None) -> dict[str, pa.Array | pa.ChunkedArray]:
    columns: dict[str, pa.Array | pa.ChunkedArray] = {name: scored[name] for name in _OF_SCORE}
    ids = scored["customer_id"]
    earlier = _aligned(ids, before.select(["customer_id", "score"])) if before is not None else {}
    past = earlier.get("score", pa.nulls(len(ids), pa.float64()))
    return {**columns, "score_before": past, "score_change_7d": pc.subtract(scored["score"], past)}
