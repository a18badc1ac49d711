"""Automatic mapping (DAT-02): by what a header says and by whether the values below it can be read as the field."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from liuke.align.domain.dates import DateOrder, find_order
from liuke.align.domain.entities import ENTITIES, Entity, Field, FieldType
from liuke.align.domain.mapping import KEEP, REJECT_HEADERS, ColumnMapping, missing_fields, reading_of, target_of
from liuke.align.domain.values import read_values
from liuke.connect.domain.detected import Column

_NOISE = re.compile(r"[\s_\-./:：()（）\[\]【】#*、]+")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_A-Za-z]+")
_UNIT = re.compile(r"[(（\[【].*?[)）\]】]")
_CLOSE_ENOUGH = 0.5
_OUTRIGHT = 0.9
_READABLE = 0.8
_STRICT = frozenset({FieldType.MONEY, FieldType.NUMBER, FieldType.DATETIME, FieldType.DATE, FieldType.BOOL})


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """What became of a column: the field (KEEP, or "" for none) and the share of its first values that can be read as it, 0–1."""

    name: str
    field: str
    parse_rate: float | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A mapping to start from. `match_rate`: share of columns with a place times share of their values that can be read.

    `missing`: required fields without a column. `undecided_dates`: columns whose dates may be day or month first.
    """

    mapping: ColumnMapping
    columns: Sequence[ColumnMatch]
    match_rate: float
    missing: Sequence[str]
    undecided_dates: Sequence[str] = ()


def plain(header: str) -> str:
    """A header without case, blanks, punctuation and a unit in brackets."""
    bare = _UNIT.sub("", header)
    return _NOISE.sub("", bare or header).lower()


def words(header: str) -> list[str]:
    """The words of a header in lower case, `invoiceAmount` and `invoice_amount` alike."""
    return [word.lower() for word in _WORD.findall(_UNIT.sub("", header))]


def closeness(header: str, wanted: Field) -> float:
    """How well a header names a field, 0–1: 1 for the field's own name or a synonym (earlier ones a little better)."""
    text = plain(header)
    names = [plain(wanted.name), *(plain(name) for name in wanted.synonyms)]
    if text in names:
        return 1 - 0.004 * names.index(text)
    latin = [_share_of_words(words(header), words(name)) for name in (wanted.name, *wanted.synonyms) if name.isascii()]
    return max([*latin, *(_share_of_text(text, name) for name in names if not name.isascii())], default=0.0)


def _share_of_words(header: Sequence[str], name: Sequence[str]) -> float:
    """Closeness of a header that contains all words of a name in a row: whole words, or `country` would be a `count`."""
    runs = (list(header[start : start + len(name)]) for start in range(len(header) - len(name) + 1))
    return 0.5 + 0.4 * len("".join(name)) / len("".join(header)) if list(name) in runs and len("".join(name)) > 3 else 0.0


def _share_of_text(text: str, name: str) -> float:
    """Closeness of Chinese headers of which one contains the other; a single character is contained in too much."""
    if len(text) < 2 or len(name) < 2:
        return 0.0
    if name in text:
        return 0.5 + 0.4 * len(name) / len(text)
    return 0.4 + 0.4 * len(text) / len(name) if text in name and len(text) >= 0.6 * len(name) else 0.0


def parse_rate(column: Column, wanted: Field, zone: str = "UTC") -> float | None:
    """The share of a column's first values that can be read as the field, 0–1; None without values."""
    if not column.samples:
        return None
    texts = pa.array(column.samples, pa.string())
    _, faults = read_values(texts, wanted, reading_of(column, DateOrder.AUTO, zone))
    wrong = sum(pc.sum(fault.rows).as_py() or 0 for fault in faults if fault.code != "missing")
    return 1 - wrong / len(texts)


def _score(column: Column, wanted: Field) -> float:
    score = closeness(column.name, wanted)
    if score and wanted.type in _STRICT and column.samples and (parse_rate(column, wanted) or 0) < _READABLE:
        return 0.3 * score
    return score


def _named(column: Column, wanted: Field) -> float:
    return closeness(column.name, wanted)


def suggest_mapping(entity: str, columns: Sequence[Column]) -> Suggestion:
    """The best one-to-one assignment, greedily from the surest pair on; the rest is kept where the entity can keep it.

    A header that names a field outright keeps it even if its values cannot be read, unless another column's can.
    """
    wanted = ENTITIES[entity]
    data = [column for column in columns if column.name not in REJECT_HEADERS]
    chosen = _assigned(wanted, data)
    matches = [_match(column, chosen.get(column.name), wanted) for column in columns]
    mapping = ColumnMapping(entity, {match.name: match.field for match in matches if match.field})
    missing = missing_fields(wanted, [field.name for field in chosen.values()])
    return Suggestion(mapping, matches, _rate(matches, columns), missing, _undecided(chosen, data))


def _assigned(entity: Entity, columns: Sequence[Column]) -> dict[str, Field]:
    chosen: dict[str, Field] = {}
    for judge, least in ((_score, _CLOSE_ENOUGH), (_named, _OUTRIGHT)):
        pairs = [(judge(column, field), -place, field, column) for column in columns for place, field in enumerate(entity.fields)]
        for score, _, field, column in sorted(pairs, key=lambda pair: pair[:2], reverse=True):
            if score >= least and column.name not in chosen and field not in chosen.values():
                chosen[column.name] = field
    return chosen


def _undecided(chosen: Mapping[str, Field], columns: Sequence[Column]) -> list[str]:
    """Columns of dates whose values do not tell whether the day or the month comes first."""
    dated = [column for column in columns if column.name in chosen and chosen[column.name].type in {FieldType.DATE, FieldType.DATETIME}]
    return [column.name for column in dated if find_order(column.samples) is DateOrder.AUTO]


def match_columns(mapping: ColumnMapping, columns: Sequence[Column]) -> list[ColumnMatch]:
    """What a user's mapping makes of each column."""
    entity = ENTITIES[mapping.entity]
    matches = []
    for column in columns:
        target = target_of(mapping, entity, column.name)
        field = entity.field(target)
        matches.append(ColumnMatch(column.name, target, parse_rate(column, field) if field else None))
    return matches


def _match(column: Column, field: Field | None, entity: Entity) -> ColumnMatch:
    if field:
        return ColumnMatch(column.name, field.name, parse_rate(column, field))
    return ColumnMatch(column.name, KEEP if entity.extras and column.name not in REJECT_HEADERS else "")


def _rate(matches: Sequence[ColumnMatch], columns: Sequence[Column]) -> float:
    filled = [match for match, column in zip(matches, columns, strict=True) if column.samples and match.name not in REJECT_HEADERS]
    if not filled:
        return 0.0
    return sum((1.0 if match.parse_rate is None else match.parse_rate) for match in filled if match.field) / len(filled)


def guess_entity(columns: Sequence[Column], file_name: str = "") -> str:
    """The entity whose fields the headers name best, required ones first; the file's name decides between close ones."""
    return max(ENTITIES, key=lambda name: _likeness(ENTITIES[name], columns, file_name))


def _likeness(entity: Entity, columns: Sequence[Column], file_name: str) -> float:
    best = {field.name: max((_score(column, field) for column in columns), default=0.0) for field in entity.fields}
    found = [name for name, score in best.items() if score >= _CLOSE_ENOUGH]
    required = len(missing_fields(entity, []))
    complete = 1 - len(missing_fields(entity, found)) / required if required else 1.0
    named = sum(best[name] for name in found) / max(len(columns), len(found), 1)
    hint = any(word in file_name.lower() for word in _FILE_WORDS[entity.name])
    own = sum(closeness(column.name, entity.fields[0]) >= 0.99 for column in columns)
    return 2 * complete + named + 0.5 * hint + 0.1 * bool(own)


_FILE_WORDS = {
    "customers": ("customer", "client", "account", "客户资料", "客户档案", "客户列表"),
    "contacts": ("contact", "联系人"),
    "orders": ("order", "sales", "transaction", "订单", "销售", "出库"),
    "activities": ("activit", "event", "behavio", "行为", "日志"),
    "tickets": ("ticket", "case", "incident", "工单", "投诉"),
    "messages": ("message", "chat", "conversation", "消息", "聊天"),
    "surveys": ("survey", "nps", "csat", "feedback", "问卷", "评价", "满意度"),
    "payments": ("payment", "receivable", "收款", "回款", "应收", "账单"),
    "contracts": ("contract", "subscription", "合同", "协议"),
    "opportunities": ("opportunit", "deal", "pipeline", "商机"),
}
