"""Replies that mean no. Pure."""

from __future__ import annotations

import unicodedata

WORDS = frozenset({"R", "TD", "T", "N", "退订", "拒收", "退定", "UNSUBSCRIBE", "STOP"})
_TRIMMED = " \t\r\n。.,,!!;;\"'“”‘’"


def is_optout(text: str) -> bool:
    """Whether a reply asks to be left alone: R, TD, T, 退订, 拒收 and their like, trimmed, in any case, also full-width."""
    plain = unicodedata.normalize("NFKC", text).strip(_TRIMMED).upper()
    return plain in WORDS or plain in {f"回复{word}" for word in WORDS}
