"""Reading texts on their way in: the workspace's reader, and rows with what it found. A row is read before it is written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import pyarrow as pa
import pyarrow.compute as pc

from liuke.facts.domain.readings import GONE, LONGEST_READ, TEXTS, VERSION, found_in, is_staff, with_reading, words_of
from liuke.facts.store.models import TextLists, TextSettings, TextVerdict
from liuke.text import Calibration, Lists, Reading, TextReader, calibration_from_plain, lists_from_plain

Address = tuple[str, str]
"""Source and activity id."""
_KINDS = pa.array(TEXTS, pa.string())


@dataclass(frozen=True, slots=True)
class Verdict:
    """A person's word on a text: it holds for these very words."""

    said: float
    text_digest: str


@dataclass(frozen=True, slots=True)
class RowReader:
    """Reads rows of activities for one workspace; take a new one for every batch, so that changed lists count at once."""

    texts: TextReader
    verdicts: Mapping[Address, Verdict] = field(default_factory=dict)

    @property
    def version(self) -> str:
        """Names artefact, lists and calibration: rows of another version are read again."""
        return self.texts.version

    def rows(self, rows: pa.RecordBatch) -> pa.RecordBatch:
        """Rows of `facts.domain.activity.ACTIVITY_SCHEMA` with what is read in them; others pass as they are."""
        has_words = pc.is_in(rows.column("kind"), value_set=_KINDS)
        if not pc.any(has_words).as_py():
            return rows
        chosen = rows.filter(has_words)
        names = (chosen.column(name).to_pylist() for name in ("source", "activity_id", "attrs"))
        read = self.attrs(*names)
        attrs = pc.replace_with_mask(rows.column("attrs"), has_words, pa.array(read, pa.string()))
        return rows.set_column(rows.schema.get_field_index("attrs"), rows.schema.field("attrs"), attrs)

    def attrs(self, sources: list[str], ids: list[str], attrs: list[str | None]) -> list[str]:
        """The attributes (JSON texts) with what is read in their words; all texts of a batch are read in one call."""
        told = [_plain(text) for text in attrs]
        words = [_words_to_read(one) for one in told]
        asked = {number: text for number, text in enumerate(words) if text}
        read = dict(zip(asked, self.texts.read(list(asked.values())), strict=True))
        return [
            text or "{}"
            if own is None or GONE in own
            else with_reading(text or "{}", self._found(read.get(number), address, words[number]))
            for number, (text, own, address) in enumerate(zip(attrs, told, zip(sources, ids, strict=True), strict=True))
        ]

    def _found(self, reading: Reading | None, address: Address, words: str) -> dict[str, object]:
        return {VERSION: self.version} if reading is None else found_in(reading, said=self._said(address, words))

    def _said(self, address: Address, words: str) -> float | None:
        verdict = self.verdicts.get(address)
        return verdict.said if verdict and verdict.text_digest == text_digest(words) else None


def _words_to_read(attrs: Mapping[str, object] | None) -> str:
    """Empty for attributes that are no object, for words of our staff and where the words are gone."""
    if not attrs or is_staff(attrs) or attrs.get(GONE):
        return ""
    return words_of(attrs)[:LONGEST_READ]


def text_digest(words: str) -> str:
    """Names a text without keeping it; only what was read of it counts."""
    return hashlib.sha256(words[:LONGEST_READ].encode("utf-8", "backslashreplace")).hexdigest()


def row_reader(workspace_id: int) -> RowReader:
    """The workspace's reader as of now: its lists, its calibration and what people said of single texts."""
    rows = TextVerdict.objects.filter(workspace_id=workspace_id).values_list("source", "activity_id", "said", "text_digest")
    verdicts = {(source, activity): Verdict(said, digest) for source, activity, said, digest in rows}
    return RowReader(text_reader(lists_live(workspace_id), calibration_of(workspace_id)), verdicts)


def lists_live(workspace_id: int) -> Lists:
    """The word lists in force; the empty ones before the first version."""
    newest = TextLists.objects.filter(workspace_id=workspace_id).order_by("-number").values_list("lists", flat=True).first()
    return lists_from_plain(newest) if newest else Lists()


def calibration_of(workspace_id: int) -> Calibration:
    """What the workspace's verdicts made of 0–100; as shipped without them."""
    kept = TextSettings.objects.filter(workspace_id=workspace_id).values_list("calibration", flat=True).first()
    return calibration_from_plain(kept) if kept else Calibration()


def text_reader(lists: Lists, calibration: Calibration) -> TextReader:
    """A loaded reader; those used last are kept, as loading costs a few hundred milliseconds."""
    return _loaded(lists.digest, calibration.digest, _Held(lists, calibration))


class _Held:
    """Hides lists and map from the cache's key: their digests are it."""

    def __init__(self, lists: Lists, calibration: Calibration) -> None:
        self.lists, self.calibration = lists, calibration

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=8)
def _loaded(_lists: str, _calibration: str, held: _Held) -> TextReader:
    return TextReader.load(held.lists, held.calibration)


def _plain(attrs: str | None) -> dict[str, object] | None:
    """The attributes; None where the text is no JSON object and stays as it is."""
    try:
        told = json.loads(attrs or "{}")
    except ValueError:
        return None
    return told if isinstance(told, dict) else None
