"""An ERP as a source: how far each kind of documents is read, what a try found, and the standard names of fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from liuke.base.errors import LiukeError
from liuke.base.words import render
from liuke.connect.service.kingdee import StreamProbe
from liuke.connect.sources.kingdee.streams import CONTROL, STREAMS
from liuke.connect.store.models import Source
from liuke.show.api.errors import error_body
from liuke.show.api.schemas.data import SourceStreamOut, SourceTestOut, StreamPresetOut, StreamTestOut
from liuke.show.queries.reader import Reader


def label_of(name: str, language: str) -> str:
    """What people call a kind of documents."""
    return render(f"sources.stream.{name}", {}, language=language)


def streams_out(source: Source, language: str) -> list[SourceStreamOut]:
    """How far each kind of documents is read; nothing before the first run."""
    cursor: Mapping[str, object] = source.cursor if isinstance(source.cursor, dict) else {}
    return [_stream_out(name, state, language) for name in STREAMS if isinstance(state := cursor.get(name), dict)]


def _stream_out(name: str, state: Mapping[str, object], language: str) -> SourceStreamOut:
    left = state.get("left_out")
    documents = state.get("documents")
    return SourceStreamOut(
        name=name,
        label=label_of(name, language),
        documents=documents if isinstance(documents, int) else 0,
        read_to=str(state.get("changed", ""))[:19].replace("T", " "),
        complete=bool(state.get("complete")),
        left_out=_reasons(left if isinstance(left, dict) else {}, language),
    )


def _reasons(left_out: Mapping[str, object], language: str) -> list[str]:
    """`未审核或已作废 3`."""
    return [f"{render(f'sources.left_out.{name}', {}, language=language)} {count}" for name, count in left_out.items()]


def streams_test_out(found: Sequence[StreamProbe], reader: Reader) -> SourceTestOut:
    """What a try found, stream by stream."""
    bad = sum(each.fault is not None for each in found)
    key, count = ("sources.kingdee_partly", bad) if bad else ("sources.kingdee_ok", len(found))
    message = render(key, {"streams": count}, language=reader.language)
    return SourceTestOut(ok=not bad, message=message, columns=[], rows=[], streams=[_test_out(each, reader) for each in found])


def _test_out(found: StreamProbe, reader: Reader) -> StreamTestOut:
    label = label_of(found.name, reader.language)
    rows = [list(row) for row in found.rows]
    return StreamTestOut(
        name=found.name, label=label, form=found.form, ok=found.fault is None, message=_said(found, reader.language),
        columns=list(found.columns), rows=rows,
    )  # fmt: skip


def _said(found: StreamProbe, language: str) -> str:
    if found.fault is not None:
        return fault_words(found.fault, language)
    plain = render("sources.stream_ok" if found.rows else "sources.stream_empty", {}, language=language)
    return "；".join([plain, *_reasons(found.left_out, language)])


def fault_words(fault: LiukeError, language: str) -> str:
    """A fault in the reader's words."""
    return str(error_body(fault.code, fault.params, language)["message"])


def presets_out(language: str) -> list[StreamPresetOut]:
    """Every kind of documents with its fields: those that steer the reading first."""
    return [
        StreamPresetOut(
            name=stream.name, label=label_of(stream.name, language), form=stream.form,
            fields=dict(sorted(stream.fields.items(), key=lambda each: each[0] not in CONTROL)),
        )
        for stream in STREAMS.values()
    ]  # fmt: skip
