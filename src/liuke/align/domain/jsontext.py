"""JSON objects as text, built column by column: `attrs` of millions of rows without a Python object per row."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

_CONTROL = "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]"
_ESCAPES = (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t"))


def quoted(texts: pa.Array) -> pa.Array:
    """JSON string literals. Control characters that no text needs are dropped."""
    texts = pc.cast(texts, pa.string())
    if pc.any(pc.match_substring_regex(texts, '[\\x00-\\x1f"\\\\]')).as_py():
        texts = pc.replace_substring_regex(texts, _CONTROL, "")
        for plain, escaped in _ESCAPES:
            texts = pc.replace_substring(texts, plain, escaped)
    return pc.binary_join_element_wise('"', texts, '"', "")


def literal(values: pa.Array) -> pa.Array:
    """JSON literals of a text, number or truth column; null stays null. Whole floats lose their `.0`, NaN is null."""
    if pa.types.is_boolean(values.type):
        return pc.cast(values, pa.string())
    if pa.types.is_floating(values.type):
        finite = pc.if_else(pc.is_finite(values), pc.add(values, 0.0), None)  # -0.0 + 0.0 = 0.0
        return pc.replace_substring_regex(pc.cast(finite, pa.string()), "\\.0$", "")
    if pa.types.is_integer(values.type):
        return pc.cast(values, pa.string())
    return quoted(values)


def _filled(values: pa.Array) -> pa.Array:
    """Literals; an empty text is null."""
    if pa.types.is_string(values.type):
        return literal(pc.if_else(pc.equal(values, ""), None, values))
    return literal(values)


def json_objects(fields: Mapping[str, pa.Array]) -> pa.Array:
    """One JSON object per row from columns of equal length; a null or empty text leaves its field out."""
    parts = [
        pc.binary_join_element_wise(f",{json.dumps(name, ensure_ascii=False)}:", _filled(values), "") for name, values in fields.items()
    ]
    joined = pc.binary_join_element_wise(*parts, "", null_handling="replace", null_replacement="")
    return pc.binary_join_element_wise("{", pc.ascii_ltrim(joined, ","), "}", "")
