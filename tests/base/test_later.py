"""A module that is loaded when it is first used."""

from __future__ import annotations

import subprocess
import sys

import pytest

from liuke.base.later import Later

HEAVY = ("xgboost", "sklearn", "scipy", "openpyxl", "holidays")


def test_a_module_is_loaded_by_its_first_use_and_gives_what_the_module_gives() -> None:
    program = """
import sys
from liuke.base.later import Later
wave = Later("wave")
before = "wave" in sys.modules
print(before, wave.open is __import__("wave").open, "wave" in sys.modules)
"""
    assert subprocess.check_output([sys.executable, "-c", program], text=True).split() == ["False", "True", "True"]


def test_a_module_that_is_missing_is_missed_on_use() -> None:
    absent = Later("no_such_module_anywhere")
    with pytest.raises(ModuleNotFoundError):
        _ = absent.thing


def test_a_worker_starts_without_the_libraries_of_learning() -> None:
    program = f"""
import sys
import liuke.server.boot
import liuke.server.children.worker
print([name for name in {HEAVY} if name in sys.modules])
"""
    assert subprocess.check_output([sys.executable, "-c", program], text=True).strip() == "[]"
