"""Every kind of trigger. To add one: a file here that exports `TRIGGER`, its texts beside it (`<file>.words.json`), its test."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

from liuke.act.playbooks.domain.contract import TriggerKind


def _found() -> dict[str, TriggerKind]:
    modules = sorted(name for _, name, _ in iter_modules(__path__))
    kinds = [import_module(f"{__name__}.{name}").TRIGGER for name in modules]
    return {kind.name: kind for kind in kinds}


TRIGGERS: Mapping[str, TriggerKind] = _found()
"""By name."""
