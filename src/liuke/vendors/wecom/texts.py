"""Texts as WeCom measures them: in bytes of UTF-8."""

from __future__ import annotations

ELLIPSIS = "…"


def shortened(text: str, most: int) -> str:
    """The text in at most `most` bytes of UTF-8; a cut one ends with an ellipsis and never within a sign."""
    if len(text.encode()) <= most:
        return text
    return text.encode()[: most - len(ELLIPSIS.encode())].decode("utf-8", "ignore") + ELLIPSIS
