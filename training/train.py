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
from liuke.text.weights import packed
from training.corpora import CORPORA, FOLDER, TRAIN, Row, rows_of, without_copies
from training.errors import worst_page
from training.fitting import Rounded, counted, fitted, rounded, weightiest
from training.head import crossed, curve, fit_head, met_by
from training.messages import Message, for_calibration, for_training
from training.service_turns import service_turns
from training.topic_fitting import fit_topics

VERSION = "1"
MOST_WEIGHTS, STRENGTH, OWN_WEIGHT = 140_000, 6.0, 8.0
OWN, ASIDE = "own", "calibration"
FOLDS = 3
ERRORS_FILE = Path(__file__).resolve().parents[1] / "docs/algorithms/text-errors.md"


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
    """Training rows of all corpora but one, then our own messages, those for calibration last."""
    weights = {corpus.name: corpus.weight for corpus in CORPORA} | {OWN: OWN_WEIGHT, ASIDE: OWN_WEIGHT}
    read = [row for corpus in CORPORA for row in rows_of(corpus, folder)]
    rows = [row for row in without_copies(read) if row.part == TRAIN and row.corpus != leave_out]
    own = [*for_training(), *service_turns(calibrate=False, folder=folder)]
    aside = [*for_calibration(), *service_turns(calibrate=True, folder=folder)]
    rows += [Row(name, message.text, message.negative, TRAIN) for name, part in ((OWN, own), (ASIDE, aside)) for message in part]
    return Recipe(rows, np.array([weights[row.corpus] for row in rows]))


@dataclass(frozen=True, slots=True)
class Grams:
    """The n-gram model, and the logits of the calibration messages by models that have not seen them."""

    grams: list[str]
    plane: Rounded
    unseen: NDArray[np.float64]


def fit_grams(taken: Recipe, most: int = MOST_WEIGHTS) -> Grams:
    """Fitted on all frequent grams, again on the weightiest, and once more per fold without the calibration messages of that fold."""
    every = counted([row.text for row in taken.rows])
    weights, _ = fitted(every.rows, taken.negative, taken.weight, STRENGTH)
    kept = every.only(weightiest(every.rows, weights, most))
    aside = np.flatnonzero([row.corpus == ASIDE for row in taken.rows])
    unseen = np.empty(len(aside))
    for fold in range(FOLDS):
        weight = taken.weight.copy()
        held = aside[fold::FOLDS]
        weight[held] = 0.0
        used = np.flatnonzero(weight)
        plane = rounded(*fitted(kept.rows[used], taken.negative[used], weight[used], STRENGTH))
        unseen[fold::FOLDS] = plane.bias + plane.scale * (kept.rows[held] @ plane.plane.astype(np.float64))
    return Grams(kept.grams, rounded(*fitted(kept.rows, taken.negative, taken.weight, STRENGTH)), unseen)


@dataclass(frozen=True, slots=True)
class Emotion:
    """The emotion artefact, and the page of its worst errors."""

    data: bytes
    errors: str


def emotion_file(fit: Grams, own: list[Message], turns: list[Message], facts: dict[str, object]) -> Emotion:
    """The artefact with its head, fitted on our own calibration messages and on turns of real dialogues."""
    aside = [*own, *turns]
    negative = np.array([message.negative for message in aside])
    met = met_by([message.text for message in aside])
    head = fit_head(fit.unseen, met, negative)
    logit = crossed(fit.unseen, met, negative)
    points = curve(logit, negative, np.arange(len(aside)) >= len(own))
    said = {"slope": head.slope, "bias": head.bias, "pushes": head.pushes, "curve": points}
    header = {"version": VERSION, "biases": [fit.plane.bias], "scales": [fit.plane.scale], "head": said, "facts": facts}
    return Emotion(packed(fit.grams, [fit.plane.plane.tolist()], header), worst_page(own, logit[: len(own)], points))


def build(folder: Path, *, say: bool = True) -> dict[Path, bytes]:
    """Path → bytes of both artefacts and of the page of errors."""
    taken, own, turns = recipe(folder), for_calibration(), service_turns(calibrate=True, folder=folder)
    trained = Counter(row.corpus for row in taken.rows)
    fit = fit_grams(taken)
    facts: dict[str, object] = {
        "rows": dict(sorted(trained.items())),
        "calibration": {"own": len(own), "turns": len(turns)},
        "grams": len(fit.grams),
    }
    complaints = sorted(
        (row.text for row in taken.rows if row.negative and row.corpus in {"shopping", "eprstmt", "hotels"}),
        key=lambda text: hashlib.sha256(text.encode("utf-8", "replace")).digest(),
    )
    topics = fit_topics(complaints, for_training(), own)
    header = {
        "version": VERSION, "topics": topics.codes, "thresholds": topics.thresholds, "alone": topics.alone,
        "biases": [one.bias for one in topics.planes], "scales": [one.scale for one in topics.planes],
    }  # fmt: skip
    if say:
        sys.stderr.write(json.dumps(facts | {"topic_thresholds": dict(zip(topics.codes, topics.thresholds, strict=True))}) + "\n")
    emotion = emotion_file(fit, own, turns, facts)
    return {
        EMOTION_FILE: emotion.data,
        ERRORS_FILE: emotion.errors.encode(),
        TOPICS_FILE: packed(topics.grams, [one.plane.tolist() for one in topics.planes], header),
    }


def main() -> None:
    """Write the artefacts into the package and the page of errors into the documentation, or all to `--out`; print their digests."""
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
