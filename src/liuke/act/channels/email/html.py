"""A plain text as the HTML part of a mail: the same words, links that can be pressed, and the open pixel where there is one."""

from __future__ import annotations

import re
from html import escape

LINK = re.compile(r"https?://[^\s<>\"'，。；）)]+")
_PAGE = (
    '<!doctype html><html><body style="font-family:system-ui,sans-serif;font-size:15px;line-height:1.7;color:#1f2733">'
    '<div style="white-space:pre-wrap">{text}</div>{pixel}</body></html>'
)


def html_of(text: str, pixel: str) -> str:
    """Nothing of the text is markup: everything is escaped, and only http and https become links."""
    return _PAGE.format(text=_linked(text), pixel=f'<img src="{escape(pixel)}" width="1" height="1" alt="">')


def _linked(text: str) -> str:
    parts, end = [], 0
    for found in LINK.finditer(text):
        url = escape(found.group())
        parts += [escape(text[end : found.start()]), f'<a href="{url}">{url}</a>']
        end = found.end()
    return "".join([*parts, escape(text[end:])])
