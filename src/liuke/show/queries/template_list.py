"""行业模板: what a new workspace of an industry starts with, and what a pack of rules for it brings (NCD-02)."""

from __future__ import annotations

from liuke.accounts.domain.templates import SAMPLE, TEMPLATES, IndustryTemplate
from liuke.base.words import render
from liuke.score.domain.templates import TEMPLATES as SCORES
from liuke.score.domain.templates import default
from liuke.show.api.schemas.accounts import TemplateOut, TemplateWeightOut
from liuke.signals.domain.packs import Pack
from liuke.signals.service.packs import packs_all

HEAVIEST = 5
"""Signals named with their points."""


def templates_out(language: str) -> list[TemplateOut]:
    """The sample first, then every industry."""
    return [_template_out(template, language) for template in (SAMPLE, *TEMPLATES.values())]


def _template_out(template: IndustryTemplate, language: str) -> TemplateOut:
    packs = [pack for pack in packs_all() if pack.industry == template.key]
    tags = dict.fromkeys(tag for pack in packs for tag in pack.tags)
    return TemplateOut(
        key=template.key,
        name=render(template.name_key, {}, language=language),
        description=render(template.about_key, {}, language=language),
        currency=template.currency,
        country=template.country,
        time_zone=template.time_zone,
        counting_word=template.counting_word,
        churn_days=template.churn_days,
        churn_kinds=[render(f"kinds.{kind}", {}, language=language) for kind in template.churn_kinds],
        weights=_weights(template.key, language),
        rules=[name for pack in packs for name in _names(pack, language)],
        tags=[render(f"tags.{tag}.name", {}, language=language) for tag in tags],
    )


def _names(pack: Pack, language: str) -> list[str]:
    return [rule.name[language] for rule in pack.rules]


def _weights(industry: str, language: str) -> list[TemplateWeightOut]:
    """The signals with most points at full strength, in falling order."""
    signals = (SCORES[industry].config if industry in SCORES else default()).signals
    enabled = sorted(((setting.points, code) for code, setting in signals.items() if setting.enabled), reverse=True)
    return [
        TemplateWeightOut(signal=code, name=render(f"signals.{code}.name", {}, language=language), points=points)
        for points, code in enabled[:HEAVIEST]
    ]
