"""Second half of `liuke restore`, run by `python -m` over the restored directory: both databases are made to speak of the same.

Arguments: the backup's folder, and `--compare` to score again and compare. The last line on standard output is JSON.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

from liuke.server import boot  # isort: split

from liuke.base.backups import manifest_read
from liuke.base.errors import LiukeError
from liuke.base.words import render
from liuke.pipeline.keeping.restore import restored_make_whole
from liuke.pipeline.keeping.verify import scores_compared
from liuke.server.settings import LIUKE
from liuke.warehouse import open_warehouse


def main(backup: Path, *, compare: bool) -> int:
    """The process; the exit code. A fault is told in one line."""
    language = "en" if os.environ.get("LIUKE_LANGUAGE", os.environ.get("LANG", "")).lower().startswith("en") else "zh-CN"
    try:
        warehouse = open_warehouse(LIUKE, daemon=False)
        whole = restored_make_whole(settings=LIUKE, warehouse=warehouse, backup=backup, manifest=manifest_read(backup))
        compared = [asdict(one) for one in scores_compared(warehouse)] if compare else []
        warehouse.close()
    except LiukeError as fault:
        sys.stdout.write(render(f"errors.{fault.code}", fault.params, language=language) + "\n")
        return 1
    sys.stdout.write(json.dumps({**asdict(whole), "compared": compared}) + "\n")
    return 0


if __name__ == "__main__" and boot.READY:
    sys.exit(main(Path(sys.argv[1]), compare=sys.argv[2] == "--compare"))
