"""What the installed `liuke` command calls: `serve` starts at once, every other command loads the whole product.

Commands that choose the data directory or the database that the product then opens are alone, too.
"""

from __future__ import annotations

import sys
from importlib import import_module

ALONE = {"serve": "liuke.cli.serve", "restore": "liuke.cli.restore", "migrate-database": "liuke.cli.migrate_database"}


def main() -> None:
    """Dispatch by the first word."""
    alone = ALONE.get(sys.argv[1]) if len(sys.argv) > 1 else None
    if alone:
        import_module(alone).main(sys.argv[2:])
    else:
        import_module("liuke.cli.main").main()
