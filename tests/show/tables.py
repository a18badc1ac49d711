"""All rows of the endpoint × asker table: `matrix.py` and every `matrix_<area>.py` beside it."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from tests.show.matrix import Row


def rows() -> tuple[Row, ...]:
    """The rows of every file, file by file; a new file is found by itself."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("matrix*.py"))
    return tuple(row for name in names for row in import_module(f"tests.show.{name}").TABLE)
