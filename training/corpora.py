"""Public corpora, read from a folder outside the repository: text, negative or not, which corpus, train or test.

Splits are the sources' own, or by a hash of the text (README of the folder). Whatever is in any test part, by its bare text,
is taken out of training: the corpora overlap (hotel and book reviews are in three of them).
"""

from __future__ import annotations

import csv
import gzip
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "shared/data/nlp"
TRAIN, TEST = "train", "test"
OFFICIAL = "chnsenticorp"
_BARE = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled text."""

    corpus: str
    text: str
    negative: bool
    part: str
    official: bool = False
    """In dev or test of ChnSentiCorp, by the column of the source."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Where a corpus lies and which of its splits are trained on."""

    name: str
    files: tuple[str, ...]
    train: tuple[str, ...] = (TRAIN,)
    weight: float = 1.0


CORPORA = (
    Corpus("shopping", ("online_shopping_10_cats/all",)),
    Corpus("chnsenticorp", ("chnsenticorp/train", "chnsenticorp/test")),
    Corpus("hotels", ("chnsenticorp_htl_all/all",)),
    Corpus("weibo", ("weibo2018/all",)),
    Corpus("smp2020", ("smp2020_ewect/all",)),
    Corpus("clue_emotion", ("clue_emotion2020/all",), weight=0.4),
    Corpus("conversation", ("conversation_xs/all",), train=("train_auto",), weight=0.3),
    Corpus("eprstmt", ("fewclue_eprstmt/all",)),
    Corpus("cars", ("bdci2018_car_topics/all",)),
    Corpus("english_films", ("en_sentence_polarity/all",), weight=0.5),
)
EVALUATED = (Corpus("english_airlines", ("en_airline_tweets/all",), train=()),)
"""Only ever measured on: the licence forbids a shipped model that is trained on it."""


def bare(text: str) -> str:
    """The text without blanks and punctuation, by which copies are found."""
    return _BARE.sub("", text)


def rows_of(corpus: Corpus, folder: Path = FOLDER) -> list[Row]:
    """The labelled rows of a corpus; ends the program with a sentence where the data are absent."""
    found = []
    for name in corpus.files:
        path = folder / f"{name}.csv.gz"
        if not path.exists():
            sys.exit(f"This needs the corpus at {path}; it is not part of the repository. Nothing was done.")
        fallback = name.rpartition("/")[2]
        for line in _lines(path):
            part = TRAIN if line.get("split", fallback) in corpus.train else TEST
            negative = line.get("neg", "") if "sentiment_word" not in line else ("1" if line["sentiment"] == "-1" else "0")
            if negative in {"0", "1"}:
                found.append(Row(corpus.name, line["text"], negative == "1", part, line.get("in_chnsenticorp_eval") == "1"))
    return _merged(found)


def _lines(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _merged(rows: list[Row]) -> list[Row]:
    """One row per text; it is negative where one of its labels is (opinions on several topics stand on several lines)."""
    kept: dict[tuple[str, str], Row] = {}
    for row in rows:
        old = kept.get((row.part, row.text))
        kept[row.part, row.text] = row if old is None or row.negative else old
    return list(kept.values())


def without_copies(rows: list[Row]) -> list[Row]:
    """Training rows once each and none that is in a test part; test rows as they are.

    ChnSentiCorp's official training part keeps its own copies of its test rows, as in every published result on it; the bench
    reports the test rows without a copy beside them.
    """
    tested = {bare(row.text): row.corpus for row in rows if row.part == TEST}
    kept, seen = [], set[str]()
    for row in sorted(rows, key=lambda row: row.corpus != OFFICIAL):
        key = bare(row.text)
        allowed = key not in tested or (row.corpus == OFFICIAL and tested[key] == OFFICIAL)
        if row.part == TEST or (allowed and key not in seen and not (row.official and row.corpus != OFFICIAL)):
            kept.append(row)
            seen.add(key)
    return kept
