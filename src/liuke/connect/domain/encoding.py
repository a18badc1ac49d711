"""Which encoding bytes are in, without a guess where the bytes themselves tell."""

from __future__ import annotations

import re

ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be", "windows-1252")
"""What a user may choose, in the order in which they are tried."""
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_ENOUGH = 16
_CHINESE_PAIR = re.compile(rb"[\xb0-\xf7][\xa1-\xfe]|[\xa1-\xa9][\xa1-\xfe]|[\x81-\xfe][\x30-\x39][\x81-\xfe][\x30-\x39]")
_HIGH = re.compile(rb"[\x80-\xff]")
_BINARY = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")


def marked(head: bytes) -> str:
    """The encoding that a byte-order mark names, or "" without one."""
    return next((name for mark, name in _MARKS if head.startswith(mark)), "")


def unmarked_utf16(head: bytes) -> str:
    """`utf-16-le` or `utf-16-be` where every second byte is mostly zero, as in western headers; else ""."""
    if len(head) < _ENOUGH:
        return ""
    even, odd = head[0::2], head[1::2]
    if odd.count(0) > 0.3 * len(odd) and not even.count(0):
        return "utf-16-le"
    if even.count(0) > 0.3 * len(even) and not odd.count(0):
        return "utf-16-be"
    return ""


def is_binary(head: bytes) -> bool:
    """Whether bytes are no text in any encoding we read: zero bytes, or more than 2% control characters."""
    return b"\0" in head or len(_BINARY.findall(head)) > 0.02 * len(head)


def is_chinese(part: bytes) -> bool:
    """Whether bytes beyond ASCII pair up as common GB 2312 / GB 18030 characters, rather than being western letters."""
    high = len(_HIGH.findall(part))
    pairs = sum(len(pair) - sum(byte < 0x80 for byte in pair) for pair in _CHINESE_PAIR.findall(part))
    return high == 0 or pairs > 0.7 * high
