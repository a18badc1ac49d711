"""Template cards (document 90236): with buttons that come back as events, or as a notice whose whole face is a link."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from liuke.vendors.answers import Rejected

MOST_BUTTONS = 6
MOST_FACTS = 6
MOST_JUMPS = 3
_TASK_ID = re.compile(r"[0-9A-Za-z_@-]{1,128}")
OPEN = 1
"""Of `card_action` and buttons: opens an address."""


@dataclass(frozen=True, slots=True)
class CardButton:
    """`key` comes back with a click; a button with `url` opens it instead. `style` 1 = filled, 2 = plain, 3 = red."""

    key: str
    text: str
    url: str = ""
    style: int = 2


@dataclass(frozen=True, slots=True)
class CardFace:
    """What stands on a card."""

    title: str
    text: str = ""
    facts: Sequence[tuple[str, str]] = ()
    url: str = ""
    source: str = ""


def button_card(task_id: str, face: CardFace, buttons: Sequence[CardButton]) -> dict[str, object]:
    """`button_interaction`. Raises Rejected("40035") for a bad task id or more than six buttons."""
    if not _TASK_ID.fullmatch(task_id) or not 0 < len(buttons) <= MOST_BUTTONS:
        raise Rejected("40035", task_id)
    return {"card_type": "button_interaction", **_face(face), "task_id": task_id, "button_list": [_button(each) for each in buttons]}


def notice_card(face: CardFace, jumps: Sequence[tuple[str, str]] = ()) -> dict[str, object]:
    """`text_notice` with up to three further titles and addresses. It needs one of its own: raises Rejected("40035") without."""
    if not face.url or len(jumps) > MOST_JUMPS:
        raise Rejected("40035", "url")
    made: dict[str, object] = {"card_type": "text_notice", **_face(face)}
    if jumps:
        made["jump_list"] = [{"type": OPEN, "title": title[:13], "url": url} for title, url in jumps]
    return made


def _face(face: CardFace) -> dict[str, object]:
    made: dict[str, object] = {"main_title": {"title": face.title[:36], "desc": ""}}
    if face.source:
        made["source"] = {"desc": face.source[:13]}
    if face.text:
        made["sub_title_text"] = face.text[:112]
    if face.facts:
        made["horizontal_content_list"] = [{"keyname": name[:5], "value": value[:26]} for name, value in face.facts[:MOST_FACTS]]
    if face.url:
        made["card_action"] = {"type": OPEN, "url": face.url}
    return made


def _button(button: CardButton) -> dict[str, object]:
    made: dict[str, object] = {"text": button.text[:10], "style": button.style}
    return made | ({"type": OPEN, "url": button.url} if button.url else {"key": button.key})
