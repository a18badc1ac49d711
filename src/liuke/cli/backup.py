"""`liuke backup`: everything of an installation into one folder, also while it serves."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from liuke.base.backups import Reason
from liuke.base.times import utc_now
from liuke.cli.terminal import AsJson, console, faults_told, print_json, progress_shown, words
from liuke.pipeline.keeping.backup import Made, backup_make
from liuke.server.settings import LIUKE
from liuke.warehouse import open_warehouse

To = Annotated[Path | None, typer.Argument(help="Folder of backups; LIUKE_BACKUP_DIR, else <data>/backups.", file_okay=False)]
Keep = Annotated[int, typer.Option(help="How many backups made by hand stay.", min=1, max=365)]


def backup(to: To = None, keep: Keep = 7, as_json: AsJson = False) -> None:
    """Back up both databases, waiting uploads and kept files; online, with checksums. The secret: LIUKE_BACKUP_PASSPHRASE."""
    with faults_told(as_json=as_json), progress_shown(quiet=as_json) as context:
        made = backup_make(
            settings=LIUKE,
            warehouse=open_warehouse(LIUKE),
            context=context,
            now=utc_now(),
            reason=Reason.MANUAL,
            to=to,
            keep=keep,
        )
    if as_json:
        print_json({"folder": str(made.folder), "removed": list(made.removed), **_figures(made)})
        return
    console.print(words("cli.backed_up", folder=made.folder, **_figures(made)))
    key = "cli.backup_sealed" if made.manifest.secret == "sealed" else "cli.backup_without_secret"  # noqa: S105 - a state
    console.print(words(key, path=LIUKE.data_dir / "secret"))


def _figures(made: Made) -> dict[str, object]:
    manifest = made.manifest
    return {
        "megabytes": round(manifest.bytes / 1e6, 1),
        "files": len(manifest.files),
        "rows": sum(manifest.tables.values()),
        "activities": sum(figures["activity"] for figures in manifest.warehouse.values()),
        "secret": manifest.secret,
    }
