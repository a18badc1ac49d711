"""What Tencent Cloud posts to a callback address. It is not signed: the address is the secret, and only known ids count."""

from __future__ import annotations

import json
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
    reports = [
        Report(
            str(row.get("ext") or ""),
            str(row.get("sid") or ""),
            _number(row),
            row["report_status"] == "SUCCESS",
            str(row.get("errmsg") or ""),
        )
        for row in rows
        if "report_status" in row
    ]
    replies = [Answered(_number(row), str(row["text"]), str(row.get("time") or "")) for row in rows if "text" in row and "sid" not in row]
    return reports, replies


def _number(row: dict[str, object]) -> str:
    return f"+{row.get('nationcode') or '86'}{row.get('mobile', '')}"
