"""Texts that name sites; what names one is tested where browsers meet it (`tests/server/test_cors.py`)."""

from __future__ import annotations

from liuke.accounts.domain.origins import origins_clean


def test_only_texts_that_name_a_site_have_an_origin() -> None:
    assert origins_clean(["https://A.example/", "nothing", "https://a.example"]) == {
        "https://A.example/": "https://a.example",
        "https://a.example": "https://a.example",
    }
