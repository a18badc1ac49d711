"""What the installed `liuke` command calls: `serve` starts at once, every other command loads the whole product."""

from __future__ import annotations

import sys
from importlib import import_module


def main() -> None:
    """Dispatch by the first word."""
    if sys.argv[1:2] == ["serve"]:
        import_module("liuke.cli.serve").main(sys.argv[2:])
    else:
        import_module("liuke.cli.main").main()
