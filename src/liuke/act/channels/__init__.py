"""Ways out: one folder per kind, found by itself. Add a folder that exports `CHANNEL` (`act.domain.channel.ChannelKind`) and it exists."""

from __future__ import annotations

import importlib
import pkgutil

from liuke.act.domain.channel import ChannelKind


def _found() -> dict[str, ChannelKind]:
    folders = sorted(module.name for module in pkgutil.iter_modules(__path__) if module.ispkg)
    kinds = [importlib.import_module(f"{__name__}.{name}").CHANNEL for name in folders]
    return {kind.name: kind for kind in kinds}


KINDS: dict[str, ChannelKind] = _found()
"""Every kind of channel by name."""
