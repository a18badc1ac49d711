"""What another configuration would change, counted before it is published."""

from __future__ import annotations

from dataclasses import replace

import pytest

from liuke.base.errors import Invalid
from liuke.score.domain.levels import Level
from liuke.score.domain.preview import score_preview
from liuke.score.domain.templates import default
from tests.score.test_service import scored, shop

BEFORE = scored(shop())
AFTER = scored(shop(), config=replace(default("retail"), base=60.0))


def test_SCR_04_levels_before_and_after_and_every_move_are_counted() -> None:
    preview = score_preview(BEFORE, AFTER)
    alive = BEFORE.num_rows - sum(BEFORE["is_lost"].to_pylist())
    assert preview.customers == sum(preview.levels_before.values()) == sum(preview.levels_after.values()) == alive
    assert preview.changed == sum(preview.moves.values()) > 0
    assert all(after.rank > before.rank for before, after in preview.moves)
    assert preview.levels_after[Level.NORMAL] < preview.levels_before[Level.NORMAL]


def test_the_sample_shows_the_largest_moves_of_level() -> None:
    sample = score_preview(BEFORE, AFTER, sample=3).sample
    moves = [abs(moved.after - moved.before) for moved in sample]
    assert len(sample) == 3
    assert moves == sorted(moves, reverse=True)
    assert all(moved.level_before != moved.level_after for moved in sample)


def test_the_same_configuration_changes_nothing() -> None:
    preview = score_preview(BEFORE, BEFORE)
    assert (preview.changed, preview.sample, dict(preview.moves)) == (0, (), {})


def test_scorings_of_different_customers_are_not_compared() -> None:
    with pytest.raises(Invalid, match="preview_customers"):
        score_preview(BEFORE, AFTER.slice(1))
