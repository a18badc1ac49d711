"""A calendar as text: iCalendar, RFC 5545 (content lines §3.1, text §3.3.11, UTC times §3.3.5, components §3.6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

LINE_BYTES = 75
"""Octets of a content line without its end (§3.1)."""
_PRODUCT = "-//Liuke//Tasks//EN"


@dataclass(frozen=True, slots=True)
class Entry:
    """One event. `at` a moment = that moment for `minutes`; a day = the whole day. `uid` is stable and unique in the world."""

    uid: str
    at: datetime | date
    summary: str
    description: str = ""
    link: str = ""
    minutes: int = 30


def calendar_text(entries: Iterable[Entry], *, name: str, stamp: datetime) -> str:
    """The whole calendar with CRLF line ends; `stamp` is when it was made."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines += [f"X-WR-CALNAME:{escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"]
    for entry in entries:
        lines += _event(entry, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _event(entry: Entry, stamp: datetime) -> list[str]:
    lines = ["BEGIN:VEVENT", f"UID:{escaped(entry.uid)}", f"DTSTAMP:{_utc(stamp)}", *_times(entry), f"SUMMARY:{escaped(entry.summary)}"]
    if entry.description:
        lines.append(f"DESCRIPTION:{escaped(entry.description)}")
    if entry.link:
        lines.append(f"URL:{entry.link}")
    return [*lines, "END:VEVENT"]


def _times(entry: Entry) -> list[str]:
    if isinstance(entry.at, datetime):
        return [f"DTSTART:{_utc(entry.at)}", f"DTEND:{_utc(entry.at + timedelta(minutes=entry.minutes))}"]
    following = entry.at + timedelta(days=1)
    return [f"DTSTART;VALUE=DATE:{entry.at:%Y%m%d}", f"DTEND;VALUE=DATE:{following:%Y%m%d}", "TRANSP:TRANSPARENT"]


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escaped(text: str) -> str:
    """TEXT of §3.3.11: backslash, semicolon, comma and line breaks escaped, other control characters left out."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(sign for sign in plain if sign in {"\n", "\t"} or (ord(sign) >= 0x20 and ord(sign) != 0x7F))
    for sign, stands in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        kept = kept.replace(sign, stands)
    return kept


def folded(line: str) -> str:
    """The line in parts of at most 75 octets of UTF-8, never inside a character; each following part begins with a space (§3.1)."""
    parts: list[str] = []
    part, size, most = "", 0, LINE_BYTES
    for sign in line:
        octets = len(sign.encode("utf-8"))
        if size + octets > most:
            parts.append(part)
            part, size, most = "", 0, LINE_BYTES - 1
        part, size = part + sign, size + octets
    return "\r\n ".join([*parts, part])
