"""Fail where a message has no text in one of the languages, or its two texts take different parameters."""

import sys
from string import Formatter

from liuke.base.words import LANGUAGES, catalogue


def fields(template: str) -> set[str]:
    """The parameter names of a template."""
    return {name for _, name, _, _ in Formatter().parse(template) if name}


first, *others = LANGUAGES
faults = [
    f"{language}: {key}: {problem}"
    for language in others
    for key in sorted(catalogue(first).keys() | catalogue(language).keys())
    for problem in [
        "missing"
        if key not in catalogue(language)
        else f"missing in {first}"
        if key not in catalogue(first)
        else "other parameters"
        if fields(catalogue(first)[key]) != fields(catalogue(language)[key])
        else ""
    ]
    if problem
]
sys.exit("\n".join(faults) or 0)
