"""The packs that lie in `signals/packs/`, found by themselves, and what a workspace lacks for a rule of theirs. No Django."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path

from liuke.base.errors import NotFound
from liuke.features.domain.metric import Declared, Metric
from liuke.features.domain.named import NamedMetric
from liuke.rules.columns import Catalogue
from liuke.rules.needs import columns_of, demands_of
from liuke.rules.read import rule_from_plain
from liuke.rules.syntax import Follow
from liuke.signals.domain.active import HIGHEST
from liuke.signals.domain.catalogue import BY_CODE
from liuke.signals.domain.packs import Pack, PackRule, pack_from_plain
from liuke.signals.service import signal_computable

FOLDER = Path(__file__).parent.parent / "packs"
_SIGNAL = "signal."


@cache
def packs_all() -> tuple[Pack, ...]:
    """Every pack, by place. Raises Invalid("pack") for a file that cannot be read."""
    read = [pack_from_plain(json.loads(path.read_text("utf-8")), file=path.stem) for path in FOLDER.glob("*.json")]
    return tuple(sorted(read, key=lambda pack: (pack.place, pack.code)))


def pack_get(code: str) -> Pack:
    """The pack of that code. Raises NotFound("pack_unknown") with the codes there are."""
    for pack in packs_all():
        if pack.code == code:
            return pack
    raise NotFound("pack_unknown", pack=code, allowed=", ".join(pack.code for pack in packs_all()))


def rule_lacks(rule: PackRule, catalogue: Catalogue, kinds: Collection[str], metrics: Iterable[NamedMetric] = ()) -> tuple[str, ...]:
    """What a workspace with these kinds of activity lacks for the rule, as keys of texts (`missing.…`, `kinds.…`); none: computable.

    A signal lacks what it says itself; a metric and a sequence lack their kinds where there is none of them. Alternatives are not
    told apart: a rule that asks for this or that lacks what either lacks. Raises Invalid("rule") for a rule that does not read.
    """
    read = rule_from_plain(rule.document, catalogue, highest=HIGHEST)
    named = {metric.code: metric for metric in metrics}
    lacks = [_of_column(column, kinds, named) for column in sorted(columns_of(read))]
    lacks += [_of_kinds(demand.first if isinstance(demand, Follow) else demand.kinds, kinds) for demand in demands_of(read)]
    return tuple(dict.fromkeys(key for key in lacks if key))


def _of_column(column: str, kinds: Collection[str], named: Mapping[str, NamedMetric]) -> str:
    if column.startswith(_SIGNAL):
        signal = BY_CODE[column.removeprefix(_SIGNAL)]
        return "" if signal_computable(signal, kinds) else signal.missing
    if column not in named:
        return ""
    return next(filter(None, (_of_kinds(asked, kinds) for asked in map(_kinds, named[column].declared))), "")


def _kinds(declared: Declared) -> tuple[str, ...]:
    return declared.kinds if isinstance(declared, Metric) else ()


def _of_kinds(asked: tuple[str, ...], kinds: Collection[str]) -> str:
    """The first of the kinds, as a text key, where none of them is there."""
    return "" if not asked or set(asked) & set(kinds) else f"kinds.{asked[0]}"
