"""Turns of real service dialogues that we labelled ourselves: the labels are here, the texts stay in the corpus.

Dialogues with a message of the hand-labelled test set are left out, so that nothing of a tested dialogue is learned. Dialogues with an
even number are learned from, odd ones calibrate.
"""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

from training.corpora import FOLDER
from training.messages import Message

LABELS = Path(__file__).parent / "labels/service_turns.csv"
_DIALOGUES = "jddc_uss_dialogue/dev.csv.gz"


def service_turns(*, calibrate: bool, folder: Path = FOLDER) -> list[Message]:
    """The labelled turns of one half; none where the corpus is absent from the folder."""
    path = folder / _DIALOGUES
    if not path.exists():
        return []
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        texts = {(row["dialogue"], row["turn"]): row["text"] for row in csv.DictReader(file)}
    with LABELS.open(encoding="utf-8", newline="") as file:
        labels = [row for row in csv.DictReader(file) if int(row["dialogue"]) % 2 == int(calibrate)]
    return [Message(texts[row["dialogue"], row["turn"]], row["negative"] == "1", frozenset()) for row in labels]
