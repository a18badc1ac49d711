"""Reading text: quality on sets kept aside, SnowNLP and cnsenti in the same run, speed and size. One JSON line per figure.

Usage: python -m bench.text [python of the peers' virtual environment], or LIUKE_TEXT_PEERS names it. Without it the peers are left
out, and that is said.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import quantiles

import numpy as np
from bench.text_sets import TestSet, emotion_sets, lines_of
from numpy.typing import NDArray
from sklearn.metrics import f1_score
from training.corpora import FOLDER
from training.messages import for_calibration, for_training

from liuke.stats.quality import ece
from liuke.stats.ranking import auc
from liuke.text import TextReader, emotion
from liuke.text.emotion import ARTEFACT as EMOTION_FILE
from liuke.text.topics import ARTEFACT as TOPICS_FILE

PEERS = Path(__file__).parent / "peers/text_peers.py"
PEERED, ROUNDS = 150, 3
BESIDE = {"shopping", "hotels", "weibo", "eprstmt", "service_real", "service_hard"}
"""Sets on which the peers are asked too: they take a millisecond a message and more."""
CHINESE_TOPICS = {
    "物流配送": "delivery", "产品质量": "quality", "价格优惠": "price", "系统卡慢故障": "fault",
    "服务态度": "service", "售后退换票据": "after_sales", "描述不符错漏发": "mismatch",
}  # fmt: skip
LEAVING = {"cancel_renewal", "cancel_account", "switch"}


def told(figure: str, **values: object) -> None:
    """One line."""
    print(json.dumps({"figure": figure, **values}, ensure_ascii=False), flush=True)


def quality(scores: NDArray[np.float64], negative: NDArray[np.bool_], middle: float) -> dict[str, object]:
    """Accuracy at the middle and AUC."""
    return {"accuracy": round(float(((scores >= middle) == negative).mean()), 3), "auc": round(auc(scores, negative), 3)}


def at_65(scores: NDArray[np.float64], negative: NDArray[np.bool_]) -> dict[str, object]:
    """What the rule's threshold means, and the calibration error of score/100 as a probability (10 bins)."""
    told_so = scores > 65
    return {
        "precision_65": round(float(negative[told_so].mean()), 3) if told_so.any() else None,
        "recall_65": round(float(told_so[negative].mean()), 3),
        "false_positives_65": round(float(told_so[~negative].mean()), 3),
        "ece": round(ece(scores / 100, negative, bins=10), 3),
    }


def peers(texts: list[str], python: str) -> dict[str, list[float]]:
    """Scores 0-1 of the peers, from their own environment."""
    found = subprocess.run([python, str(PEERS)], input=json.dumps(texts), capture_output=True, text=True, check=True)
    read: dict[str, list[float]] = json.loads(found.stdout)
    return read


def emotions(python: str | None) -> None:
    """Every emotion set, with the peers on its first rows."""
    for one in emotion_sets():
        scores, negative = np.array(emotion(one.texts)), np.array(one.negative)
        extra = at_65(scores, negative) if one.name.startswith("service") else {}
        told("emotion", set=one.name, n=len(scores), base=round(float(negative.mean()), 3), **quality(scores, negative, 50), **extra)
        if python is not None and one.name in BESIDE:
            _beside(one, scores, negative, python)


def _beside(one: TestSet, scores: NDArray[np.float64], negative: NDArray[np.bool_], python: str) -> None:
    rows = slice(0, PEERED)
    theirs = peers(one.texts[rows], python)
    same = negative[rows]
    told("emotion_peers", set=one.name, n=len(same), liuke=quality(scores[rows], same, 50), **{
        name: quality(np.array(theirs[name]), same, 0.5) for name in ("snownlp", "cnsenti")
    })  # fmt: skip


def intents() -> None:
    """Leave and competitor on the twenty messages of `service_hard`."""
    rows = lines_of(FOLDER / "service_hard/intent20.csv")
    readings = TextReader.load().read([row["text"] for row in rows])
    leave = [any(intent.kind.value == "leave" for intent in reading.intents) for reading in readings]
    named = [bool(reading.competitors) for reading in readings]
    told(
        "intents", n=len(rows), leave_f1=round(float(f1_score([row["intent"] in LEAVING for row in rows], leave)), 3),
        competitor_f1=round(float(f1_score([row["competitor"] == "1" for row in rows], named)), 3),
    )  # fmt: skip


def topics() -> None:
    """Complaint topics on 150 reviews labelled by hand: any-match, and macro-F1 of the topics that occur at least five times."""
    rows = lines_of(FOLDER / "complaint_topics/handlabelled_150.csv")
    wanted = [{CHINESE_TOPICS[name] for name in row["topics"].split("|") if name in CHINESE_TOPICS} for row in rows]
    found = [{topic.code for topic in reading.topics} for reading in TextReader.load().read([row["text"] for row in rows])]
    known = [(want, got) for want, got in zip(wanted, found, strict=True) if want]
    each = {
        code: round(float(f1_score([code in w for w in wanted], [code in f for f in found], zero_division=0)), 3)
        for code in CHINESE_TOPICS.values()
    }
    often = [code for code in each if sum(code in want for want in wanted) >= 5]
    any_match = sum(bool(want & got) for want, got in known) / len(known)
    told("topics", n=len(known), any_match=round(any_match, 3), macro_f1=round(float(np.mean([each[code] for code in often])), 3), f1=each)


def speed() -> None:
    """CPU seconds per message in batches, and one at a time; size of the artefacts."""
    texts = [message.text for message in (*for_training(), *for_calibration())] * 3
    reader = TextReader.load()
    emotion(texts[:1000])
    reader.read(texts[:1000])
    rates = {"emotion": _rate(lambda: emotion(texts), len(texts)), "readings": _rate(lambda: reader.read(texts), len(texts))}
    singles = []
    for text in texts[:3000]:
        start = time.perf_counter()
        reader.read([text])
        singles.append(time.perf_counter() - start)
    size = {path.name: path.stat().st_size for path in (EMOTION_FILE, TOPICS_FILE)}
    length = round(sum(map(len, texts)) / len(texts), 1)
    p99 = quantiles(singles, n=100)[98] * 1000
    told(
        "speed",
        n=len(texts),
        per_second=rates,
        one_p99_ms=round(p99, 3),
        artefact_bytes=size,
        mean_characters=length,
    )


def _rate(work: object, count: int) -> int:
    assert callable(work)
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return round(count / best)


def main() -> None:
    """All figures."""
    python = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("LIUKE_TEXT_PEERS")
    if python is None:
        told("peers", measured=False, why="give the python of an environment with bench/peers/requirements-text.txt")
    emotions(python)
    intents()
    topics()
    speed()


if __name__ == "__main__":
    main()
