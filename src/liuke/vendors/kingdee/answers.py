"""How 云星空 answers: rows as a list of lists, and refusals with HTTP 200 in one of three shapes (a bare object, the object wrapped
in two lists, a text that begins with `response_error:`). The numeric MsgCode decides, never the message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from liuke.vendors.answers import Rejected
from liuke.vendors.http import Reached

Cell = str | int | float | bool | None
Row = tuple[Cell, ...]
LOST = "1"
"""MsgCode of 会话信息已丢失: the session is gone, or, just as often, there never was a right credential."""
GATEWAY = 519
"""The status with which Kingdee's own gateway refuses; the reason is `errcode` in the body."""
_ERROR_TEXT = b"response_error:"


def rows_of(reached: Reached, fields: Sequence[str]) -> list[Row]:
    """The rows of a query, each as wide as `fields`; a row that repeats the field names is no row.

    Raises Rejected: with the MsgCode, `gateway_<errcode>`, `unreadable`, or `shape` for rows of another width.
    """
    found = _decoded(reached)
    _refuse(found)
    if not isinstance(found, list):
        raise Rejected("unreadable", _start(reached))
    rows = [tuple(row) for row in found if isinstance(row, list) and row]
    if not all(_is_row(row, len(fields)) for row in rows):
        raise Rejected("shape", _start(reached))
    return [row for row in rows if row != tuple(fields)]


def result_of(reached: Reached) -> Mapping[str, object]:
    """A single object. Raises Rejected as `rows_of` does."""
    found = _decoded(reached)
    _refuse(found)
    if not isinstance(found, dict):
        raise Rejected("unreadable", _start(reached))
    return found


def _decoded(reached: Reached) -> object:
    body = reached.body.lstrip(b"\xef\xbb\xbf \r\n")
    if body.startswith((_ERROR_TEXT, b'"' + _ERROR_TEXT)):
        _refuse_text(body.strip(b'" \r\n')[len(_ERROR_TEXT) :])
    try:
        found: object = msgspec.json.decode(body)
    except msgspec.DecodeError:
        raise Rejected("unreadable", _start(reached)) from None
    if isinstance(found, str) and found.startswith(_ERROR_TEXT.decode()):
        _refuse_text(found[len(_ERROR_TEXT) :].encode())
    if reached.status == GATEWAY:
        code = found.get("errcode") if isinstance(found, dict) else ""
        raise Rejected(f"gateway_{code}", str(found.get("description_cn", "") if isinstance(found, dict) else "")[:200])
    return found


def _refuse_text(text: bytes) -> None:
    """The third shape: behind the mark an object of the first shape, or only words."""
    try:
        found: object = msgspec.json.decode(text)
    except msgspec.DecodeError:
        found = None
    _refuse(found)
    raise Rejected("error", text[:300].decode("utf-8", "replace").strip())


def _refuse(found: object) -> None:
    """Raises Rejected where the object, bare or wrapped in lists, says that it did not succeed."""
    status = _status_in(found)
    if status is not None and status.get("IsSuccess") is False:
        raise Rejected(str(status.get("MsgCode", "") or "error"), _messages(status.get("Errors"))[:300])


def _status_in(found: object) -> Mapping[str, object] | None:
    """The ResponseStatus of an object, bare or wrapped in lists, in its Result or beside it."""
    while isinstance(found, list) and len(found) == 1 and isinstance(found[0], list | dict):
        found = found[0]
    result = found.get("Result", found) if isinstance(found, dict) else None
    status = result.get("ResponseStatus") if isinstance(result, dict) else None
    return status if isinstance(status, dict) else None


def _messages(errors: object) -> str:
    if not isinstance(errors, list):
        return ""
    return "；".join(str(each.get("Message", "")) for each in errors if isinstance(each, dict))


def _is_row(row: Row, width: int) -> bool:
    return len(row) == width and all(_is_cell(cell) for cell in row)


def _is_cell(value: object) -> bool:
    return value is None or isinstance(value, str | int | float | bool)


def _start(reached: Reached) -> str:
    return reached.body[:200].decode("utf-8", "replace")
