"""Test sets of the text bench: none of their rows was trained on (`training/corpora.py` says how that is kept)."""

from __future__ import annotations

import csv
import random
import sys
from dataclasses import dataclass
from pathlib import Path

from training.corpora import CORPORA, EVALUATED, FOLDER, OFFICIAL, TEST, TRAIN, Row, bare, rows_of

MOST = 2000
"""Rows per set; more would only cost time."""


@dataclass(frozen=True, slots=True)
class TestSet:
    """Texts with their labels."""

    name: str
    texts: list[str]
    negative: list[bool]


def emotion_sets(folder: Path = FOLDER) -> list[TestSet]:
    """The test part of every corpus, ChnSentiCorp also without the rows whose copies are in its training part, and the service sets."""
    sets = []
    for corpus in (*CORPORA, *EVALUATED):
        rows = rows_of(corpus, folder)
        tested = [row for row in rows if row.part == TEST]
        sets.append(_sampled(corpus.name, tested))
        if corpus.name == OFFICIAL:
            trained = {bare(row.text) for row in rows if row.part == TRAIN}
            sets.append(_sampled(f"{corpus.name}_without_copies", [row for row in tested if bare(row.text) not in trained]))
    return [*sets, service_set(folder), hard_set(folder)]


def service_set(folder: Path = FOLDER) -> TestSet:
    """Turns of real service dialogues, labelled by hand; unclear ones are left out."""
    rows = [row for row in lines_of(folder / "jddc_uss_dialogue/handlabelled_180.csv") if row["emotion_neg"]]
    return TestSet("service_real", [row["text"] for row in rows], [row["emotion_neg"] == "1" for row in rows])


def hard_set(folder: Path = FOLDER) -> TestSet:
    """Twenty hard cases: negation, sarcasm, resolved, English."""
    rows = lines_of(folder / "service_hard/hard20.csv")
    return TestSet("service_hard", [row["text"] for row in rows], [row["neg"] == "1" for row in rows])


def lines_of(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file; ends the program with a sentence where it is absent."""
    if not path.exists():
        sys.exit(f"This bench needs {path}; it is not part of the repository. Nothing was measured.")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _sampled(name: str, rows: list[Row]) -> TestSet:
    chosen = random.Random(0).sample(rows, min(MOST, len(rows)))  # always mixed: the sources lie in order of their labels
    return TestSet(name, [row.text for row in chosen], [row.negative for row in chosen])
