"""Rejected rows for people: the reason in their language, and a CSV to correct and import again."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from liuke.align.domain.clean import Reject
from liuke.base.words import catalogue, render


class RejectsFile:
    """The CSV of rejected rows, made when the first one comes: line, reason, then the row as it was. Opens in Excel (BOM)."""

    def __init__(self, path: Path, entity: str, names: Sequence[str], language: str) -> None:
        self.path, self.entity, self.names, self.language = path, entity, names, language
        self.file: TextIO | None = None

    def __enter__(self) -> RejectsFile:
        self.path.unlink(missing_ok=True)
        return self

    def __exit__(self, *error: object) -> None:
        if self.file:
            self.file.close()

    def write(self, rejects: Sequence[Reject]) -> None:
        """Appends rejects."""
        if not rejects:
            return
        first = self.file is None
        file = self.file = self.file or self.path.open("w", encoding="utf-8-sig", newline="")
        rows = csv.writer(file)
        if first:
            rows.writerow([render(key, {}, language=self.language) for key in ("rejects.line", "rejects.reason")] + [*self.names])
        rows.writerows([str(each.line), reason(each, self.entity, self.language), *map(harmless, each.cells)] for each in rejects)


def harmless(cell: str) -> str:
    """A cell that a spreadsheet does not run as a formula; plain negative numbers stay."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} and not cell[1:].replace(".", "").isdigit() else cell


def field_label(entity: str, name: str, language: str) -> str:
    """A field's name for people."""
    special = f"fields.{entity}.{name}"
    return render(special if special in catalogue(language) else f"fields.{name}", {}, language=language)


def reason(reject: Reject, entity: str, language: str) -> str:
    """Why a row was rejected, for people."""
    params = dict(reject.params)
    if params.get("field"):
        params["field"] = field_label(entity, str(params["field"]), language)
    return render(f"rejects.{reject.code}", params, language=language)
