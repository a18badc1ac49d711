"""The user guide says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from liuke.align.domain.attributes import NAMES
from liuke.align.domain.entities import ENTITIES
from liuke.connect.domain.limits import LIMITS, MEBIBYTE
from liuke.facts.domain.kinds import Kind

GUIDE = (Path(__file__).parents[2] / "docs/how-to/import.md").read_text("utf-8")


@pytest.mark.parametrize("entity", ENTITIES)
def test_every_field_is_in_the_guide_with_its_first_header(entity: str) -> None:
    chapter = GUIDE.split(f"(`{entity}`)")[1].split("###")[0]
    for field in ENTITIES[entity].fields:
        assert f"`{field.name}`" in chapter
        assert field.synonyms[0] in chapter
        assert (f"**`{field.name}`**" in chapter) == field.required


@pytest.mark.parametrize("row", ["SIG-30", "SIG-34", "SIG-40", "SIG-44", "SIG-52", "SIG-55", "SIG-61", "SCR-11"])
def test_the_guide_says_which_columns_feed_a_signal(row: str) -> None:
    line = next(line for line in GUIDE.splitlines() if line.startswith("|") and row in line)
    named = re.findall(r"`([a-z_]+\.[a-z_]+)`", line)
    assert set(named) <= set(Kind)


def test_every_column_of_the_guide_is_known_under_that_name() -> None:
    chapter = GUIDE.split("## Which columns feed which signal")[1].split("\n## ")[0]
    words = {name for line in chapter.splitlines() if line.startswith("| S") for name in re.findall(r"`([a-z_]+)`", line)}
    fields = {field.name for entity in ENTITIES.values() for field in entity.fields}
    assert words <= fields | set(NAMES.values())


def test_the_limits_of_the_guide_are_the_limits_in_force() -> None:
    assert f"{LIMITS.workbook_rows:,} rows" in GUIDE
    assert f"{LIMITS.workbook_bytes // MEBIBYTE} MB" in GUIDE
    assert f"{LIMITS.file_bytes // (1024 * MEBIBYTE)} GB" in GUIDE
    assert f"{LIMITS.cell_characters:,} characters" in GUIDE
