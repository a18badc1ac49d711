"""Cards: the variables of the template (see the guide), delivery, and what a card says after somebody acted."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta

from liuke.act.channels.dingtalk.app import app_of, card_route, card_secret, clicks
from liuke.act.channels.vendor_results import refused
from liuke.act.domain.channel import Card, ChannelTarget, Delivered, Result
from liuke.act.domain.channel_asks import CardUpdate
from liuke.vendors.answers import VendorFault
from liuke.vendors.dingtalk.app import App
from liuke.vendors.dingtalk.cards import card_deliver, card_update, person, route_register
from liuke.vendors.dingtalk.todos import todo_done, todo_of, union_id
from liuke.vendors.state import InMemoryTokens, Token

BUTTONS = 6
"""Places for buttons in the template."""
REGISTERED_FOR = timedelta(days=1)


def deliver(card: Card, to: str, target: ChannelTarget) -> None:
    """The card in one person's chat with the robot. Raises VendorFault."""
    app = app_of(target)
    route = "" if target.listens else registered(app, target)
    card_deliver(app, template=target.text("card_template"), track=card.task_id, space=person(to), values=values_of(card), route=route)


def registered(app: App, target: ChannelTarget) -> str:
    """Our route, told to DingTalk once a day and whenever our address or secret changes. Raises VendorFault.

    It is remembered as a token, and a fetch must not wait for another token of the same store: it brings its own.
    """
    route, secret = card_route(target), card_secret(target)
    known = hashlib.sha256(f"{route}{secret}".encode()).hexdigest()[:16]

    def register() -> Token:
        alone = replace(app, tokens=InMemoryTokens(target.now))
        route_register(alone, route=route, address=target.callback_url, secret=secret)
        return Token(route, target.now() + REGISTERED_FOR)

    return target.tokens.get(f"dingtalk.route.{known}", register)


def values_of(card: Card) -> dict[str, str]:
    """`title`, `level`, `content`, `link`, `state`, and `button_1`/`key_1` … `button_6`/`key_6`; an empty button is not drawn."""
    acting = [button for button in card.buttons if not button.link][:BUTTONS]
    values = {"title": card.title, "level": card.level, "content": facts_text(card), "link": card.link, "state": ""}
    for place in range(1, BUTTONS + 1):
        button = acting[place - 1] if place <= len(acting) else None
        values[f"button_{place}"] = button.label if button else ""
        values[f"key_{place}"] = button.key if button else ""
    return values


def facts_text(card: Card) -> str:
    """The facts as Markdown, one a line."""
    return "  \n".join(f"**{name}** {value}" for name, value in card.facts)


def update(asked: CardUpdate, target: ChannelTarget) -> Result:
    """The card tells what was done and has no buttons any more; its to-dos are closed. A work notice has nothing to change."""
    try:
        app = app_of(target)
        if clicks(target) and not asked.ref.startswith("notice:"):
            card_update(app, asked.task_id, {"state": asked.text, **{f"button_{place}": "" for place in range(1, BUTTONS + 1)}})
        if target.flag("todo"):
            for user in asked.users:
                _todo_close(app, user, asked.task_id)
    except VendorFault as fault:
        return refused("dingtalk", fault, repeatable=True)
    return Delivered()


def _todo_close(app: App, user: str, source: str) -> None:
    union = union_id(app, user)
    todo = todo_of(app, union=union, source=source)
    if todo:
        todo_done(app, union=union, todo=todo)
