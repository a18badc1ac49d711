"""Customers as colleagues have them in WeCom (外部联系人; documents 92113, 92114, 92994, 92118)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from liuke.vendors.answers import Rejected
from liuke.vendors.wecom.app import App
from liuke.vendors.wecom.envelopes import Nothing

MOST_USERS = 100
PAGE = 100
NO_CUSTOMERS = "84061"


class Customer(msgspec.Struct, frozen=True):
    """A customer as WeCom knows it. Personal data."""

    external_userid: str
    name: str = ""
    type: int = 1
    """1 = a WeChat user, 2 = a WeCom user."""
    corp_name: str | None = None
    unionid: str = ""
    """Of a WeChat user, where the company's WeChat account is bound to it."""


class Follow(msgspec.Struct, frozen=True):
    """A colleague's contact with a customer."""

    userid: str = ""
    remark: str = ""
    remark_mobiles: tuple[str, ...] = ()
    tag_id: tuple[str, ...] = ()
    add_way: int = 0
    state: str = ""
    createtime: int = 0
    """Unix seconds."""


class Contact(msgspec.Struct, frozen=True):
    """A customer with one colleague's contact."""

    external_contact: Customer
    follow_info: Follow


class _Got(msgspec.Struct, frozen=True):
    external_contact: Customer
    follow_user: tuple[Follow, ...] = ()
    next_cursor: str = ""


class _Ids(msgspec.Struct, frozen=True):
    external_userid: tuple[str, ...] = ()


class _Batch(msgspec.Struct, frozen=True):
    external_contact_list: tuple[Contact, ...] = ()
    next_cursor: str = ""


def contact_ids(app: App, user: str) -> tuple[str, ...]:
    """Ids of one colleague's customers; none where there is nobody (84061). Raises Rejected, Busy, Unsure."""
    try:
        return app.get("externalcontact/list", _Ids, {"userid": user}).external_userid
    except Rejected as refused:
        if refused.code == NO_CUSTOMERS:
            return ()
        raise


def contact(app: App, external_id: str) -> tuple[Customer, tuple[Follow, ...]]:
    """A customer and all colleagues who have them. Raises Rejected("40096") for an unknown id."""
    follows: list[Follow] = []
    cursor = ""
    while True:
        got = app.get("externalcontact/get", _Got, {"external_userid": external_id, "cursor": cursor})
        follows.extend(got.follow_user)
        if not got.next_cursor:
            return got.external_contact, tuple(follows)
        cursor = got.next_cursor


def contacts_of(app: App, users: Sequence[str]) -> Iterator[Contact]:
    """The contacts of up to 100 colleagues, page by page. Raises Rejected, Busy, Unsure."""
    cursor = ""
    while True:
        body = {"userid_list": list(users)[:MOST_USERS], "cursor": cursor, "limit": PAGE}
        page = app.post("externalcontact/batch/get_by_user", _Batch, body)
        yield from page.external_contact_list
        if not page.next_cursor:
            return
        cursor = page.next_cursor


def tags_mark(app: App, *, user: str, external_id: str, add: Sequence[str] = (), remove: Sequence[str] = ()) -> None:
    """Tags that the colleague sees on the customer. Raises Rejected("84061") where they have no contact; nothing to do is nothing done."""
    if not add and not remove:
        return
    body = {"userid": user, "external_userid": external_id, "add_tag": list(add), "remove_tag": list(remove)}
    app.post("externalcontact/mark_tag", Nothing, {name: value for name, value in body.items() if value})
