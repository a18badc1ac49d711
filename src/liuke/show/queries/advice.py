"""「说什么」: what to say or do next, from the main reason; a small catalogue in locales, by signal, else by family."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from liuke.base.words import catalogue
from liuke.show.queries.reader import Reader


def advice(reader: Reader, reasons: Sequence[Mapping[str, Any]], name: str = "") -> str:
    """One sentence for the highest reason that has advice; blank where nothing raises the score."""
    known = catalogue("zh-CN")
    for reason in reasons:
        if reason["points"] <= 0 or reason["signal"] == "clip":
            continue
        for key in (f"advice.{reason['signal']}", f"advice.family.{reason['family']}"):
            if key in known:
                return reader.text(key, {"name": name, **reason["params"]})
    return ""
