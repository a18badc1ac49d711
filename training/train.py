"""Builds the artefacts of `liuke.text` from corpora outside the repository and our own messages: the same bytes every time."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from liuke.text.emotion import ARTEFACT as EMOTION_FILE
from liuke.text.topics import ARTEFACT as TOPICS_FILE
from liuke.text.weights import Linear, linear_of, packed
from training.corpora import CORPORA, FOLDER, TRAIN, Row, rows_of, without_copies
from training.fitting import Counted, Rounded, counted, fitted, rounded, weightiest
from training.head import crossed, curve, fit_head, met_by
from training.messages import Message, for_calibration, for_training
from training.service_turns import service_turns
from training.topic_fitting import fit_topics

VERSION = "1"
MOST_WEIGHTS, STRENGTH, OWN_WEIGHT = 140_000, 6.0, 4.0
OWN = "own"


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is trained on: rows with their weights."""

    rows: list[Row]
    weight: NDArray[np.float64]

    @property
    def negative(self) -> NDArray[np.bool_]:
        """Label per row."""
        return np.array([row.negative for row in self.rows])


def recipe(folder: Path, leave_out: str = "") -> Recipe:
    """Training rows of all corpora but one, then our own messages."""
    weights = {corpus.name: corpus.weight for corpus in CORPORA} | {OWN: OWN_WEIGHT}
    read = [row for corpus in CORPORA for row in rows_of(corpus, folder)]
    rows = [row for row in without_copies(read) if row.part == TRAIN and row.corpus != leave_out]
    own = [*for_training(), *service_turns(calibrate=False, folder=folder)]
    rows += [Row(OWN, message.text, message.negative, TRAIN) for message in own]
    return Recipe(rows, np.array([weights[row.corpus] for row in rows]))


def fit_grams(taken: Recipe, most: int = MOST_WEIGHTS) -> tuple[list[str], Rounded]:
    """The n-gram model: fitted on all frequent grams, then again on the weightiest."""
    every = counted([row.text for row in taken.rows])
    weights, _ = fitted(every.rows, taken.negative, taken.weight, STRENGTH)
    kept = every.only(weightiest(every.rows, weights, most))
    return kept.grams, rounded(*fitted(kept.rows, taken.negative, taken.weight, STRENGTH))


def emotion_file(grams: list[str], plane: Rounded, aside: list[Message], facts: dict[str, object]) -> bytes:
    """The emotion artefact with its head, fitted on the messages kept aside."""
    texts = [message.text for message in aside]
    negative = np.array([message.negative for message in aside])
    logit = _logits(grams, plane, texts)
    met = met_by(texts)
    head = fit_head(logit, met, negative)
    points = curve(crossed(logit, met, negative), negative)
    said = {"slope": head.slope, "bias": head.bias, "pushes": head.pushes, "curve": points}
    header = {"version": VERSION, "biases": [plane.bias], "scales": [plane.scale], "head": said, "facts": facts}
    return packed(grams, [plane.plane.tolist()], header)


def _logits(grams: list[str], plane: Rounded, texts: list[str]) -> NDArray[np.float64]:
    rows: Counted = counted(texts, grams)
    return plane.bias + plane.scale * (rows.rows @ plane.plane.astype(np.float64))


def build(folder: Path, *, say: bool = True) -> dict[Path, bytes]:
    """Path → bytes of both artefacts."""
    taken, aside = recipe(folder), [*for_calibration(), *service_turns(calibrate=True, folder=folder)]
    trained = Counter(row.corpus for row in taken.rows)
    grams, plane = fit_grams(taken)
    facts: dict[str, object] = {"rows": dict(sorted(trained.items())), "calibration": len(aside), "grams": len(grams)}
    complaints = sorted(
        (row.text for row in taken.rows if row.negative and row.corpus in {"shopping", "eprstmt", "hotels"}),
        key=lambda text: hashlib.sha256(text.encode("utf-8", "replace")).digest(),
    )
    topics = fit_topics(complaints, for_training(), for_calibration())
    header = {
        "version": VERSION, "topics": topics.codes, "thresholds": topics.thresholds, "alone": topics.alone,
        "biases": [one.bias for one in topics.planes], "scales": [one.scale for one in topics.planes],
    }  # fmt: skip
    if say:
        sys.stderr.write(json.dumps(facts | {"topic_thresholds": dict(zip(topics.codes, topics.thresholds, strict=True))}) + "\n")
    return {
        EMOTION_FILE: emotion_file(grams, plane, aside, facts),
        TOPICS_FILE: packed(topics.grams, [one.plane.tolist() for one in topics.planes], header),
    }


def linear(grams: list[str], plane: Rounded) -> Linear:
    """A fitted plane as the reader's model."""
    return linear_of({"biases": [plane.bias], "scales": [plane.scale]}, grams, plane.plane.tolist())


def main() -> None:
    """Write the artefacts into the package, or to `--out`, and print their digests."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=FOLDER)
    parser.add_argument("--out", type=Path, default=None)
    options = parser.parse_args()
    for path, data in build(options.corpora).items():
        target = path if options.out is None else options.out / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        sys.stdout.write(f"{hashlib.sha256(data).hexdigest()}  {len(data)}  {target}\n")


if __name__ == "__main__":
    main()
