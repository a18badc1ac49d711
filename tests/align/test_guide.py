"""The user guide says what the code does."""

from __future__ import annotations

from pathlib import Path

import pytest

from liuke.align.domain.entities import ENTITIES
from liuke.connect.domain.limits import LIMITS, MEBIBYTE

GUIDE = (Path(__file__).parents[2] / "docs/how-to/import.md").read_text("utf-8")


@pytest.mark.parametrize("entity", ENTITIES)
def test_every_field_is_in_the_guide_with_its_first_header(entity: str) -> None:
    chapter = GUIDE.split(f"(`{entity}`)")[1].split("###")[0]
    for field in ENTITIES[entity].fields:
        assert f"`{field.name}`" in chapter
        assert field.synonyms[0] in chapter
        assert (f"**`{field.name}`**" in chapter) == field.required


def test_the_limits_of_the_guide_are_the_limits_in_force() -> None:
    assert f"{LIMITS.workbook_rows:,} rows" in GUIDE
    assert f"{LIMITS.workbook_bytes // MEBIBYTE} MB" in GUIDE
    assert f"{LIMITS.file_bytes // (1024 * MEBIBYTE)} GB" in GUIDE
    assert f"{LIMITS.ingest_rows:,} activities" in GUIDE
    assert f"{LIMITS.cell_characters:,} characters" in GUIDE
