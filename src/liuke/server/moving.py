"""The process of `liuke migrate-database`: its own database is the target, the SQLite file is its argument.

Progress goes to standard error; the last line on standard output is JSON: tables with rows and hashes, or the fault's code and parameters.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from liuke.server import boot  # isort: split

from django.db import DatabaseError

from liuke.base.errors import LiukeError
from liuke.pipeline.keeping.moving import database_move


def _tell(table: str, rows: int) -> None:
    sys.stderr.write(f"{table}: {rows}\n")


def main(path: Path, *, dry_run: bool) -> int:
    """The process; its exit code."""
    try:
        moved = database_move(path=path, dry_run=dry_run, tell=_tell)
    except LiukeError as fault:
        sys.stdout.write(json.dumps({"code": fault.code, "params": dict(fault.params)}, default=str) + "\n")
        return 1
    except DatabaseError as fault:
        sys.stdout.write(json.dumps({"code": "move_failed", "params": {"detail": str(fault).strip().splitlines()[0]}}) + "\n")
        return 1
    tables = {table: asdict(content) for table, content in moved.tables.items()}
    sys.stdout.write(json.dumps({"kept": moved.kept, "rows": moved.rows, "tables": tables}) + "\n")
    return 0


if __name__ == "__main__" and boot.READY:
    sys.exit(main(Path(sys.argv[1]), dry_run=sys.argv[2] == "--dry-run"))
