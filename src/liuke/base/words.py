"""Messages are stored as key + parameters and rendered here, per reader and language.

Catalogues are `locales/<language>.json` files inside any step's folder, and `<name>.words.json` beside a file that brings its
own texts (`{"zh-CN": {…}, "en": {…}}`); their keys are unique across the product.
A template is a `str.format` text whose fields may carry one of our own formats:
`{drop:pct}` 0.62 -> 62%, `{usual:money}` -> ¥8,200 (currency from the context), `{n:int}` -> 1,234, `{x:num}` -> 3.5,
`{day:date}` -> 2011-09-10 (from an ISO text, a date or a datetime), `{parts:parts}` -> messages in one line (from a list of
`{"key": …, "params": {…}}`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from itertools import chain
from pathlib import Path
from string import Formatter

LANGUAGES = ("zh-CN", "en")
SYMBOLS = {"CNY": "¥", "GBP": "£", "USD": "$", "EUR": "€", "HKD": "HK$", "JPY": "JP¥"}


def money(amount: float, currency: str) -> str:
    """An amount in whole units with its currency's sign: `£3,100`. Unknown currencies show their code."""
    sign = SYMBOLS.get(currency, f"{currency} ")
    return f"-{sign}{-amount:,.0f}" if amount < 0 else f"{sign}{amount:,.0f}"


BETWEEN = {"zh-CN": "\uff0c", "en": ", "}
"""What stands between parts of a line."""


class _Words(Formatter):
    def __init__(self, currency: str, language: str) -> None:
        self.currency, self.language = currency, language

    def format_field(self, value: object, format_spec: str) -> str:
        if value is None:
            return "—"
        if format_spec == "date":
            return value.strftime("%Y-%m-%d") if isinstance(value, date | datetime) else str(value)[:10]
        if format_spec == "parts" and isinstance(value, list | tuple):
            parts = (render(part["key"], part["params"], language=self.language, currency=self.currency) for part in value)
            return BETWEEN[self.language].join(parts)
        if isinstance(value, int | float) and format_spec in {"pct", "money", "int", "num"}:
            return self._number(value, format_spec)
        return str(super().format_field(value, format_spec))

    def _number(self, value: float, style: str) -> str:
        if style == "money":
            return money(value, self.currency)
        if style == "pct":
            return f"{value * 100:.0f}%"
        return f"{value:,.0f}" if style == "int" else f"{value:,.1f}".removesuffix(".0")


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """All templates of a language. Raises ValueError where two catalogues define one key."""
    merged: dict[str, str] = {}
    house = Path(__file__).parent.parent
    own = ((path, json.loads(path.read_text("utf-8"))[language]) for path in sorted(house.glob("**/*.words.json")))
    shared = ((path, json.loads(path.read_text("utf-8"))) for path in sorted(house.glob(f"**/locales/{language}.json")))
    entries: dict[str, str]
    for path, entries in chain(shared, own):
        twice = merged.keys() & entries.keys()
        if twice:
            raise ValueError(f"{path}: defined twice: {sorted(twice)}")
        merged |= entries
    return merged


def render(key: str, params: Mapping[str, object], *, language: str = "zh-CN", currency: str = "CNY") -> str:
    """The text of a stored message. An unknown language falls back to zh-CN; an unknown key renders as itself."""
    spoken = language if language in LANGUAGES else "zh-CN"
    template = catalogue(spoken).get(key)
    return key if template is None else _Words(currency, spoken).vformat(template, (), params)
