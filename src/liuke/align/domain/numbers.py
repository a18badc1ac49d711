"""Numbers and money as people write them, a column at a time: ￥1,234.50, £8.2, 1.2万, (300.00), 5元, 1.234,56."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

LARGEST = 1e12
"""A larger number is taken for a mistake (a telephone or card number in the wrong column)."""
ACCEPTED = "1234.50, 1,234.50, ¥1,234.50, 1.2万, -300, (300)"
"""Examples that an error message shows."""
_SIGNS = r"(?i)[¥￥$£€元圆块\s]|\b(rmb|cny|usd|gbp|eur|hkd)\b|^(rmb|cny|usd|gbp|eur|hkd)|(rmb|cny|usd|gbp|eur|hkd)$"
_SOUND = r"^[-+]?(\d{1,3}(,\d{3,4})+|\d+)?(\.\d*)?([eE][-+]?\d+)?[万亿]?$"
_DECIMAL_COMMA = re.compile(r"^\D*\d{1,3}(\.\d{3})*,\d{1,2}\D*$")
_THOUSANDS_COMMA = re.compile(r"\d,\d{3}(\D|$)")
_UNITS = (("万", 1e4), ("亿", 1e8))


def uses_decimal_comma(samples: Iterable[str]) -> bool:
    """Whether 1.234,56 is how this column writes numbers: some value ends in a comma and cents, none groups by commas."""
    values = list(samples)
    return any(_DECIMAL_COMMA.match(value) for value in values) and not any(_THOUSANDS_COMMA.search(value) for value in values)


def parse_numbers(texts: pa.Array, *, decimal_comma: bool = False) -> pa.Array:
    """Numbers (float64); null where a text is none, is infinite or larger than LARGEST."""
    try:
        values = pc.cast(texts, pa.float64())
    except pa.ArrowInvalid:
        coded = texts.dictionary_encode()
        values = _written(coded.dictionary, decimal_comma).take(coded.indices)
    sound = pc.and_(pc.is_finite(values), pc.less_equal(pc.abs(values), LARGEST))
    return pc.if_else(sound, values, None)


def _written(texts: pa.Array, decimal_comma: bool) -> pa.Array:
    texts = pc.replace_substring_regex(pc.utf8_normalize(texts, "NFKC"), _SIGNS, "")
    if decimal_comma:
        texts = pc.replace_substring(pc.replace_substring(texts, ".", ""), ",", ".")
    texts = pc.replace_substring(texts, "−", "-")
    texts = pc.replace_substring_regex(texts, r"^\((.+)\)$", r"-\1")
    texts = pc.replace_substring_regex(texts, r"^([\d.,]+)-$", r"-\1")
    sound = pc.and_(pc.match_substring_regex(texts, _SOUND), pc.match_substring_regex(texts, r"\d"))
    factor = pa.repeat(pa.scalar(1.0), len(texts))
    for unit, times in _UNITS:
        factor = pc.if_else(pc.ends_with(texts, unit), times, factor)
    plain = pc.replace_substring_regex(pc.if_else(sound, texts, None), "[,万亿]", "")
    return pc.multiply(pc.cast(plain, pa.float64()), factor)
