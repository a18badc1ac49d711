"""A vendor's refusal becomes a result with words."""

from __future__ import annotations

import pytest

from liuke.act.channels.vendor_results import TRANSPORT, fault_code, refused
from liuke.act.domain.channel import Failed, Unknown
from liuke.base.words import LANGUAGES, catalogue, render
from liuke.vendors.answers import Busy, Rejected, Unsure


def test_what_is_rejected_is_over_and_what_is_busy_comes_again() -> None:
    assert refused("x", Rejected("7", "no"), repeatable=True) == Failed("vendor_other", {"code": "7", "said": "no"})
    assert refused("x", Busy("limited", "", again_in=9.0), repeatable=False) == Failed(
        "vendor_limited", {"code": "limited", "said": ""}, transient=True, again_in=9.0
    )


def test_an_unanswered_call_is_made_again_only_where_a_repeat_is_harmless() -> None:
    params = {"code": "no_answer", "said": "ReadTimeout"}
    assert refused("x", Unsure("no_answer", "ReadTimeout"), repeatable=False) == Unknown("vendor_no_answer", params)
    assert refused("x", Unsure("no_answer", "ReadTimeout"), repeatable=True) == Failed("vendor_no_answer", params, transient=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_of_the_wire_has_words(language: str) -> None:
    assert {f"errors.{fault_code('x', code)}" for code in TRANSPORT} <= set(catalogue(language))
    assert "7" in render("errors.vendor_other", {"code": "7", "said": "no"}, language=language)
