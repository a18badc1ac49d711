"""Every built-in signal. To add one: a file here, its texts beside it (`<file>.words.json`), its test. Nothing else."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from liuke.signals.domain.signal import Signal


def _found() -> dict[str, Signal]:
    found: dict[str, Signal] = {}
    for module in sorted(name for _, name, _ in iter_modules(__path__)):
        for item in vars(import_module(f"{__name__}.{module}")).values():
            if isinstance(item, Signal) and found.setdefault(item.code, item) is not item:
                raise ValueError(f"{module}: a second signal {item.code}")
    return dict(sorted(found.items()))


BY_CODE = _found()
"""By code, in rising order: within a group the later one is the graver."""
SIGNALS: tuple[Signal, ...] = tuple(BY_CODE.values())
