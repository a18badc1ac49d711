"""The vocabulary of kinds and its page for people."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from liuke.base.words import LANGUAGES, catalogue
from liuke.facts.domain.kinds import NOT_AN_INTERACTION, Kind

PAGE = (Path(__file__).parents[2] / "docs/reference/kinds.md").read_text("utf-8")
ROWS = {row[0]: row[1] for row in re.findall(r"^\| `([^`]+)` \| [^|]* \| ([^|]*?) *\|", PAGE, re.MULTILINE)}


def test_the_page_lists_every_kind_once_and_says_which_are_interactions() -> None:
    assert list(ROWS) == [kind.value for kind in Kind]
    assert {kind for kind, word in ROWS.items() if not word} == {kind.value for kind in NOT_AN_INTERACTION}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_a_title_on_the_timeline(language: str) -> None:
    assert {f"show.kind.{kind.value}" for kind in Kind} <= catalogue(language).keys()


def test_what_others_do_or_tell_never_ends_a_silence_and_what_the_customer_does_always() -> None:
    others = {Kind.CONTACT_DELETED_US, Kind.COMPETITOR_VISITED, Kind.MESSAGE_OUT, Kind.INFO_SENT, Kind.ACCOUNT_CLOSED, Kind.ORDER_LINE}
    own = {Kind.ORDER_PLACED, Kind.INFO_VIEWED, Kind.GROUP_MESSAGE, Kind.STORE_VISITED, Kind.LOGIN, Kind.RENEWAL_REFUSED}
    assert others <= NOT_AN_INTERACTION
    assert own.isdisjoint(NOT_AN_INTERACTION)
