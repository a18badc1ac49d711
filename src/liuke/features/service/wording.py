"""A metric in words: its name, and what it measures as a sentence. Rendered per reader and language."""

from __future__ import annotations

from collections.abc import Sequence

from liuke.base.words import catalogue, render
from liuke.features.domain.metric import Metric
from liuke.features.domain.named import MONEY_KINDS, NamedMetric
from liuke.features.domain.ordered import Reply
from liuke.features.domain.spec import ADDS_UP, MetricSpec, Shape


def metric_name(metric: NamedMetric, language: str) -> str:
    """What people call it."""
    return metric.name or render(f"metrics.{metric.code}", {}, language=language)


def kind_name(kind: str, language: str) -> str:
    """A kind of activity in words; one that a workspace made up shows as it is written."""
    return render(f"kinds.{kind}", {}, language=language) if f"kinds.{kind}" in catalogue("zh-CN") else kind


def group_name(by: str, language: str) -> str:
    """What customers are grouped by."""
    if by.startswith("attr."):
        return by.removeprefix("attr.")
    return render(f"metrics.by.{by or 'all'}", {}, language=language)


def metric_sentence(metric: NamedMetric, language: str) -> str:
    """What it measures."""
    if metric.spec is not None:
        return spec_sentence(metric.spec, language)
    reply = metric.declared[-1]
    if isinstance(reply, Reply):
        asked, answered = _kinds(reply.asked, language), _kinds(reply.answered, language)
        return _say("reply", language, asked=asked, answered=answered, window=_window(reply.days, reply.skip, language))
    if isinstance(metric.declared[-1], Metric):
        return _say(metric.code, language)
    counts = [item for item in metric.declared if isinstance(item, Metric)]
    parts = {name: _kinds(count.kinds, language) for name, count in zip(("part", "whole"), counts, strict=False)}
    return _say("share", language, window=_window(counts[0].days, counts[0].skip, language), **parts)


def spec_sentence(spec: MetricSpec, language: str) -> str:
    """A description as a sentence."""
    kinds = _kinds(spec.kinds, language)
    match spec.shape:
        case Shape.RHYTHM:
            return _say("rhythm", language, kinds=kinds)
        case Shape.STREAK:
            return _say("streak", language, kinds=kinds, weeks=spec.weeks, drop=spec.drop, usual_weeks=spec.usual_weeks)
        case Shape.TREND:
            return _say(f"trend_{spec.measure.value}", language, kinds=kinds, weeks=spec.weeks, of=_of(spec, language))
        case Shape.EARLIER:
            return _earlier(spec, _base(spec, kinds, language), language)
        case Shape.PEERS:
            group = group_name(spec.by, language)
            by = _say("same_by", language, by=group) if spec.by else group
            return _say("peers", language, base=_base(spec, kinds, language), by=by)
        case _:
            return _base(spec, kinds, language)


def _earlier(spec: MetricSpec, base: str, language: str) -> str:
    """What does not add up is compared with one stretch as long as all periods, what does with each or with their mean."""
    days = spec.days or 0
    if spec.measure not in ADDS_UP:
        return _say("earlier_same", language, base=base, days=days * spec.periods, periods=spec.periods)
    key = "earlier" if spec.periods == 1 else "earlier_mean"
    return _say(key, language, base=base, days=days, periods=spec.periods)


def _base(spec: MetricSpec, kinds: str, language: str) -> str:
    window = _window(spec.days, spec.skip, language)
    return _say(spec.measure.value, language, window=window, kinds=kinds, of=_of(spec, language))


def _window(days: int | None, skip: int, language: str) -> str:
    key = ("until" if skip else "all") if days is None else ("skip" if skip else "days")
    return _say(f"window.{key}", language, days=days, skip=skip)


def _kinds(kinds: Sequence[str], language: str) -> str:
    if not kinds:
        return _say("any", language)
    return _say("kinds", language, kinds=_say("and", language).join(kind_name(kind, language) for kind in kinds))


def _of(spec: MetricSpec, language: str) -> str:
    if spec.of.startswith("attrs."):
        return spec.of.removeprefix("attrs.")
    money = spec.of == "value" and spec.kinds and MONEY_KINDS.issuperset(spec.kinds)
    return _say("of.money" if money else f"of.{spec.of}", language)


def _say(key: str, language: str, **params: object) -> str:
    return render(f"metrics.say.{key}", params, language=language)
