"""Kinds of activities as files name them."""

from __future__ import annotations

import pyarrow as pa

from liuke.align.domain.kinds import MEANINGS, canonical_kinds
from liuke.facts.domain.kinds import Kind


def test_words_in_two_languages_mean_a_kind_of_the_vocabulary() -> None:
    given = pa.array(["登录", "Page View", "page.viewed", "order-placed", None])
    assert canonical_kinds(given).to_pylist() == ["login", "page.viewed", "page.viewed", "order.placed", None]
    assert set(MEANINGS.values()) <= set(Kind)


def test_a_kind_of_ones_own_is_kept() -> None:
    assert canonical_kinds(pa.array(["Webinar Attended", "试用申请"])).to_pylist() == ["webinar_attended", "试用申请"]
