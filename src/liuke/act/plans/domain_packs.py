"""Content packs: 话术 with variables, filled for one customer (PLY-11)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from liuke.act.plans.domain import LEVELS, LONGEST_NAME, Cause
from liuke.base.faults import Faults

VARIABLES = ("客户名", "联系人", "负责人", "公司", "原因", "年消费", "今天")
"""What a script may say of the customer: the name, the key contact, our person, our company, the reason, yearly money, today."""
MOST_SCRIPTS, LONGEST_SCRIPT = 12, 1000
_VARIABLE = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")


@dataclass(frozen=True, slots=True)
class Script:
    """One thing to say."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class PackSpec:
    """话术 for causes and levels; an empty tuple = any."""

    code: str
    name: str
    about: str = ""
    causes: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    scripts: tuple[Script, ...] = ()
    shipped: bool = False

    def to_plain(self) -> dict[str, object]:
        """JSON values; `pack_from_plain` reads them back."""
        return asdict(self)


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its variables filled. One without a value is left out; an unknown one stays, so that somebody sees it."""

    def value(found: re.Match[str]) -> str:
        name = found.group(1)
        return values.get(name, "") if name in VARIABLES else found.group(0)

    return _VARIABLE.sub(value, text)


def unknown_variables(text: str) -> list[str]:
    """Variables of a text that do not exist, in order, each once."""
    return list(dict.fromkeys(name for name in _VARIABLE.findall(text) if name not in VARIABLES))


def packs_fitting(packs: Iterable[PackSpec], *, codes: Sequence[str], level: str, cause: str | None) -> list[PackSpec]:
    """First those that the plans name, in their order; then those that fit cause and level, the more exact ones first."""
    by_code = {pack.code: pack for pack in packs}
    named = [by_code[code] for code in dict.fromkeys(codes) if code in by_code]
    rest = [pack for pack in by_code.values() if pack not in named and _fits(pack, level, cause)]
    return named + sorted(rest, key=lambda pack: (not pack.causes, not pack.levels, pack.shipped, pack.code))


def _fits(pack: PackSpec, level: str, cause: str | None) -> bool:
    return (not pack.causes or cause in pack.causes) and (not pack.levels or level in pack.levels)


def pack_from_plain(data: Mapping[str, object], *, code: str, shipped: bool = False) -> PackSpec:
    """A checked pack. Raises Invalid("content_pack", faults=…) with every fault at once."""
    faults = Faults()
    name, about = str(data.get("name") or "").strip(), str(data.get("about") or "").strip()
    faults.text("name", name, LONGEST_NAME)
    causes, levels = _known(data, "causes", tuple(Cause), faults), _known(data, "levels", LEVELS, faults)
    rows = data.get("scripts", ())
    if not isinstance(rows, list | tuple) or len(rows) > MOST_SCRIPTS:
        faults.add("scripts", "", f"0–{MOST_SCRIPTS}")
        rows = ()
    scripts = tuple(_script(row, f"scripts.{at}", faults) for at, row in enumerate(rows))
    faults.raise_if_any("content_pack")
    return PackSpec(code, name, about[:400], causes, levels, scripts, shipped)


def _script(row: object, at: str, faults: Faults) -> Script:
    given = row if isinstance(row, Mapping) else {}
    title, text = str(given.get("title") or "").strip(), str(given.get("text") or "").strip()
    faults.text(f"{at}.title", title, LONGEST_NAME)
    faults.text(f"{at}.text", text, LONGEST_SCRIPT)
    for name in unknown_variables(text):
        faults.add(f"{at}.text", name, ", ".join(VARIABLES))
    return Script(title, text)


def _known(data: Mapping[str, object], name: str, allowed: Sequence[str], faults: Faults) -> tuple[str, ...]:
    value = data.get(name) or ()
    listed = [str(word) for word in value] if isinstance(value, list | tuple) else [str(value)]
    wrong = [word for word in listed if word not in allowed]
    faults.unless(not wrong, name, ", ".join(wrong), ", ".join(allowed))
    return tuple(dict.fromkeys(listed))
