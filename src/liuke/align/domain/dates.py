"""Dates and times as people and programs write them, a column at a time.

Read: 2011-9-1, 2011/09/01 08:30, 2011年9月1日 8时30分, 20110901, 20110901083000, 1/9/2011 (day or month first, see `find_order`),
01-Sep-2011, with seconds, fractions, AM/PM, 上午/下午, Z or +08:00; Excel serial days; Unix seconds or milliseconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from liuke.align.domain.moments import local_to_us

ACCEPTED = "2011-09-01, 2011/9/1 08:30, 2011年9月1日, 20110901, 01/09/2011, 2011-09-01T08:30:00+08:00"
"""Examples that an error message shows."""


class DateOrder(StrEnum):
    """What comes first in 01/09/2011. `ymd` accepts no such dates; `auto` looks at the values."""

    AUTO = "auto"
    YMD = "ymd"
    DMY = "dmy"
    MDY = "mdy"


_TIME = (
    r"(?:[T\s]+(?P<p1>上午|下午)?\s*(?P<h>\d{1,2})[:时点](?P<i>\d{1,2})?(?:[:分](?P<s>\d{1,2})?秒?(?:[.,](?P<f>\d{1,9}))?)?分?"
    r"\s*(?P<p2>[AaPp][Mm])?)?\s*(?P<z>Z|z|UTC|[+-]\d{2}:?\d{2})?$"
)
_YMD = r"^(?P<y>\d{4})[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?" + _TIME
_AB = r"^(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})[-/.](?P<y>\d{4}|\d{2})" + _TIME
_COMPACT = r"^(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:[T\s]?(?P<h>\d{2}):?(?P<i>\d{2}):?(?P<s>\d{2})?)?(?P<z>Z)?$"
_NUMBER = r"^\d{5}(\.\d+)?$|^\d{10}$|^\d{13}$"
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905
_DAYS = np.array([0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
_YEARS = (1900, 2200)
_SERIALS = (10_000.0, 110_000.0)
_SERIAL_EPOCH_DAYS = 25_569
DAY_US = 86_400_000_000
_TWO_PARTS = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})\b")


def find_order(samples: Iterable[str]) -> DateOrder:
    """Day or month first, from values such as 13/09/2011 that can only be one; `auto` where none decides."""
    found = [match for match in map(_TWO_PARTS.match, samples) if match]
    if any(int(match[1]) > 12 for match in found):
        return DateOrder.DMY
    if any(int(match[2]) > 12 for match in found):
        return DateOrder.MDY
    return DateOrder.AUTO if found else DateOrder.YMD


class Parts:
    """Calendar parts of a column under construction: naive microseconds, offset minutes where given, and what was read."""

    def __init__(self, rows: int) -> None:
        self.naive = np.zeros(rows, np.int64)
        self.offset = np.full(rows, np.nan)
        self.read = np.zeros(rows, bool)

    def take(self, texts: pa.Array, pattern: str, order: DateOrder) -> None:
        """Reads what matches the pattern and is a real date; a cell that was read before stays."""
        found = pc.extract_regex(texts, pattern)
        hit = pc.is_valid(found).to_numpy(zero_copy_only=False) & ~self.read
        if not hit.any():
            return
        matched = found.filter(pa.array(hit))
        names = [field.name for field in matched.type]
        part = {name: pc.struct_field(matched, [name]) for name in names}
        if "a" in names:
            day, month = ("a", "b") if order is not DateOrder.MDY else ("b", "a")
            part["d"], part["m"] = part[day], part[month]
        date_us, sound = _date(_number(part["y"]), _number(part["m"]), _number(part["d"]))
        time_us, sound_time = _time(part)
        good = sound & sound_time
        where = np.flatnonzero(hit)[good]
        self.naive[where] = (date_us + time_us)[good]
        self.offset[where] = _offset(part.get("z"), len(hit[hit]))[good]
        self.read[where] = True

    def take_numbers(self, texts: pa.Array) -> None:
        """Excel serial days, Unix seconds and milliseconds."""
        hit = pc.fill_null(pc.match_substring_regex(texts, _NUMBER), False).to_numpy(zero_copy_only=False) & ~self.read
        if not hit.any():
            return
        values = pc.cast(texts.filter(pa.array(hit)), pa.float64()).to_numpy()
        serial = (values >= _SERIALS[0]) & (values < _SERIALS[1])
        unix = values >= 1e9
        where = np.flatnonzero(hit)
        seconds = np.where(values >= 1e12, values / 1000, values)
        micros = np.where(unix, np.round(seconds * 1e6), np.round((values - _SERIAL_EPOCH_DAYS) * 86_400) * 1e6)
        self.naive[where] = micros.astype(np.int64)
        self.offset[where[unix]] = 0
        self.read[where[serial | unix]] = True


def parse_naive(texts: pa.Array, order: DateOrder) -> Parts:
    """Calendar parts of distinct texts."""
    parts = Parts(len(texts))
    texts = _month_numbers(texts)
    parts.take(texts, _YMD, order)
    if order is not DateOrder.YMD:
        parts.take(texts, _AB, order)
    parts.take(texts, _COMPACT, order)
    parts.take_numbers(texts)
    return parts


def parse_datetimes(texts: pa.Array, order: DateOrder, zone: str) -> pa.Array:
    """UTC microseconds (int64) of local or offset-bearing texts; null where a text is no date."""
    coded = texts.dictionary_encode()
    parts = parse_naive(coded.dictionary, order)
    local = local_to_us(pa.array(parts.naive).cast(pa.timestamp("us")), zone).to_numpy()
    absolute = parts.naive - np.nan_to_num(parts.offset).astype(np.int64) * 60_000_000
    values = np.where(np.isnan(parts.offset), local, absolute)
    return pa.array(values, mask=~parts.read).take(coded.indices)


def parse_dates(texts: pa.Array, order: DateOrder) -> pa.Array:
    """Calendar days (date32) as written; null where a text is no date."""
    coded = texts.dictionary_encode()
    parts = parse_naive(coded.dictionary, order)
    days = np.floor_divide(parts.naive, DAY_US).astype(np.int32)
    return pa.array(days, mask=~parts.read).cast(pa.date32()).take(coded.indices)


def _month_numbers(texts: pa.Array) -> pa.Array:
    """`01-Sep-2011` -> `01-9-2011`, read day first by a mark of its own: a two-digit day before a named month."""
    if not pc.any(pc.match_substring_regex(texts, r"^\d{1,2}[-\s/.][A-Za-z]{3}")).as_py():
        return texts
    for number, name in enumerate(_MONTHS, 1):
        pattern = rf"(?i)^(\d{{1,2}})[-\s/.]{name}[a-z]*[-\s/.,]+(\d{{4}})"
        texts = pc.replace_substring_regex(texts, pattern, rf"\2-{number}-\1")
    return texts


def _number(texts: pa.Array) -> NDArray[np.int64]:
    """Whole numbers; a part that is not there is 0."""
    values = pc.cast(pc.if_else(pc.equal(texts, ""), "0", texts), pa.int64())
    return np.asarray(pc.fill_null(values, 0).to_numpy(zero_copy_only=False))


def _date(year: NDArray[np.int64], month: NDArray[np.int64], day: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    year = np.where(year < 70, year + 2000, np.where(year < 100, year + 1900, year))
    sound = (year >= _YEARS[0]) & (year < _YEARS[1]) & (month >= 1) & (month <= 12)
    month = np.where(sound, month, 1)
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    longest = np.where((month == 2) & ~leap, 28, _DAYS[month])
    sound &= (day >= 1) & (day <= longest)
    months = ((np.where(sound, year, 1970) - 1970) * 12 + month - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]").astype(np.int64) + day - 1
    return days * DAY_US, sound


def _time(part: dict[str, pa.Array]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    zero = np.zeros(len(part["y"]), np.int64)
    hour, minute, second = (_number(part[name]) if name in part else zero for name in ("h", "i", "s"))
    fraction = zero
    if "f" in part:
        fraction = _number(pc.utf8_slice_codeunits(pc.utf8_rpad(part["f"], 6, "0"), 0, 6))
    if "p1" in part:
        half = pc.coalesce(pc.if_else(pc.equal(part["p1"], ""), None, part["p1"]), part["p2"])
        after = pc.fill_null(pc.is_in(pc.utf8_lower(half), value_set=pa.array(["pm", "下午"])), False).to_numpy(zero_copy_only=False)
        before = pc.fill_null(pc.is_in(pc.utf8_lower(half), value_set=pa.array(["am", "上午"])), False).to_numpy(zero_copy_only=False)
        hour = np.where(after & (hour < 12), hour + 12, np.where(before & (hour == 12), 0, hour))
    sound = (hour < 24) & (minute < 60) & (second < 60)
    return ((hour * 60 + minute) * 60 + second) * 1_000_000 + fraction, sound


def _offset(zones: pa.Array | None, rows: int) -> NDArray[np.float64]:
    """Minutes east of Greenwich; NaN where the text names no offset."""
    minutes = np.full(rows, np.nan)
    if zones is None:
        return minutes
    for number, text in enumerate(zones.to_pylist()):
        if text in {"Z", "z", "UTC"}:
            minutes[number] = 0
        elif text:
            sign = -1 if text[0] == "-" else 1
            minutes[number] = sign * (int(text[1:3]) * 60 + int(text[-2:]))
    return minutes
