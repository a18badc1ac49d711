"""What a request may hold at all: plain UTF-8 JSON that every database can keep. Everything else is refused before any view."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.errors import HttpError
from ninja.parser import Parser

WHOLE = 2**63
"""Whole numbers lie below this: what both databases keep."""


class StrictParser(Parser):
    """Refuses NaN, infinite and over-long numbers, NUL and halves of surrogate pairs: databases fail on them in odd ways."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body as plain data. A ValueError becomes 400 `bad_request`."""
        text = request.body.decode()
        data = json.loads(text, parse_constant=_refused, parse_float=_finite, parse_int=_whole)
        if "\\u" in text:
            _sound([data])
        return data

    def parse_querydict(self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest) -> dict[str, Any]:
        """The fields of an address or a form. Raises HttpError 400."""
        if any("\0" in value for _, values in data.lists() for value in values if isinstance(value, str)):
            raise HttpError(400, "NUL")
        return super().parse_querydict(data, list_fields, request)


def _refused(text: str) -> float:
    raise ValueError(text)


def _finite(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _refused(text)


def _whole(text: str) -> int:
    number = int(text) if len(text) <= len(str(-WHOLE)) else WHOLE
    if not -WHOLE <= number < WHOLE:
        raise ValueError(text[:20])
    return number


def _sound(values: Iterable[Any]) -> None:
    """Walks without recursion: the depth is the sender's choice."""
    rest = list(values)
    while rest:
        value = rest.pop()
        if isinstance(value, dict):
            rest += [*value.keys(), *value.values()]
        elif isinstance(value, list):
            rest += value
        elif isinstance(value, str) and (not value.isascii() or "\0" in value):
            if "\0" in value:
                raise ValueError("NUL")
            value.encode()  # raises UnicodeEncodeError, a ValueError, for half a pair
