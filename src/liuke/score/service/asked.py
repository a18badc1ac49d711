"""What a scoring of a workspace asks for besides the score: its metrics, tags and rules, and what was known outside the stream."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

import pyarrow as pa

from liuke.accounts.service.calendar import calendar_of
from liuke.accounts.store.models import Workspace
from liuke.base.times import local_day, to_us
from liuke.facts.service.attribute_names import attribute_types_kept
from liuke.facts.service.attributes import attributes_at
from liuke.features.domain.metric import Declared
from liuke.features.domain.named import NamedMetric
from liuke.features.service.metrics import metrics_of
from liuke.rules.columns import Catalogue
from liuke.rules.needs import columns_of
from liuke.rules.syntax import Rule
from liuke.score.domain.config import ScoreConfig
from liuke.score.service.frame import Asked, RuleAsked, Then
from liuke.score.service.model import model_live
from liuke.score.service.profiles import profile_rules
from liuke.score.store.overrides import overrides_at
from liuke.segments.domain.active import ActiveTag
from liuke.segments.service.tags import tags_active
from liuke.segments.store.models import TagMembership
from liuke.signals.domain.active import ActiveRule
from liuke.signals.service.anomalies import signals_held
from liuke.signals.service.columns import catalogue_of
from liuke.signals.service.rules import rules_active
from liuke.signals.service.verification import sources_trusted
from liuke.warehouse import Warehouse

WEEK = timedelta(days=7)
LOOK_AGAIN = timedelta(minutes=10)
_looked: dict[tuple[int, datetime], tuple[datetime, frozenset[str]]] = {}
"""When a workspace's sources were last looked at, and the signals that wait for a silent one."""


def asked_of(workspace: Workspace, config: ScoreConfig) -> Asked:
    """Everything: all metrics as columns, every enabled tag, every rule that is published or on trial."""
    catalogue = catalogue_of(workspace)
    tags, rules = tags_active(workspace, catalogue), rules_active(workspace, catalogue)
    profiles = profile_rules(config, catalogue)
    every = [_rule(rule) for rule in rules]
    return Asked(_flat(metrics_of(workspace)), tags, every, by_hand(workspace, tags), profiles, rules, model_live(workspace))


def asked_for(
    workspace: Workspace, config: ScoreConfig, rules: Sequence[RuleAsked] = (), *, weights: bool = True, with_model: bool = False
) -> Asked:
    """Only what these rules need, and (`weights`) what else changes the score: for the past, where each column costs.

    `with_model`: the live model scores. Not for the past: it has learned from what came after.
    """
    catalogue = catalogue_of(workspace)
    tags = _tags(workspace, catalogue, rules, weights=weights)
    every = [*rules, *(_scoring(workspace, catalogue, rules) if weights else ())]
    profiles = profile_rules(config, catalogue) if weights else ()
    columns = _columns([*(rule.rule for rule in every), *profiles], tags)
    metrics = [metric for metric in metrics_of(workspace) if metric.code in columns]
    model = model_live(workspace) if with_model else None
    return Asked(_flat(metrics), tags, every, by_hand(workspace, tags), profiles, model=model)


def _tags(workspace: Workspace, catalogue: Catalogue, rules: Sequence[RuleAsked], *, weights: bool) -> list[ActiveTag]:
    """All of them where a rule reads who bears what, else (`weights`) those that add points."""
    every = tags_active(workspace, catalogue)
    if any("tags" in columns_of(rule.rule) for rule in rules):
        return every
    return [tag for tag in every if tag.weight] if weights else []


def _scoring(workspace: Workspace, catalogue: Catalogue, besides: Sequence[RuleAsked]) -> list[RuleAsked]:
    """The rules that add points, but for those that are asked for anyway."""
    known = {rule.key for rule in besides}
    return [_rule(rule) for rule in rules_active(workspace, catalogue) if rule.before_score and rule.version_id not in known]


def then_of(workspace: Workspace, warehouse: Warehouse, as_of: datetime, customers: Collection[int] | None = None) -> Then:
    """Attributes as they were, and the newest scores of a week before (up to another week older).

    `customers`: of these only, at their own price. Which sources are silent is then looked at every ten minutes and not each time.
    """
    calendar = calendar_of(workspace, year=local_day(as_of, workspace.time_zone).year)
    overrides = overrides_at(workspace, as_of)
    before = _week_before(workspace, warehouse, as_of, customers)
    if customers is None:
        return Then(attributes_at(workspace, as_of).table, before, calendar, overrides, _held(workspace, warehouse, as_of))
    types = attribute_types_kept(workspace)
    table = attributes_at(workspace, as_of, customers=customers, types=types).table
    return Then(table, before, calendar, overrides, _held_lately(workspace, warehouse, as_of))


def _week_before(workspace: Workspace, warehouse: Warehouse, as_of: datetime, customers: Collection[int] | None) -> pa.Table:
    among = "" if customers is None else f"AND customer_id IN ({', '.join(map(str, sorted(customers))) or '-1'})"
    sql = f"""SELECT customer_id, score FROM score WHERE as_of_us <= ? AND as_of_us > ? {among}
        QUALIFY row_number() OVER (PARTITION BY customer_id ORDER BY as_of_us DESC) = 1"""
    return warehouse.query(workspace.pk, sql, [to_us(as_of - WEEK), to_us(as_of - 2 * WEEK)])


def _held(workspace: Workspace, warehouse: Warehouse, as_of: datetime) -> frozenset[str]:
    return signals_held(lambda text: warehouse.query(workspace.pk, text), as_of, trusted=sources_trusted(workspace))[0]


def _held_lately(workspace: Workspace, warehouse: Warehouse, as_of: datetime) -> frozenset[str]:
    """Held signals as of at most ten minutes before: whether a source is silent shows over days, and asking reads all of the stream."""
    key = (workspace.pk, workspace.created_at)
    known = _looked.get(key)
    if known is None or not timedelta(0) <= as_of - known[0] < LOOK_AGAIN:
        known = _looked[key] = (as_of, _held(workspace, warehouse, as_of))
    return known[1]


def by_hand(workspace: Workspace, tags: Iterable[ActiveTag]) -> dict[str, list[int]]:
    """Customers whom people put into these tags, by code."""
    rows = TagMembership.objects.filter(
        tag__workspace=workspace, tag__code__in=[tag.code for tag in tags], by_hand=True, until__isnull=True
    )  # fmt: skip
    found: dict[str, list[int]] = defaultdict(list)
    for code, customer_id in rows.values_list("tag__code", "customer_id"):
        found[code].append(customer_id)
    return dict(found)


def _rule(rule: ActiveRule) -> RuleAsked:
    """A rule on trial adds no points."""
    points = 0.0 if rule.trial else float(rule.effects.points)
    return RuleAsked(rule.version_id, rule.rule_id, rule.name, rule.rule, points, rule.before_score)


def _columns(rules: Sequence[Rule], tags: Sequence[ActiveTag]) -> set[str]:
    every = [*rules, *(tag.rule for tag in tags if tag.rule is not None)]
    return {column for rule in every for column in columns_of(rule)}


def _flat(metrics: Iterable[NamedMetric]) -> tuple[Declared, ...]:
    return tuple(dict.fromkeys(declared for metric in metrics for declared in metric.declared))
