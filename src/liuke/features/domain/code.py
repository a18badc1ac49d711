"""The code of a metric that a person made: its column's name."""

from __future__ import annotations

import re
from collections.abc import Collection

from liuke.features.domain.spec import MetricSpec, Shape

PREFIX = "my_"
"""Own metrics never share a code with built-in ones or with those of signals."""
LONGEST = 50


def code_of(name: str, spec: MetricSpec, taken: Collection[str]) -> str:
    """`my_` and the name's Latin words; where it has none, what it measures (`my_login_count_30`); numbered where taken."""
    words = re.findall(r"[a-z0-9]+", name.lower())
    told = words if any(not word.isdigit() for word in words) else _told(spec)
    stem = (PREFIX + "_".join(told))[:LONGEST].rstrip("_")
    numbered = (stem if nth == 1 else f"{stem}_{nth}" for nth in range(1, len(taken) + 2))
    return next(code for code in numbered if code not in taken)


def _told(spec: MetricSpec) -> list[str]:
    kinds = "_".join(spec.kinds[:2]) or "interaction"
    told = [*re.findall(r"[a-z0-9]+", kinds.lower()), spec.measure.value]
    told += [str(spec.days)] if spec.days else []
    return told if spec.shape is Shape.PLAIN else [*told, spec.shape.value]
