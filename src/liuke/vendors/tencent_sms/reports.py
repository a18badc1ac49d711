"""What Tencent Cloud posts to a callback address. It is not signed: the address is the secret, and only known ids count."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

ANSWER = b'{"result":0,"errmsg":"OK"}'


@dataclass(frozen=True, slots=True)
class Report:
    """One receipt; `session` is what the sending gave along."""

    session: str
    serial: str
    phone: str
    ok: bool
    code: str


@dataclass(frozen=True, slots=True)
class Answered:
    """One reply of a customer."""

    phone: str
    text: str
    time: str


def read(body: bytes) -> tuple[list[Report], list[Answered]]:
    """Receipts (a list) or one reply (an object, or a list of such). Raises ValueError for what is no JSON of either shape."""
    entries = json.loads(body)
    rows = entries if isinstance(entries, list) else [entries]
    if not all(isinstance(row, dict) for row in rows):
        raise ValueError("neither a list of receipts nor a reply")
    reports = [_report(row) for row in rows if "report_status" in row]
    replies = [_reply(row) for row in rows if "text" in row and "sid" not in row]
    return reports, replies


def _report(row: Mapping[str, object]) -> Report:
    return Report(
        session=str(row.get("ext") or ""),
        serial=str(row.get("sid") or ""),
        phone=_number(row),
        ok=row["report_status"] == "SUCCESS",
        code=str(row.get("errmsg") or ""),
    )


def _reply(row: Mapping[str, object]) -> Answered:
    return Answered(_number(row), str(row["text"]), str(row.get("time") or ""))


def _number(row: Mapping[str, object]) -> str:
    return f"+{row.get('nationcode') or '86'}{row.get('mobile', '')}"
