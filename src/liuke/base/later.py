"""Libraries that take seconds to load, loaded when something of them is first used: most commands and processes never do."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Later:
    """Stands for the module `name`: `Later("xgboost").train` is `xgboost.train`. Raises ModuleNotFoundError on first use, not before."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(import_module(self._name), attribute)
