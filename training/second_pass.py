"""The second pass over our own labels: messages on which a model that has not seen them disagrees, and copies of test messages.

`python -m training.second_pass` lists them; whoever reads the list mends the label or leaves it. Exit code 1 where a copy is left.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from rapidfuzz.fuzz import ratio
from sklearn.model_selection import KFold

from training.corpora import FOLDER, bare
from training.fitting import counted, fitted
from training.head import fit_head, met_by
from training.messages import Message, for_calibration, for_training

SURE, ALIKE, LEAST_LETTERS = 1.5, 80.0, 4
TESTED = (
    "service_hard/hard20.csv",
    "service_hard/intent20.csv",
    "jddc_uss_dialogue/handlabelled_180.csv",
    "complaint_topics/handlabelled_150.csv",
)


def disagreements(messages: Sequence[Message], folds: int = 5) -> list[tuple[float, Message]]:
    """Logit and message where a model of the other folds is sure of the other label, the surest first."""
    texts = [message.text for message in messages]
    negative = np.array([message.negative for message in messages])
    every, met = counted(texts, fewest=2), met_by(texts)
    logit = np.empty(len(texts))
    for train, test in KFold(folds, shuffle=True, random_state=0).split(texts):
        weights, bias = fitted(every.rows[train], negative[train], np.ones(len(train)), 4.0)
        grams = every.rows @ weights + bias
        head = fit_head(grams[train], [met[place] for place in train], negative[train])
        logit[test] = head.logit(grams[test], [met[place] for place in test])
    wrong = [(float(logit[place]), messages[place]) for place in np.flatnonzero(np.where(negative, -logit, logit) > SURE)]
    return sorted(wrong, key=lambda pair: -abs(pair[0]))


def copies(messages: Sequence[Message], folder: Path = FOLDER) -> list[tuple[str, str]]:
    """Own messages that are (nearly) a message of a test set, with it. Nothing where the test sets are absent."""
    tested = {bare(text) for name in TESTED for text in _texts(folder / name)}
    long_enough = sorted(text for text in tested if len(text) >= LEAST_LETTERS)
    found = ((message.text, other) for message in messages for other in long_enough if _same(bare(message.text), other))
    return list(found)


def _same(one: str, other: str) -> bool:
    return len(one) >= LEAST_LETTERS and abs(len(one) - len(other)) <= 4 and ratio(one, other) >= ALIKE


def _texts(path: Path) -> list[str]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row["text"] for row in csv.DictReader(file)]


def main() -> int:
    """Print both lists."""
    messages = [*for_training(), *for_calibration()]
    for logit, message in disagreements(messages):
        sys.stdout.write(f"{logit:6.2f}  labelled {int(message.negative)}  {message.text}\n")
    copied = copies(messages)
    for own, other in copied:
        sys.stdout.write(f"copy of a test message: {own} | {other}\n")
    return 1 if copied else 0


if __name__ == "__main__":
    sys.exit(main())
