"""The HTML part says what the text says, and nothing of the text is markup."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from liuke.act.channels import KINDS
from liuke.act.channels.email.html import html_of
from liuke.act.domain.channel import OutMessage
from tests.act.targets import target
from tests.simulators.smtp import Smtp

PIXEL = "https://liuke.example/o/abc.gif"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Smtp]:
    monkeypatch.setattr(settings, "EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
    with Smtp() as smtp:
        yield smtp


def test_links_can_be_pressed_and_the_rest_is_escaped() -> None:
    page = html_of("您好 <b>王总</b>，请看 https://a.example/x?a=1&b=2。", PIXEL)
    assert "&lt;b&gt;王总&lt;/b&gt;" in page
    assert '<a href="https://a.example/x?a=1&amp;b=2">https://a.example/x?a=1&amp;b=2</a>。' in page
    assert page.count("<img") == 1
    assert f'src="{PIXEL}"' in page


@given(st.text())
def test_no_text_makes_an_element(text: str) -> None:
    elements = html_of("", PIXEL).count("<")
    page = html_of(text, PIXEL)
    assert page.count("<") == elements + 2 * page.count("<a href=")
    assert page.count("<a href=") <= text.count("http")


def mailed(server: Smtp, pixel: str) -> list[str]:
    """The kinds of the parts of the mail that arrives."""
    message = OutMessage("customer:7", "customer", "到期提醒", "您好", to="li@acme.example", pixel=pixel)
    KINDS["email"].send(message, target({"from_address": "care@acme.example"}, {"smtp_url": server.url}))
    ((_, _, content),) = server.mails
    parts = message_from_bytes(content, policy=policy.default)
    return [part.get_content_type() for part in parts.walk() if not part.is_multipart()]


def test_a_mail_has_an_html_part_only_where_its_opening_is_asked_for(server: Smtp) -> None:
    assert mailed(server, "") == ["text/plain"]


def test_the_text_part_stays_where_there_is_an_html_part(server: Smtp) -> None:
    assert mailed(server, PIXEL) == ["text/plain", "text/html"]
