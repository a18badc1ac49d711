"""A model card in a reader's language, as sections or as a file."""

from __future__ import annotations

from collections.abc import Mapping

from liuke.accounts.service import EXPORTED, audit_record
from liuke.base.errors import NotFound
from liuke.base.words import render
from liuke.learn.domain.card import Section, sections_of
from liuke.learn.domain.card_text import as_html, as_markdown
from liuke.learn.service.card import card_facts
from liuke.score.store.models import ModelVersion
from liuke.show.api.schemas.promise import CardOut, CardSection
from liuke.show.queries.reader import Reader

ENDINGS = {"markdown": ("md", "text/markdown"), "html": ("html", "text/html")}
"""Form → ending and content type of the file."""


def card_out(reader: Reader, number: int) -> CardOut:
    """The card. Raises NotFound("model_gone")."""
    title, sections = _said(reader, number, reader.language)
    return CardOut(
        number=number,
        title=title,
        sections=[
            CardSection(code=one.code, title=one.title, lines=list(one.lines), head=list(one.head), rows=[list(row) for row in one.rows])
            for one in sections
        ],
    )


def card_file(reader: Reader, number: int, form: str, language: str | None) -> str:
    """The card as Markdown or HTML; audited. Raises NotFound("model_gone")."""
    spoken = language or reader.language
    title, sections = _said(reader, number, spoken)
    audit_record(actor=reader.actor, action=EXPORTED, object_type="model_card", object_id=number, detail={"form": form})
    return as_markdown(title, sections) if form == "markdown" else as_html(title, sections, spoken)


def _said(reader: Reader, number: int, language: str) -> tuple[str, tuple[Section, ...]]:
    trained = ModelVersion.objects.filter(workspace=reader.workspace, number=number).exclude(status=ModelVersion.Status.TRAINING)
    version = trained.first()
    if version is None:
        raise NotFound("model_gone", number=number)

    def say(key: str, params: Mapping[str, object]) -> str:
        return render(key, params, language=language, currency=reader.workspace.currency)

    return say("card.title", {"number": number}), sections_of(card_facts(reader.workspace, version, reader.now), say)
