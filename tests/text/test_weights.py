"""The file of weights, and scoring with a dictionary."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from liuke.text.emotion import ARTEFACT as EMOTION
from liuke.text.emotion import load_emotion
from liuke.text.rules import shipped_topics
from liuke.text.topics import ARTEFACT as TOPICS
from liuke.text.topics import load_topics
from liuke.text.units import grams_of
from liuke.text.weights import Linear, linear_of, loaded, packed, unpacked

HEADER = {"biases": [0.5, -1.0], "scales": [0.1, 0.2], "version": "t"}


def test_what_is_packed_is_unpacked() -> None:
    header, grams, planes = unpacked(packed(["坏", " bad", "坏了"], [[127, -127, 0], [1, 2, 3]], HEADER))
    assert header == HEADER
    assert grams == ["坏", " bad", "坏了"]
    assert [list(plane) for plane in planes] == [[127, -127, 0], [1, 2, 3]]


def test_packing_is_the_same_every_time() -> None:
    assert packed(["a"], [[1]], HEADER) == packed(["a"], [[1]], dict(reversed(HEADER.items())))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"LIUKETX0rest"])
def test_another_file_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="not a file of text weights"):
        unpacked(data)


def test_a_plane_is_read_with_its_own_scale_and_bias(tmp_path: Path) -> None:
    path = tmp_path / "w.bin"
    path.write_bytes(packed(["a", "b"], [[10, 0], [0, 5]], HEADER))
    first, second = loaded(path)
    assert dict(first.weights) == {"a": pytest.approx(1.0)}
    assert first.bias == 0.5
    assert dict(second.weights) == {"b": pytest.approx(1.0)}
    assert second.bias == -1.0


def test_the_logit_is_bias_plus_sum_over_the_root_of_known_grams() -> None:
    linear = Linear({"a": 2.0, "b": -1.0, "c": 5.0}, 0.25)
    assert linear.logit({"a", "b", "zzz"}) == pytest.approx(0.25 + (2.0 - 1.0) / math.sqrt(2), abs=1e-6)


def test_a_text_without_known_grams_has_the_bias() -> None:
    assert Linear({"a": 2.0}, 0.25).logit({"zzz"}) == 0.25
    assert Linear({"a": 2.0}, 0.25).logit(set()) == 0.25


def test_grams_without_weight_are_left_out() -> None:
    assert dict(linear_of({"biases": [0.0], "scales": [1.0]}, ["a", "b"], [0, 3]).weights) == {"b": 3.0}


def test_both_artefacts_together_are_within_two_megabytes() -> None:
    assert EMOTION.stat().st_size + TOPICS.stat().st_size <= 2_000_000


def test_the_shipped_model_has_at_most_140000_weights_and_a_rising_map() -> None:
    model = load_emotion()
    assert 3_000 < len(model.linear.weights) <= 140_000
    assert model.curve[0][1] == 0.0
    assert model.curve[-1][1] == 100.0
    assert {50.0, 65.0} <= {y for _, y in model.curve}
    assert model.slope > 0


def test_the_shipped_topic_models_load() -> None:
    assert load_topics().read("", set(), worded=False) == {}
    assert set(load_topics().read("尺码偏小，袖子太短，线头多", grams_of("尺码偏小,袖子太短,线头多"), worded=False)) <= set(
        shipped_topics()
    )
