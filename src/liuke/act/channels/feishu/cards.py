"""Cards as Feishu draws them, and what a card says after somebody acted."""

from __future__ import annotations

from dataclasses import replace

from liuke.act.channels.feishu.app import app_of
from liuke.act.channels.vendor_results import refused
from liuke.act.domain.channel import Button, Card, ChannelTarget, Delivered, Failed, Result
from liuke.act.domain.channel_asks import CardUpdate
from liuke.base.words import render
from liuke.vendors.answers import VendorFault
from liuke.vendors.feishu.messages import card_change, card_change_after_click

SHARED = {"update_multi": True, "wide_screen_mode": True}
"""Must stand before and after a change: the card is one for all who see it."""
_COLOURS = {"high": "red", "medium": "orange", "early": "yellow"}


def card_json(card: Card, *, clicks: bool) -> dict[str, object]:
    """Title in the level's colour, facts in two columns, buttons; without a way back for clicks only those that open an address."""
    facts = [{"is_short": True, "text": _plain(f"{name}\n{value}")} for name, value in card.facts]
    actions = [*(_acting(card) if clicks else []), *_opening(card, clicks=clicks)]
    elements: list[dict[str, object]] = [{"tag": "div", "fields": facts}] if facts else []
    if actions:
        elements.append({"tag": "action", "actions": actions})
    return {"config": SHARED, "header": {"title": _plain(card.title), "template": _COLOURS.get(card.level, "blue")}, "elements": elements}


def _acting(card: Card) -> list[dict[str, object]]:
    """Buttons whose clicks come back to us."""
    acting = [button for button in card.buttons if not button.link]
    return [{"tag": "button", "text": _plain(each.label), "value": {"task_id": card.task_id, "button": each.key}} for each in acting]


def _opening(card: Card, *, clicks: bool) -> list[dict[str, object]]:
    """Buttons that open an address: where no click comes back also those that can be done on a page; at least the card's own link."""
    on_pages = [] if clicks else [replace(button, link=button.page) for button in card.buttons if button.page]
    opening = [*on_pages, *(button for button in card.buttons if button.link)]
    if card.link and not opening:
        opening = [Button("link", render("channels.open", {}), card.link)]
    return [{"tag": "button", "text": _plain(each.label), "url": each.link, "type": "primary"} for each in opening]


def done_json(text: str) -> dict[str, object]:
    """What a card says once it is done with: one line, no buttons."""
    return {"config": SHARED, "elements": [{"tag": "div", "text": _plain(text)}]}


def update(asked: CardUpdate, target: ChannelTarget) -> Result:
    """By the message's id for fourteen days, else by the token of a click."""
    if not asked.ref and not asked.response:
        return Failed("feishu_230011", {"code": "230011", "said": ""})
    try:
        if asked.ref:
            card_change(app_of(target), asked.ref, done_json(asked.text))
        else:
            card_change_after_click(app_of(target), asked.response, done_json(asked.text))
    except VendorFault as fault:
        return refused("feishu", fault, repeatable=True)
    return Delivered(ref=asked.ref)


def _plain(text: str) -> dict[str, object]:
    return {"tag": "plain_text", "content": text}
