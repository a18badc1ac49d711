"""Every kind of node. To add one: a file here that exports `NODE`, its texts beside it (`<file>.words.json`), its test. Nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

from liuke.act.playbooks.domain.contract import NodeKind


def _found() -> dict[str, NodeKind]:
    modules = sorted(name for _, name, _ in iter_modules(__path__))
    kinds = [import_module(f"{__name__}.{name}").NODE for name in modules]
    return {kind.name: kind for kind in kinds}


NODES: Mapping[str, NodeKind] = _found()
"""By name."""
