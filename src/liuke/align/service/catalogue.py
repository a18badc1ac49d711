"""What can be imported, for people: entities and fields with labels, and an empty file to fill in."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from liuke.align.domain.entities import ENTITIES, Entity, Field
from liuke.align.service.rejects import field_label
from liuke.base.errors import NotFound
from liuke.base.words import catalogue, render


@dataclass(frozen=True, slots=True)
class FieldInfo:
    """A field in a reader's language. `headers`: what automatic mapping recognises."""

    name: str
    label: str
    help: str
    required: bool
    type: str
    choices: tuple[str, ...]
    headers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntityInfo:
    """An entity in a reader's language. `one_of`: groups of fields of which one must be there."""

    name: str
    label: str
    help: str
    fields: tuple[FieldInfo, ...]
    one_of: tuple[tuple[str, ...], ...]


def entity_infos(language: str) -> list[EntityInfo]:
    """Every entity with its fields, in the order of the menu."""
    return [
        EntityInfo(
            entity.name,
            render(f"entities.{entity.name}", {}, language=language),
            render(f"entities.{entity.name}.help", {}, language=language),
            tuple(_field(entity, field, language) for field in entity.fields),
            entity.one_of,
        )
        for entity in ENTITIES.values()
    ]


def _field(entity: Entity, field: Field, language: str) -> FieldInfo:
    special, general = f"fields.{entity.name}.{field.name}.help", f"fields.{field.name}.help"
    words = catalogue(language)
    return FieldInfo(
        field.name,
        field_label(entity.name, field.name, language),
        words.get(special, words.get(general, "")),
        field.required,
        field.type.value,
        tuple(field.choices or ()),
        field.synonyms,
    )


def entity_template(name: str, language: str) -> bytes:
    """A CSV (UTF-8 with mark, so that Excel opens it right) with only the headers. Raises NotFound."""
    entity = ENTITIES.get(name)
    if entity is None:
        raise NotFound("mapping_entity", value=name, allowed=", ".join(ENTITIES))
    text = io.StringIO()
    csv.writer(text).writerow([field_label(name, field.name, language) for field in entity.fields])
    return text.getvalue().encode("utf-8-sig")
