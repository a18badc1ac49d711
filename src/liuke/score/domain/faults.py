"""Reading plain data with every fault kept: what is wrong, where, and what is allowed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

Fault = dict[str, object]
"""`at` (path), `key` (catalogue key of the sentence), and what is allowed."""
NAME_LENGTH = 40


def unknown(at: str, allowed: Sequence[str]) -> Fault:
    """A name that nobody knows, with those that are known."""
    return {"at": at, "key": "faults.unknown", "allowed": list(allowed)}


def only(given: Mapping[str, object], at: str, names: Sequence[str]) -> list[Fault]:
    """A fault for each name of `given` that is not one of `names`."""
    prefix = f"{at}." if at else ""
    return [unknown(f"{prefix}{name}", names) for name in given if name not in names]


def mapping(value: object, at: str, faults: list[Fault]) -> Mapping[str, object]:
    """An object; absent is empty."""
    if value is None:
        return {}
    if isinstance(value, Mapping):
        return {str(name): part for name, part in value.items()}
    faults.append({"at": at, "key": "faults.object"})
    return {}


def items(value: object, at: str, most: int, faults: list[Fault]) -> Sequence[Mapping[str, object]]:
    """A list of objects, not more than `most`."""
    if not isinstance(value, list | tuple):
        faults.append({"at": at, "key": "faults.list"})
        return []
    if len(value) > most:
        faults.append({"at": at, "key": "faults.too_many", "most": most})
    return [mapping(part, f"{at}.{place}", faults) for place, part in enumerate(value[:most])]


def number(value: object, at: str, low: float, high: float, faults: list[Fault]) -> float:
    """A finite number within the bounds; `low` where it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or not low <= value <= high:
        faults.append({"at": at, "key": "faults.range", "value": value, "low": low, "high": high})
        return low
    return float(value)


def yes_or_no(value: object, at: str, faults: list[Fault]) -> bool:
    """True or false, nothing that looks like it."""
    if not isinstance(value, bool):
        faults.append({"at": at, "key": "faults.yes_or_no"})
    return value is True


def name_of(value: object, at: str, faults: list[Fault], *, blank: bool = False) -> str:
    """A name that people gave, without spaces around it; blank only where that means "the usual one"."""
    text = value.strip() if isinstance(value, str) else None
    if text is None or len(text) > NAME_LENGTH or not (text or blank):
        faults.append({"at": at, "key": "faults.name", "most": NAME_LENGTH})
    return text or ""


def names_differ(names: Sequence[str], at: str, faults: list[Fault]) -> None:
    """Two of one name cannot be told apart in a reason or a history."""
    faults += [
        {"at": f"{at}.{place}.name", "key": "faults.twice", "value": name} for place, name in enumerate(names) if name in names[:place]
    ]
