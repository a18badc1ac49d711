"""What Aliyun posts to a callback address. It is not signed: the address is the secret, and only known ids count."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from liuke.vendors.aliyun_sms.client import CHINA

ANSWER = b'{"code":0,"msg":"OK"}'


@dataclass(frozen=True, slots=True)
class Report:
    """One receipt (SmsReport)."""

    out_id: str
    biz_id: str
    phone: str
    ok: bool
    code: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Answered:
    """One reply of a customer (SmsUp)."""

    phone: str
    text: str
    at: datetime | None
    sequence: str


def read(body: bytes) -> tuple[list[Report], list[Answered]]:
    """Receipts and replies of one call; entries of neither shape are left out. Raises ValueError where it is no JSON list."""
    entries = json.loads(body)
    if not isinstance(entries, list):
        raise ValueError("not a list")  # noqa: TRY004 - one error for whatever is not what Aliyun sends
    rows = [entry for entry in entries if isinstance(entry, dict)]
    reports = [_report(row) for row in rows if "success" in row]
    replies = [_reply(row) for row in rows if "content" in row and "success" not in row]
    return reports, replies


def _report(row: Mapping[str, object]) -> Report:
    return Report(
        out_id=str(row.get("out_id") or ""),
        biz_id=str(row.get("biz_id") or ""),
        phone=str(row.get("phone_number", "")),
        ok=row["success"] is True,
        code=str(row.get("err_code") or ""),
        at=_moment(row.get("report_time")),
    )


def _reply(row: Mapping[str, object]) -> Answered:
    return Answered(
        phone=str(row.get("phone_number", "")),
        text=str(row["content"]),
        at=_moment(row.get("send_time")),
        sequence=str(row.get("sequence_id") or ""),
    )


def _moment(text: object) -> datetime | None:
    try:
        return datetime.strptime(str(text), "%Y-%m-%d %H:%M:%S").replace(tzinfo=CHINA)
    except ValueError:
        return None
