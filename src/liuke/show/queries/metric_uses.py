"""Who reads a metric: signals and profiles of the live score, rules and tags."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from liuke.segments.store.models import Tag
from liuke.show.api.schemas.metrics import MetricUse
from liuke.show.queries.config import config_of
from liuke.show.queries.reader import Reader
from liuke.signals.domain.signal import World
from liuke.signals.service import signal_metrics, signals_all
from liuke.signals.store.models import RuleVersion


def uses_of(reader: Reader, kinds: Collection[str]) -> Mapping[str, list[MetricUse]]:
    """Per code of a metric what reads it: signals, then the score's profiles, rules and tags, each by name."""
    uses: dict[str, list[MetricUse]] = defaultdict(list)
    for part in (_signals(reader, kinds), _profiles(reader), _rules(reader), _tags(reader)):
        for code, use in sorted(part, key=lambda pair: (pair[1].name, pair[0])):
            if use not in uses[code]:
                uses[code].append(use)
    return uses


def columns_in(document: object) -> Iterator[str]:
    """The columns that a rule document names, as it is stored."""
    waiting = [document]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Mapping):
            if isinstance(part.get("column"), str):
                yield part["column"]
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part


def _signals(reader: Reader, kinds: Collection[str]) -> Iterator[tuple[str, MetricUse]]:
    config, world = config_of(reader.workspace), World(kinds)
    for signal in signals_all():
        setting = config.signals.get(signal.code)
        if setting is None or not setting.enabled:
            continue
        use = MetricUse(kind="signal", id=signal.code, name=reader.text(f"signals.{signal.code}.name"), live=True)
        for metric in signal_metrics(signal, {**signal.defaults(), **setting.params}, world):
            yield metric.name, use


def _profiles(reader: Reader) -> Iterator[tuple[str, MetricUse]]:
    for profile in config_of(reader.workspace).profiles:
        use = MetricUse(kind="score", id=profile.name, name=profile.name, live=True)
        yield from ((column, use) for column in columns_in(profile.when))


def _rules(reader: Reader) -> Iterator[tuple[str, MetricUse]]:
    versions = RuleVersion.objects.filter(rule__workspace=reader.workspace, rule__archived_at=None)
    current = versions.exclude(status=RuleVersion.Status.RETIRED).select_related("rule")
    for version in current:
        live = version.status == RuleVersion.Status.PUBLISHED and version.rule.enabled
        use = MetricUse(kind="rule", id=str(version.rule_id), name=version.rule.name, live=live)
        yield from ((column, use) for column in columns_in(version.document))


def _tags(reader: Reader) -> Iterator[tuple[str, MetricUse]]:
    for tag in Tag.objects.filter(workspace=reader.workspace, archived_at=None).exclude(rule=None):
        name = tag.name or reader.text(f"tags.{tag.code}.name")
        use = MetricUse(kind="tag", id=tag.code, name=name, live=tag.enabled)
        yield from ((column, use) for column in columns_in(tag.rule))
