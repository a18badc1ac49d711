"""Packs of rules (RUL-04): what a file in `signals/packs/` may say. All faults of a file are told at once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from liuke.base.errors import Invalid
from liuke.base.words import LANGUAGES
from liuke.rules.columns import Catalogue
from liuke.signals.domain.active import LONGEST_NAME, rule_checked
from liuke.signals.domain.effects import LONGEST_TITLE

Texts = Mapping[str, str]
"""A text by language."""
LONGEST_ABOUT = 400
LEAST_RULES, MOST_RULES = 1, 20
_CODE = re.compile(r"^[a-z][a-z0-9_]{1,39}$")
_PACK = frozenset({"code", "place", "industry", "name", "about", "tags", "rules"})
_RULE = frozenset({"code", "name", "about", "when", "exclude", "effects", "title"})
_NOTHING: Texts = {}


@dataclass(frozen=True, slots=True)
class PackRule:
    """A rule of a pack: its document, what it does and its texts."""

    code: str
    name: Texts
    about: Texts
    document: Mapping[str, object]
    effects: Mapping[str, object]
    title: Texts = field(default_factory=lambda: _NOTHING)

    def effects_in(self, language: str) -> dict[str, object]:
        """The effects as plain data, the work item's title in the reader's language."""
        return {**self.effects, "title": self.title.get(language, "")}


@dataclass(frozen=True, slots=True)
class Pack:
    """Rules for one kind of customer (`industry` blank) or one industry. `tags`: the segments that go with it; `place` orders the list."""

    code: str
    place: int
    industry: str
    name: Texts
    about: Texts
    tags: tuple[str, ...]
    rules: tuple[PackRule, ...]


def pack_from_plain(data: object, *, file: str) -> Pack:
    """The pack of a file named `file` (without suffix). Raises Invalid("pack", faults=[…]) with every fault and its place."""
    faults: list[str] = []
    if not isinstance(data, Mapping):
        raise Invalid("pack", faults=[f"{file}: an object"])
    reader = _Reader(faults)
    reader.only(data, _PACK, file)
    code = str(data.get("code", ""))
    if code != file or not _CODE.match(code):
        faults.append(f"{file}.code: the file's name, lower case letters, digits and _")
    rules = reader.listed(data, "rules", file)
    if not LEAST_RULES <= len(rules) <= MOST_RULES:
        faults.append(f"{file}.rules: {LEAST_RULES}-{MOST_RULES} rules, not {len(rules)}")
    pack = Pack(
        code=code,
        place=reader.whole(data, "place", file),
        industry=str(data.get("industry", "")),
        name=reader.texts(data, "name", file, LONGEST_NAME),
        about=reader.texts(data, "about", file, LONGEST_ABOUT),
        tags=tuple(str(tag) for tag in reader.listed(data, "tags", file)),
        rules=tuple(reader.rule(one, f"{file}.rules.{nth}") for nth, one in enumerate(rules)),
    )
    faults += [f"{file}.rules: two rules {code}" for code in _twice(rule.code for rule in pack.rules)]
    if faults:
        raise Invalid("pack", faults=faults)
    return pack


def _twice(codes: Iterable[str]) -> list[str]:
    return sorted(code for code, times in Counter(codes).items() if times > 1)


def pack_checked(pack: Pack, catalogue: Catalogue) -> Pack:
    """The same pack, every rule of which reads against the columns. Raises Invalid("pack") naming rule and place."""
    faults: list[str] = []
    for rule in pack.rules:
        for language in LANGUAGES:
            try:
                rule_checked(rule.document, rule.effects_in(language), catalogue, name=rule.name.get(language, ""))
            except Invalid as fault:
                faults += [f"{pack.code}.{rule.code}: {one}" for one in _listed(fault)]
    if faults:
        raise Invalid("pack", faults=list(dict.fromkeys(faults)))
    return pack


def _listed(fault: Invalid) -> list[object]:
    found = fault.params.get("faults")
    return list(found) if isinstance(found, list | tuple) else [fault.code]


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads parts of a pack, noting what is wrong instead of stopping."""

    faults: list[str]

    def only(self, data: Mapping[object, object], allowed: frozenset[str], at: str) -> None:
        self.faults.extend(f"{at}.{name}: unknown; allowed are {', '.join(sorted(allowed))}" for name in data if name not in allowed)

    def listed(self, data: Mapping[object, object], name: str, at: str) -> list[object]:
        found = data.get(name, [])
        if isinstance(found, list):
            return found
        self.faults.append(f"{at}.{name}: a list")
        return []

    def whole(self, data: Mapping[object, object], name: str, at: str) -> int:
        found = data.get(name, 0)
        if isinstance(found, int) and not isinstance(found, bool):
            return found
        self.faults.append(f"{at}.{name}: a whole number")
        return 0

    def texts(self, data: Mapping[object, object], name: str, at: str, longest: int, *, needed: bool = True) -> Texts:
        """A text in every language, or none at all where it is not `needed`."""
        found = data.get(name)
        if found is None and not needed:
            return _NOTHING
        if not isinstance(found, Mapping):
            self.faults.append(f"{at}.{name}: a text in {', '.join(LANGUAGES)}")
            return _NOTHING
        texts = {language: found.get(language) for language in LANGUAGES}
        good = {language: text for language, text in texts.items() if isinstance(text, str) and 0 < len(text.strip()) <= longest}
        self.faults.extend(f"{at}.{name}.{language}: 1-{longest} characters" for language in LANGUAGES if language not in good)
        return good

    def rule(self, data: object, at: str) -> PackRule:
        if not isinstance(data, Mapping):
            self.faults.append(f"{at}: an object")
            data = {}
        self.only(data, _RULE, at)
        code, effects = str(data.get("code", "")), data.get("effects", {})
        if not _CODE.match(code):
            self.faults.append(f"{at}.code: lower case letters, digits and _")
        if not isinstance(effects, Mapping) or "title" in effects:
            self.faults.append(f"{at}.effects: an object; the title stands beside it, in every language")
            effects = {}
        return PackRule(
            code=code,
            name=self.texts(data, "name", at, LONGEST_NAME),
            about=self.texts(data, "about", at, LONGEST_ABOUT, needed=False),
            document={"when": data.get("when"), "exclude": data.get("exclude")},
            effects=dict(effects),
            title=self.texts(data, "title", at, LONGEST_TITLE, needed=bool(effects.get("work_item"))),
        )
