"""What the page about sending data says is what is in force."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from liuke.accounts.service.limits import INGEST, TRACK
from liuke.align.service.api_rows import BY_API
from liuke.connect.domain.activity import TRACKED, ActivityIn
from liuke.connect.domain.bodies import LONGEST_KEY
from liuke.connect.domain.limits import LIMITS, MEBIBYTE
from liuke.connect.service.accepting import KEPT_FOR, ROWS_KEPT_FOR
from liuke.learn.domain.outcome_rows import OutcomeIn
from liuke.learn.domain.outcomes import OutcomeKind

GUIDE = (Path(__file__).parents[2] / "docs" / "how-to" / "ingest.md").read_text()


def test_the_limits_of_the_guide_are_the_limits_in_force() -> None:
    assert f"over {LIMITS.ingest_rows:,} rows or {LIMITS.ingest_bytes // MEBIBYTE} MB unpacked" in GUIDE
    assert f"{LONGEST_KEY} characters, remembered for {ROWS_KEPT_FOR.days} days" in GUIDE
    assert KEPT_FOR.days == 1
    assert f"{INGEST.per_second} a second and key; a page's address {TRACK.per_second}" in GUIDE


def test_the_guide_names_every_entity_and_every_kind_of_a_page() -> None:
    assert all(f"`{name}`" in GUIDE for name in BY_API)
    row = next(line for line in GUIDE.splitlines() if "`track` |" in line)
    assert set(re.findall(r"`([a-z]+(?:\.[a-z]+)?)`", row)) - {"track"} == TRACKED


@pytest.mark.parametrize(("entity", "row"), [("activities", ActivityIn), ("outcomes", OutcomeIn)])
def test_the_guide_names_every_field_of_rows_that_have_no_others(entity: str, row: type[msgspec.Struct]) -> None:
    told = next(line for line in GUIDE.splitlines() if line.startswith(f"| `{entity}`"))
    assert all(f"`{name}`" in told for name in row.__struct_fields__)


def test_the_guide_names_every_outcome() -> None:
    assert all(f"`{kind.value}`" in GUIDE for kind in OutcomeKind)


def test_the_example_of_the_guide_is_taken() -> None:
    (body,) = re.findall(r"-d '(\[.*\])'", GUIDE)
    assert msgspec.json.decode(body, type=list[ActivityIn])[0].activity_id == "o-1001"
