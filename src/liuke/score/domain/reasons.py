"""The lines of a score as JSON text, built only for signals that fired."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from liuke.score.domain.points import CLIP, OVERRIDE, ExtraLine, Line, Points, Spoken
from liuke.signals.domain.reason import Family
from liuke.signals.domain.signal import Flags, Numbers, Sentence

Parts = list[list[tuple[float, str]]]
"""Per customer the lines so far: what each is sorted by, and its text."""


def reasons_json(points: Points) -> list[str]:
    """Per customer `[{"signal", "family", "points", "key", "params"}]`: raising ones first, each by size, the clipping last.

    Tags and rules stand among the signals by their points; a person's adjustment comes first, so that nobody overlooks it. A line of a
    model has `parts` besides, what its points are made of: `[{"name", "points", "value"}]`.
    """
    parts: Parts = [[] for _ in range(len(points.score))]
    _add_signals(parts, points.lines)
    if points.spoken is not None:
        _add_spoken(parts, points.spoken)
    _add_extra(parts, points.extra)
    _add_clipping(parts, points.clip)
    return ["[" + ",".join(text for _, text in sorted(lines)) + "]" for lines in parts]


def _add_signals(parts: Parts, lines: Sequence[Line]) -> None:
    for line in lines:
        rows = np.nonzero(line.points)[0]
        head = _head(line.signal.code, line.signal.family.value)
        _add(parts, rows, line.points[rows], _lines_json(head, line.points[rows], line.judged.key, line.judged.params, rows))


def _add(parts: Parts, rows: NDArray[np.int64], amounts: Numbers, texts: Sequence[str]) -> None:
    for row, amount, text in zip(rows.tolist(), amounts.tolist(), texts, strict=True):
        parts[row].append((-amount, text))


def _add_extra(parts: Parts, lines: Sequence[ExtraLine]) -> None:
    """Tags, rules and a person's adjustment, which stands before everything."""
    for extra in lines:
        text = f'"key":"{extra.key}","params":{json.dumps(extra.params, ensure_ascii=False)}}}'
        for row in np.nonzero(extra.points)[0].tolist():
            amount = float(extra.points[row])
            line = f"{_head(extra.code, extra.family)}{_number(amount)},{text}"
            parts[row].append((float("-inf") if extra.code == OVERRIDE else -amount, line))


def _add_clipping(parts: Parts, clips: Numbers) -> None:
    for row in np.nonzero(clips)[0].tolist():
        clip = float(clips[row])
        parts[row].append((float("inf"), f'{_head(CLIP, CLIP)}{_number(clip)},"key":"reasons.clip","params":{{}}}}'))


def _add_spoken(parts: Parts, spoken: Spoken) -> None:
    """A model's lines: the sentence that speaks, and what the family's points are made of."""
    for line in spoken.lines:
        rows = np.nonzero(line.points)[0]
        made = [',"parts":[', _made_of(spoken, line.family, rows), "]"]
        texts = _lines_json(_head(line.code, line.family), line.points[rows], line.key, line.params, rows, made)
        _add(parts, rows, line.points[rows], texts)


def _made_of(spoken: Spoken, family: str, rows: NDArray[np.int64]) -> pa.Array:
    """The columns with points, per row, as JSON objects in the model's order."""
    cells = [pa.nulls(len(rows), pa.string())]
    for place in spoken.modelled.of_family(family).tolist():
        name, amounts = spoken.modelled.names[place], spoken.modelled.parts[rows, place]
        value = _texts(spoken.table.number(name)[rows])
        cell = pc.binary_join_element_wise(
            f'{{"name":"{name}","points":', pc.cast(pa.array(amounts), pa.string()), ',"value":', value, "}", ""
        )
        cells.append(pc.if_else(pa.array(amounts != 0), cell, pa.scalar(None, pa.string())))
    return pc.binary_join_element_wise(*cells, ",", null_handling="skip")


def main_families(points: Points) -> list[str | None]:
    """The family of signals with the most raising points per customer; null where none of the six raises the score."""
    size, raising = len(points.score), _by_family(points)
    families = sorted({family for family, _ in raising})
    if not families or not size:
        return [None] * size
    sums = np.zeros((len(families), size))
    for family, amounts in raising:
        sums[families.index(family)] += np.maximum(amounts, 0.0)
    best = sums.argmax(axis=0)
    return [families[index] if amount > 0 else None for index, amount in zip(best.tolist(), sums.max(axis=0).tolist(), strict=True)]


def _by_family(points: Points) -> list[tuple[str, Numbers]]:
    """The points of each line of a signal, and of those that a model's families speak; its other lines belong to none of the six."""
    lines = [(line.signal.family.value, line.points) for line in points.lines]
    if points.spoken is None:
        return lines
    six = {family.value for family in Family}
    return lines + [(line.family, line.points) for line in points.spoken.lines if line.family in six]


def unknown_json(lines: Sequence[Line], size: int) -> list[str]:
    """Per customer which signals could not be computed and why: `{"SIG-24": "missing.no_tickets"}`. Few patterns, many customers."""
    if not lines or not size:
        return ["{}"] * size
    flags = np.stack([_flags(line.judged.unknown) for line in lines], axis=1)
    patterns, which = np.unique(np.packbits(flags, axis=1), axis=0, return_inverse=True)
    known = [
        json.dumps({line.signal.code: line.judged.missing for line, unknown in zip(lines, bits, strict=False) if unknown})
        for bits in np.unpackbits(patterns, axis=1).tolist()
    ]
    return [known[pattern] for pattern in which.ravel().tolist()]


def _flags(flags: Flags) -> NDArray[Any]:
    return np.asarray(flags, dtype=np.bool_)


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)


def _head(code: str, family: str) -> str:
    return f'{{"signal":"{code}","family":"{family}","points":'


def _lines_json(  # noqa: PLR0917 - the parts of one line
    head: str, amounts: Numbers, key: str | NDArray[Any], params: Sentence, rows: NDArray[np.int64], more: Sequence[str | pa.Array] = ()
) -> list[str]:
    """The line of each row that fired, `more` behind its params: joined in Arrow, for there are millions."""
    keys = key if isinstance(key, str) else pa.array(key[rows].tolist(), pa.string())
    pieces = [head, pc.cast(pa.array(amounts + 0.0), pa.string()), ',"key":"', keys, '","params":{']
    for place, (name, value) in enumerate(params.items()):
        pieces += [f'{"," if place else ""}"{name}":', _texts(value[rows]) if isinstance(value, np.ndarray) else _json_number(float(value))]
    joined: list[str] = pc.binary_join_element_wise(*pieces, "}", *more, "}", "").to_pylist()
    return joined


def _texts(values: Numbers) -> pa.Array:
    """Numbers of four decimals as JSON."""
    read = np.round(values, 4) + 0.0  # no minus before a zero
    return pc.fill_null(pc.cast(pa.array(read, mask=~np.isfinite(read)), pa.string()), "null")


def _json_number(value: float) -> str:
    return _number(value) if isfinite(value) else "null"


def summed(reasons: Sequence[Mapping[str, Any]]) -> float:
    """The points of stored reasons; with the base they give the score."""
    return float(sum(reason["points"] for reason in reasons))
