"""The calendar's text, by the rules of RFC 5545, read back by a reader that knows nothing of the writer."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.act.plans.domain_ics import LINE_BYTES, Entry, calendar_text, escaped, folded

STAMP = datetime(2026, 11, 23, 8, tzinfo=UTC)
TEXT = st.text(st.characters(blacklist_categories=("Cs",)), max_size=300)


def unfolded(text: str) -> list[str]:
    """The content lines of a calendar (§3.1): a line break followed by a space is nothing."""
    assert text.endswith("\r\n")
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def read_text(value: str) -> str:
    """A TEXT value as a program reads it (§3.3.11)."""
    out, at = "", 0
    while at < len(value):
        if value[at] == "\\":
            out += {"n": "\n", "N": "\n"}.get(value[at + 1], value[at + 1])
            at += 2
        else:
            out, at = out + value[at], at + 1
    return out


def values(entry: Entry, name: str) -> list[str]:
    """The values of a property of the one event."""
    lines = unfolded(calendar_text([entry], name="留客", stamp=STAMP))
    return [line.split(":", 1)[1] for line in lines if line.split(":", 1)[0].split(";")[0] == name]


@given(TEXT)
def test_a_folded_line_has_at_most_75_octets_and_unfolds_to_itself(text: str) -> None:
    line = text.replace("\r", "").replace("\n", "")
    parts = folded(line).split("\r\n")
    assert all(len(part.encode("utf-8")) <= LINE_BYTES for part in parts)
    assert all(part.startswith(" ") for part in parts[1:])
    assert "".join([parts[0], *(part[1:] for part in parts[1:])]) == line


def test_folding_never_cuts_a_chinese_sign() -> None:
    for part in folded("SUMMARY:" + "客" * 100).split("\r\n"):
        assert part.encode("utf-8").decode("utf-8") == part


@given(TEXT)
def test_a_text_read_back_is_the_text_without_control_characters(text: str) -> None:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(sign for sign in plain if sign in "\n\t" or (ord(sign) >= 32 and ord(sign) != 127))
    assert read_text(escaped(text)) == kept


@given(TEXT)
def test_no_name_can_bring_in_a_property_of_its_own(text: str) -> None:
    entry = Entry("work-1@liuke", STAMP, text, text)
    lines = unfolded(calendar_text([entry], name=text, stamp=STAMP))
    names = [line.split(":", 1)[0].split(";")[0] for line in lines]
    assert names.count("BEGIN") == 2
    assert names.count("UID") == 1
    assert set(names) <= {
        "BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "X-WR-CALNAME", "REFRESH-INTERVAL", "X-PUBLISHED-TTL", "UID",
        "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "URL", "TRANSP",
    }  # fmt: skip


def test_moments_are_in_utc_and_last_half_an_hour() -> None:
    entry = Entry("u", datetime.fromisoformat("2026-11-23T18:00:00+08:00"), "x")
    assert (values(entry, "DTSTART"), values(entry, "DTEND")) == (["20261123T100000Z"], ["20261123T103000Z"])
    assert values(entry, "DTSTAMP") == ["20261123T080000Z"]


def test_a_day_is_a_date_that_ends_the_day_after_and_keeps_nobody_busy() -> None:
    entry = Entry("u", date(2026, 12, 31), "x")
    text = calendar_text([entry], name="n", stamp=STAMP)
    assert "DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\nTRANSP:TRANSPARENT\r\n" in text


def test_what_is_special_is_escaped() -> None:
    assert escaped("a\\b;c,d\ne") == "a\\\\b\\;c\\,d\\ne"


@pytest.mark.parametrize("needed", ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Liuke//Tasks//EN", "END:VCALENDAR"])
def test_an_empty_calendar_has_what_the_format_demands(needed: str) -> None:
    assert unfolded(calendar_text([], name="x", stamp=STAMP)).count(needed) == 1


def test_events_are_nested_rightly() -> None:
    lines = unfolded(calendar_text([Entry(f"u{n}", STAMP, "x", "y", "https://a.test/1") for n in range(3)], name="x", stamp=STAMP))
    marks = [line for line in lines if line.startswith(("BEGIN", "END"))]
    assert marks == ["BEGIN:VCALENDAR", *["BEGIN:VEVENT", "END:VEVENT"] * 3, "END:VCALENDAR"]
    assert len({line for line in lines if line.startswith("UID")}) == 3
