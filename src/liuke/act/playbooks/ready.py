"""Ready playbooks: the files in `packs/`, found by themselves, and a workspace's own copy of one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from liuke.accounts.domain.actor import Actor
from liuke.act.loyalty.coupons import KindIn, kind_from_plain
from liuke.act.playbooks.editing import PlaybookText, playbook_create
from liuke.act.store.models import CouponKind, Playbook
from liuke.base.errors import Invalid, NotFound
from liuke.base.times import utc_now
from liuke.base.words import LANGUAGES

FOLDER = Path(__file__).parent / "packs"
GROUPS = ("tier", "level", "cause", "service", "moment", "behaviour", "recall")
PARTS = {"place", "group", "kind", "rows", "name", "about", "asks", "spec"}
ALSO = {"coupons"}


@dataclass(frozen=True, slots=True)
class ReadyPlaybook:
    """One file. `rows`: requirements that it serves; `asks`: places of the flow that only the workspace can fill in."""

    code: str
    place: int
    group: str
    kind: str
    rows: tuple[str, ...]
    name: Mapping[str, str]
    about: Mapping[str, str]
    asks: tuple[str, ...]
    document: Mapping[str, object]
    coupons: tuple[Mapping[str, object], ...] = ()
    """Kinds of coupons that it gives, as `loyalty.coupons.kind_from_plain` reads them, with a code and a name in every language."""

    def spec(self, language: str) -> dict[str, object]:
        """The flow with its texts in one language."""
        said = _in_language(self.document, language if language in LANGUAGES else LANGUAGES[0])
        return said if isinstance(said, dict) else {}


@cache
def ready_all() -> tuple[ReadyPlaybook, ...]:
    """Every ready playbook, by place. Raises Invalid("playbook_pack") for a file that cannot be read."""
    found = [_read(path.stem, json.loads(path.read_text("utf-8"))) for path in FOLDER.glob("*.json")]
    return tuple(sorted(found, key=lambda one: (one.place, one.code)))


def ready_get(code: str) -> ReadyPlaybook:
    """One by its code. Raises NotFound("playbook_pack_unknown")."""
    for one in ready_all():
        if one.code == code:
            return one
    raise NotFound("playbook_pack_unknown", pack=code, allowed=", ".join(one.code for one in ready_all()))


def ready_apply(*, actor: Actor, code: str, language: str) -> Playbook:
    """The workspace's copy as a draft, 停用; the one there is, if it was taken before and not put away.

    Needs `publish`. Raises NotFound("playbook_pack_unknown").
    """
    ready = ready_get(code)
    copies = Playbook.objects.filter(workspace_id=actor.workspace_id, code__startswith=code).order_by("pk")
    known = {copy.code: copy for copy in copies if copy.code == code or copy.code.removeprefix(f"{code}-").isdigit()}
    for copy in known.values():
        if copy.archived_at is None:
            return copy
    ready_coupons(ready, actor.workspace_id, language)
    text = PlaybookText(ready.name[language], ready.about[language], ready.kind, ready.spec(language))
    return playbook_create(actor=actor, text=text, code=f"{code}-{len(known) + 1}" if known else code)


def ready_coupons(ready: ReadyPlaybook, workspace_id: int, language: str) -> None:
    """Make the kinds of coupons that it gives, where the workspace has none of the code; the workspace changes them as its own."""
    for plain in ready.coupons:
        given = kind_from_plain(_plain(plain, language))
        fields = {name: getattr(given, name) for name in KindIn.__dataclass_fields__}
        CouponKind.objects.get_or_create(workspace_id=workspace_id, code=str(plain["code"]), defaults=fields | {"created_at": utc_now()})


def _plain(plain: Mapping[str, object], language: str) -> dict[str, object]:
    said = _in_language({name: value for name, value in plain.items() if name != "code"}, language)
    return said if isinstance(said, dict) else {}


def _read(code: str, plain: Mapping[str, object]) -> ReadyPlaybook:
    wrong = sorted((set(plain) - ALSO) ^ PARTS)
    group, place, document = plain.get("group"), plain.get("place"), plain.get("spec")
    name, about = _texts(plain.get("name")), _texts(plain.get("about"))
    if wrong or group not in GROUPS or not isinstance(place, int) or not isinstance(document, Mapping) or not name or not about:
        raise Invalid("playbook_pack", file=code, wrong=", ".join(wrong))
    return ReadyPlaybook(
        code=code,
        place=place,
        group=str(group),
        kind=str(plain["kind"]),
        rows=_names(plain["rows"]),
        name=name,
        about=about,
        asks=_names(plain["asks"]),
        document=document,
        coupons=_coupons(plain.get("coupons")),
    )


def _coupons(given: object) -> tuple[Mapping[str, object], ...]:
    return tuple(one for one in given if isinstance(one, Mapping)) if isinstance(given, list) else ()


def _names(given: object) -> tuple[str, ...]:
    return tuple(str(one) for one in given) if isinstance(given, list) else ()


def _texts(given: object) -> dict[str, str]:
    """A text in every language; empty where one is missing."""
    if not isinstance(given, Mapping) or set(given) != set(LANGUAGES):
        return {}
    return {str(language): str(text) for language, text in given.items()}


def _in_language(value: object, language: str) -> object:
    """The same with `{"zh-CN": …, "en": …}` replaced by the text of one language."""
    if isinstance(value, Mapping):
        texts = _texts(value)
        return texts[language] if texts else {str(name): _in_language(part, language) for name, part in value.items()}
    if isinstance(value, list):
        return [_in_language(part, language) for part in value]
    return value
