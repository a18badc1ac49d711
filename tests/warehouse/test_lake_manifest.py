"""What a manifest knows of files that nothing names any more."""

from __future__ import annotations

from liuke.warehouse.domain.lake import Dropped, LakeFile, LakePart, Manifest

KEPT = LakePart("activity", "month=2026-03", "p", (LakeFile("activity/kept.parquet", 1, 2, "s"),))
MANIFEST = Manifest(7, generation=3, written_us=30, parts=(KEPT,), dropped=(Dropped("a", 10), Dropped("b", 20), Dropped("c", 21)))


def test_a_file_is_old_from_the_very_moment_on() -> None:
    assert MANIFEST.dropped_by(9) == set()
    assert MANIFEST.dropped_by(20) == {"a", "b"}


def test_forgetting_dropped_files_changes_nothing_else() -> None:
    assert MANIFEST.without({"a", "c", "activity/kept.parquet"}) == Manifest(7, 3, 30, (KEPT,), (Dropped("b", 20),))
