"""Messages: formats, fallbacks, and that both languages say everything."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import liuke
from liuke.base import words
from liuke.base.words import LANGUAGES, catalogue, money, render


@pytest.mark.parametrize(
    ("template", "value", "text"),
    [
        ("{x:pct}", 0.624, "62%"), ("{x:money}", 8200, "£8,200"), ("{x:money}", -3100.4, "-£3,100"), ("{x:int}", 1234.4, "1,234"),
        ("{x:num}", 3.0, "3"), ("{x:num}", 3.56, "3.6"), ("{x:date}", "2011-09-10T12:00:00Z", "2011-09-10"), ("{x}", None, "—"),
    ],
)  # fmt: skip
def test_a_number_is_written_as_people_write_it(monkeypatch: pytest.MonkeyPatch, template: str, value: object, text: str) -> None:
    monkeypatch.setattr(words, "catalogue", lambda _language: {"k": template})
    assert render("k", {"x": value}, currency="GBP") == text


def test_an_unknown_currency_shows_its_code() -> None:
    assert money(5, "SEK") == "SEK 5"


def test_an_unknown_key_renders_as_itself_and_an_unknown_language_in_chinese() -> None:
    assert render("no.such.key", {}) == "no.such.key"
    assert render("cli.base", {}, language="fr") == catalogue("zh-CN")["cli.base"]


def test_both_languages_say_everything() -> None:
    assert catalogue(LANGUAGES[0]).keys() == catalogue(LANGUAGES[1]).keys()


def test_every_fault_that_is_raised_has_a_text() -> None:
    raised = re.compile(r'(?:raise_if_any|Invalid|NotFound|Forbidden|Conflict|TooLarge|TooMany|Transient)\(\s*"(\w+)"')
    codes = {code for path in Path(liuke.__file__).parent.rglob("*.py") for code in raised.findall(path.read_text("utf-8"))}
    assert {f"errors.{code}" for code in codes} - catalogue("zh-CN").keys() == set()
