"""Our own messages: enough, labelled by the guide, apart from each other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from training import messages
from training.messages import FOR_CALIBRATION, FOR_TRAINING, INTENTS, TOPICS, for_calibration, for_training, written


def test_there_are_enough_to_learn_from_and_to_calibrate() -> None:
    assert len(for_training()) >= 3000
    assert len(for_calibration()) >= 1000


def test_many_are_written_by_hand() -> None:
    assert len(written(FOR_TRAINING)) >= 900
    assert len(written(FOR_CALIBRATION)) >= 800


def test_no_calibration_message_is_also_learned_from() -> None:
    assert not {message.text for message in for_training()} & {message.text for message in for_calibration()}


def test_no_text_has_two_labels_among_those_written_by_hand() -> None:
    labels: dict[str, bool] = {}
    for name in (*FOR_TRAINING, *FOR_CALIBRATION):
        for message in written((name,)):
            assert labels.setdefault(message.text, message.negative) == message.negative, message.text


def test_every_topic_and_intent_has_examples() -> None:
    both = [*for_training(), *for_calibration()]
    assert set().union(*(message.topics for message in both)) == TOPICS
    assert set().union(*(message.intents for message in both)) == INTENTS


def test_both_languages_both_moods_and_traditional_characters_are_there() -> None:
    texts = {message.text: message.negative for message in (*for_training(), *for_calibration())}
    english = [negative for text, negative in texts.items() if re.fullmatch(r"[\x00-\x7f]+", text)]
    assert english.count(True) > 80
    assert english.count(False) > 80
    assert any("沒" in text for text in texts)


def test_filling_is_the_same_every_time_and_leaves_no_slot() -> None:
    assert for_training() == for_training()
    assert not [message.text for message in (*for_training(), *for_calibration()) if "{" in message.text]


def test_a_calm_message_complains_about_nothing() -> None:
    assert all(not message.topics for message in for_training() if not message.negative)


def test_an_unknown_label_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.txt").write_text("# 1\n坏了 || colour\n", "utf-8")
    monkeypatch.setattr(messages, "FOLDER", tmp_path)
    with pytest.raises(ValueError, match="colour"):
        written(("x",))
