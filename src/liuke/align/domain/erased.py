"""Rows that speak of somebody who was erased (DAT-18): they are refused as the last word on them, whatever else is wrong or right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from liuke.accounts.domain.tombstones import Refusals
from liuke.align.domain.attributes import EXTRA
from liuke.align.domain.values import Wrong

CODE = "erased"
"""The reject's code. Such a reject carries no cell of its row: the file of rejects would keep what was to go."""


def erased_rows(rows: pa.Table, refusals: Refusals) -> Wrong | None:
    """Which of the rows name an erased customer or contact, by number, telephone or e-mail; None where none does."""
    if not refusals or "customer_key" not in rows.column_names:
        return None
    found = _by_customer(rows["customer_key"], refusals)
    if "contact_id" in rows.column_names:
        found |= _by_contact(rows, refusals)
    for name in _reaching(rows.column_names):
        found |= _each(rows[name], lambda text: refusals.reached_by((text,)))
    return Wrong(pa.array(found), CODE) if found.any() else None


def keys_refused(keys: Sequence[str], refusals: Refusals) -> frozenset[str]:
    """The erased customers among the keys."""
    return frozenset(key for key in keys if refusals.customer(key)) if refusals else frozenset()


def _by_customer(column: pa.ChunkedArray, refusals: Refusals) -> NDArray[np.bool_]:
    return _each(column, refusals.customer)


def _by_contact(rows: pa.Table, refusals: Refusals) -> NDArray[np.bool_]:
    names = ("customer_key", "contact_id", "email", "phone", "name")
    told = zip(*(rows[name].to_pylist() for name in names), strict=True)
    return np.array(
        [bool(key) and refusals.contact(key, (number or mail or phone or name or "")[:80]) for key, number, mail, phone, name in told]
    )


def _reaching(names: Sequence[str]) -> list[str]:
    """Columns that may hold a number or an address: the contact's own, and whatever the user keeps beside."""
    return [name for name in names if name in {"phone", "email"} or name.startswith(EXTRA)]


def _each(column: pa.ChunkedArray, asked: Callable[[str], bool]) -> NDArray[np.bool_]:
    """Asked once per value that occurs, not once per row."""
    encoded = column.combine_chunks().dictionary_encode()
    says = [bool(text) and asked(text) for text in encoded.dictionary.to_pylist()]
    places = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False)
    found: NDArray[np.bool_] = np.array([*says, False], bool)[places]
    return found
