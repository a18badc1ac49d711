"""Masks hide the person and keep the shape."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.facts.domain.masking import mask_attrs, mask_email, mask_name, mask_phone, mask_text


@pytest.mark.parametrize(
    ("plain", "masked"), [("13812342206", "138****2206"), ("+8613812342206", "+86****2206"), ("1234567", "****67"), ("", "")]
)
def test_phones_keep_their_ends(plain: str, masked: str) -> None:
    assert mask_phone(plain) == masked


def test_mail_keeps_the_first_letter_and_the_host() -> None:
    assert [mask_email(each) for each in ("li.wei@x.com", "@x.com", "no address", "")] == ["l***@x.com", "***@x.com", "***", ""]


def test_names_keep_one_letter_and_texts_their_length() -> None:
    assert (mask_name("王小明"), mask_name(""), mask_text("hello"), mask_text("")) == ("王**", "", "***(5)", "")


@given(st.text(alphabet="0123456789+- ", min_size=5, max_size=20))
def test_no_phone_number_survives_its_mask(phone: str) -> None:
    assert phone not in mask_phone(phone)
    assert len(mask_phone(phone)) <= 11


def test_numbers_and_topics_of_an_activity_stay() -> None:
    attrs: dict[str, object] = {"text": "a", "subject": "", "phone": "13812342206", "topic": "logistics", "score": 3, "note": None}
    assert mask_attrs(attrs) == attrs | {"text": "***(1)", "phone": "138****2206"}
