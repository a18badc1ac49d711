"""Training on tiny corpora: nothing tested is learned, the same bytes twice, nothing but weights in the artefact."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest
from training import train
from training.corpora import CORPORA, OFFICIAL, TEST, TRAIN, Corpus, Row, bare, rows_of, without_copies
from training.fitting import counted, fitted, rounded, weightiest
from training.head import Head, curve, fit_head, met_by, weights_of
from training.messages import for_calibration, for_training
from training.second_pass import copies, disagreements
from training.service_turns import LABELS, service_turns

from liuke.text.emotion import model_of
from liuke.text.units import grams_of
from liuke.text.weights import linear_of, unpacked

SECRET = "鹦鹉螺号潜艇"
"""In every row of the tiny corpora: it must not come out again."""


def write(path: Path, rows: list[dict[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, fieldnames=list(rows[0]))
        table.writeheader()
        table.writerows(rows)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for corpus in CORPORA:
        for name in corpus.files:
            part = name.rpartition("/")[2]
            split = {"all": corpus.train[0] if corpus.train else "test"}.get(part, part)
            rows = [
                {
                    "text": f"{corpus.name}{number}{'质量差坏了' if number % 2 else '很好喜欢'}{SECRET[: number % 5]}",
                    "neg": str(number % 2),
                    "split": split,
                }
                for number in range(12)
            ]
            write(tmp_path / f"{name}.csv.gz", rows)
    return tmp_path


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    learned, aside = for_training()[::12], for_calibration()[::5]
    monkeypatch.setattr(train, "for_training", lambda: learned)
    monkeypatch.setattr(train, "for_calibration", lambda: aside)


def test_training_twice_gives_the_same_bytes_and_an_artefact_that_loads(folder: Path, few: None) -> None:
    first, second = train.build(folder, say=False), train.build(folder, say=False)
    assert first == second
    header, grams, planes = unpacked(first[train.EMOTION_FILE])
    model = model_of(linear_of(header, grams, planes[0]))
    angry, calm = (model.logit(grams_of(text), ()) for text in ("太差了,没人处理", "请问发票怎么开,谢谢"))
    assert angry is not None
    assert calm is not None
    assert angry > calm
    assert header["facts"]["rows"]["own"] == len(for_training()[::12])  # type: ignore[index]


def test_no_row_of_a_corpus_is_in_an_artefact(folder: Path, few: None) -> None:
    built = train.build(folder, say=False)
    assert SECRET[:3] not in built.pop(train.ERRORS_FILE).decode()
    for data in built.values():
        _, grams, _ = unpacked(data)
        assert max(len(gram.split(" ")) for gram in grams) <= 4
        assert not any(SECRET[:4] in gram for gram in grams)


def test_a_corpus_that_is_absent_ends_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="not part of the repository"):
        rows_of(Corpus("x", ("nowhere/all",)), tmp_path)


def test_rows_of_a_test_part_and_their_copies_are_not_learned() -> None:
    rows = [Row("a", "很 好！", False, TRAIN), Row("b", "很好", False, TEST), Row("a", "坏", True, TRAIN), Row("c", "坏。", True, TRAIN)]
    learned = [row for row in without_copies(rows) if row.part == TRAIN]
    assert [bare(row.text) for row in learned] == ["坏"]


def test_the_official_part_keeps_its_own_copies_and_no_other_corpus_has_official_rows() -> None:
    rows = [
        Row(OFFICIAL, "房间小", True, TRAIN),
        Row(OFFICIAL, "房间小", True, TEST),
        Row("hotels", "房间小", True, TRAIN),
        Row("hotels", "大", False, TRAIN, official=True),
    ]
    assert [row.corpus for row in without_copies(rows) if row.part == TRAIN] == [OFFICIAL]


def test_an_opinion_on_several_lines_is_negative_where_one_line_is(tmp_path: Path) -> None:
    write(
        tmp_path / "cars.csv.gz",
        [
            {"text": "油耗高但好看", "sentiment": "1", "sentiment_word": "x", "split": "train"},
            {"text": "油耗高但好看", "sentiment": "-1", "sentiment_word": "y", "split": "train"},
            {"text": "一般", "sentiment": "0", "sentiment_word": "z", "split": "train"},
        ],
    )
    assert {row.text: row.negative for row in rows_of(Corpus("cars", ("cars",)), tmp_path)} == {"油耗高但好看": True, "一般": False}


def test_counted_rows_have_length_one_and_grams_in_order() -> None:
    every = counted(["好好好", "坏", "好坏"], fewest=1)
    assert every.grams == sorted(every.grams)
    assert np.allclose(np.asarray(every.rows.multiply(every.rows).sum(axis=1)).ravel(), 1)


def test_fitting_tells_apart_what_is_apart_and_rounding_keeps_it() -> None:
    texts = ["差", "很差", "差劲", "好", "很好", "好用"] * 5
    negative = np.array([True, True, True, False, False, False] * 5)
    every = counted(texts, fewest=2)
    plane = rounded(*fitted(every.rows, negative, np.ones(len(texts)), 4.0))
    weights = dict(zip(every.grams, plane.plane.tolist(), strict=True))
    assert weights["差"] > 0 > weights["好"]
    assert max(map(abs, weights.values())) <= 127


def test_the_weightiest_grams_are_those_that_move_many_texts() -> None:
    every = counted(["甲乙", "甲丙", "甲丁"], fewest=1)
    kept = weightiest(every.rows, np.ones(len(every.grams)), 1)
    assert [every.grams[place] for place in kept] == ["甲"]


def test_the_head_keeps_the_sign_of_every_push_whatever_the_labels() -> None:
    met = [frozenset({"repeated"}), frozenset({"resolved"}), frozenset()] * 20
    negative = np.array([False, True, True] * 20)
    head = fit_head(np.zeros(60), met, negative)
    assert head.pushes["repeated"] >= 0 >= head.pushes["resolved"]


def test_weights_stand_for_the_base_rate_and_sum_to_the_number_of_messages() -> None:
    negative = np.array([True] * 30 + [False] * 70)
    weight = weights_of(negative)
    assert weight.sum() == pytest.approx(100)
    assert weight[negative].sum() == pytest.approx(25)


def test_the_map_rises_and_leaves_few_calm_messages_over_65() -> None:
    random = np.random.default_rng(0)
    negative = np.array([True] * 200 + [False] * 600)
    logit = np.where(negative, 1.0, -2.0) + random.normal(size=800)
    points = curve(logit, negative, np.zeros(800, bool))
    xs, ys = zip(*points, strict=True)
    assert list(xs) == sorted(set(xs))
    assert list(ys) == sorted(ys)
    emotion = np.interp(logit, xs, ys)
    assert (emotion[~negative] > 65).mean() <= 0.051
    assert {50.0, 65.0} <= set(ys)


def test_a_head_adds_what_it_says() -> None:
    head = Head(0.5, 2.0, {"a": 1.0, "b": -3.0})
    assert head.logit(np.array([1.0, 0.0]), [frozenset({"a", "b"}), frozenset()]).tolist() == [0.5, 0.5]


def test_patterns_are_met_on_folded_text() -> None:
    assert "repeated" in met_by(["第三次問了"])[0]
    assert met_by(["早上好"]) == [frozenset()]


def test_own_turns_are_labels_without_texts_and_absent_without_the_corpus(tmp_path: Path) -> None:
    lines = LABELS.read_text("utf-8").splitlines()
    assert lines[0] == "dialogue,turn,negative"
    assert all(part.isdigit() for line in lines[1:] for part in line.split(","))
    assert service_turns(calibrate=True, folder=tmp_path) == []


def test_own_turns_take_their_texts_from_the_corpus(tmp_path: Path) -> None:
    dialogue, turn, negative = LABELS.read_text("utf-8").splitlines()[1].split(",")
    with LABELS.open(encoding="utf-8", newline="") as file:
        rows = [
            {"dialogue": row["dialogue"], "turn": row["turn"], "text": f"{row['dialogue']}-{row['turn']}"} for row in csv.DictReader(file)
        ]
    write(tmp_path / "jddc_uss_dialogue/dev.csv.gz", rows)
    both = [*service_turns(calibrate=False, folder=tmp_path), *service_turns(calibrate=True, folder=tmp_path)]
    assert len(both) == len(rows)
    assert (f"{dialogue}-{turn}", negative == "1") in {(message.text, message.negative) for message in both}


def test_the_second_pass_finds_a_wrong_label() -> None:
    from training.messages import Message

    right = [
        Message(f"{text}{number}号", negative, frozenset())
        for number in range(12)
        for text, negative in (("太差了没人理", True), ("谢谢已经好了", False))
    ]
    wrong = Message("太差了没人理13号", negative=False, labels=frozenset())
    found = [message for _, message in disagreements([*right, wrong])]
    assert wrong in found


def test_the_second_pass_finds_a_copy_of_a_tested_message(tmp_path: Path) -> None:
    (tmp_path / "service_hard").mkdir()
    (tmp_path / "service_hard/hard20.csv").write_text("text,neg,tag\n第三次问发票了怎么还没开,1,x\n", "utf-8")
    own = [m for m in for_training() if m.text.startswith("第")][:1]
    from training.messages import Message

    copied = copies([Message("第三次问发票了，怎么还没开！", negative=True, labels=frozenset()), *own], tmp_path)
    assert [text for text, _ in copied] == ["第三次问发票了，怎么还没开！"]
