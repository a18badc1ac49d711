"""How well messages are read that nobody trained on; the limits are a little below what was measured, to notice a step back."""

from __future__ import annotations

import numpy as np
import pytest
from rapidfuzz.fuzz import ratio
from training.corpora import bare
from training.messages import for_calibration, for_training

from liuke.stats.ranking import auc
from liuke.text import TextReader, emotion
from tests.text.cases import CALM, UPSET


@pytest.fixture(scope="module")
def scores() -> tuple[np.ndarray, np.ndarray]:
    return np.array(emotion(UPSET)), np.array(emotion(CALM))


def test_upset_messages_are_ranked_over_calm_ones(scores: tuple[np.ndarray, np.ndarray]) -> None:
    upset, calm = scores
    happened = np.array([True] * len(upset) + [False] * len(calm))
    assert auc(np.concatenate([upset, calm]), happened) >= 0.9


def test_hardly_a_calm_message_is_over_65_and_most_upset_ones_are_over_50(scores: tuple[np.ndarray, np.ndarray]) -> None:
    upset, calm = scores
    assert (calm > 65).mean() <= 0.06
    assert (upset > 50).mean() >= 0.6


def test_the_middle_tells_most_apart(scores: tuple[np.ndarray, np.ndarray]) -> None:
    upset, calm = scores
    assert ((upset > 50).sum() + (calm <= 50).sum()) / (len(upset) + len(calm)) >= 0.75


def test_none_of_these_messages_is_one_that_is_trained_on() -> None:
    trained = [bare(message.text) for message in (*for_training(), *for_calibration())]
    for text in (*UPSET, *CALM):
        plain = bare(text)
        near = [one for one in trained if abs(len(one) - len(plain)) <= 3 and ratio(one, plain) > 85]
        assert near == [], text


def test_what_is_over_50_shows_its_words() -> None:
    for text, reading in zip(UPSET, TextReader.load().read(UPSET), strict=True):
        if reading.emotion >= 50:
            assert reading.spans, text
            assert all(text[span.start : span.end] for span in reading.spans)


def test_no_calm_message_is_taken_for_leaving_or_escalation() -> None:
    for text, reading in zip(CALM, TextReader.load().read(CALM), strict=True):
        assert not {intent.kind.value for intent in reading.intents} & {"leave", "escalation"}, text
