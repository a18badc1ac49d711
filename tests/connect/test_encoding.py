"""Encodings by their bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.connect.domain.encoding import is_binary, is_chinese, marked, unmarked_utf16

COMMON = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"


@given(st.text(st.sampled_from(COMMON + "，。abc,\n"), min_size=1, max_size=60))
def test_common_chinese_text_is_chinese(text: str) -> None:
    assert is_chinese(text.encode("gb18030"))


@pytest.mark.parametrize("text", ["Café Müller, Genève\n", "naïve façade – déjà vu\n", "José Peña,Málaga\nBjörn Åström,Malmö\n"])
def test_western_text_is_not(text: str) -> None:
    assert not is_chinese(text.encode("windows-1252"))


def test_marks_name_their_encoding() -> None:
    assert [marked(text.encode(name)) for text, name in (("a", "utf-8-sig"), ("a", "utf-16"), ("a", "utf-8"))] == [
        "utf-8-sig",
        "utf-16",
        "",
    ]


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=8, max_size=60))
def test_western_utf_16_is_found_in_both_orders(text: str) -> None:
    assert unmarked_utf16(text.encode("utf-16-le")) == "utf-16-le"
    assert unmarked_utf16(text.encode("utf-16-be")) == "utf-16-be"
    assert unmarked_utf16(text.encode()) == ""


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"], include_characters="\n\r\t"), max_size=200))
def test_text_is_never_binary(text: str) -> None:
    assert not is_binary(text.encode())
    assert is_binary(text.encode() + b"\0")
