"""The plans and 话术 that come with the product: one JSON file each, in both languages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from liuke.act.plans.domain import PlanSpec, plan_from_plain
from liuke.act.plans.domain_packs import PackSpec, pack_from_plain
from liuke.base.words import LANGUAGES

_HERE = Path(__file__).parent


@cache
def plans_shipped(language: str) -> Mapping[str, PlanSpec]:
    """Shipped plans by code, in the language. Raises Invalid for a file that says something impossible."""
    return {code: plan_from_plain(data, code=code, shipped=True) for code, data in _read("packs", language).items()}


@cache
def packs_shipped(language: str) -> Mapping[str, PackSpec]:
    """Shipped content packs by code, in the language."""
    return {code: pack_from_plain(data, code=code, shipped=True) for code, data in _read("scripts", language).items()}


def _read(folder: str, language: str) -> dict[str, Mapping[str, object]]:
    chosen = language if language in LANGUAGES else LANGUAGES[0]
    found: dict[str, Mapping[str, object]] = {}
    for path in sorted((_HERE / folder).glob("*.json")):
        spoken = _spoken(json.loads(path.read_text("utf-8")), chosen)
        if isinstance(spoken, dict):
            found[path.stem] = spoken
    return found


def _spoken(value: object, language: str) -> object:
    """The same value with every `{"zh-CN": …, "en": …}` replaced by its text."""
    if isinstance(value, dict):
        if set(value) == set(LANGUAGES):
            return value[language]
        return {name: _spoken(part, language) for name, part in value.items()}
    return [_spoken(part, language) for part in value] if isinstance(value, list) else value
