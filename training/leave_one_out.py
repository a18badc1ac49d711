"""What the n-gram model knows of a corpus that it has never seen: fitted without it, measured on its test part.

`python -m training.leave_one_out [folder]` prints a JSON line per corpus. Corpora that share texts are left out together.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from liuke.stats.ranking import auc
from training.corpora import CORPORA, FOLDER, TEST, rows_of, without_copies
from training.fitting import counted, fitted
from training.train import STRENGTH, recipe

GROUPS = (
    ("shopping", "hotels", "chnsenticorp"),
    ("weibo",),
    ("smp2020", "clue_emotion"),
    ("conversation",),
    ("eprstmt",),
    ("cars",),
    ("english_films",),
)
"""The three kinds of reviews overlap; both emotion corpora are weibo posts."""


def main() -> None:
    """One line per corpus: AUC and accuracy with and without its own training part."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    taken = recipe(folder)
    every = counted([row.text for row in taken.rows])
    read = without_copies([row for corpus in CORPORA for row in rows_of(corpus, folder)])
    tested = [row for row in read if row.part == TEST]
    tests = counted([row.text for row in tested], every.grams)
    names, corpora = np.array([row.corpus for row in taken.rows]), np.array([row.corpus for row in tested])
    negative = np.array([row.negative for row in tested])
    for group in ((), *GROUPS):
        used = np.flatnonzero(~np.isin(names, group))
        weights, bias = fitted(every.rows[used], taken.negative[used], taken.weight[used], STRENGTH)
        logit = tests.rows @ weights + bias
        for name in group or sorted(set(corpora.tolist())):
            at = corpora == name
            quality = {"auc": round(auc(logit[at], negative[at]), 3), "accuracy": round(float(((logit[at] > 0) == negative[at]).mean()), 3)}
            sys.stdout.write(json.dumps({"corpus": name, "left_out": bool(group), "n": int(at.sum()), **quality}) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
