"""A refusal as a sentence, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from liuke.base.words import catalogue, render

_TRANSLATED = ("medium", "over", "window")


def rule_text(rule: str, params: Mapping[str, object], language: str) -> str:
    """Why the governor refused or deferred, e.g. 「全部渠道的触达次数已满：每 7 天最多 2 次」."""
    words = {name: _word(str(value), language) if name in _TRANSLATED else value for name, value in params.items()}
    exact = f"governor.{rule}.{params.get('why', '')}"
    key = exact if exact in catalogue("zh-CN") else f"governor.{rule}"
    return render(key, {"medium": "—", **words}, language=language)


def _word(value: str, language: str) -> str:
    key = f"governor.word.{value}"
    return render(key, {}, language=language) if key in catalogue("zh-CN") else value
