"""A simulated 云星空 and clients that talk to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from liuke.vendors.http import Wire
from liuke.vendors.kingdee.client import Client, Password
from liuke.vendors.kingdee.signing import AppKeys
from liuke.vendors.state import InMemoryTokens
from tests.simulators.kingdee import ACCOUNT, APP_ID, PASSWORD, SECRET, USER, Kingdee


@pytest.fixture
def site() -> Iterator[Kingdee]:
    with Kingdee() as site:
        for number in range(1, 6):
            site.put(
                "BD_Customer", {"FID": number, "FNumber": f"C{number}", "FName": f"客户{number}", "FModifyDate": "2026-11-02T09:00:00"}
            )
        yield site


def signed(site: Kingdee, *, secret: str = SECRET, app_id: str = APP_ID, account: str = ACCOUNT) -> Client:
    return Client(AppKeys(account, USER, app_id, secret), Wire(site.address), InMemoryTokens(site.clock), site.clock)


def with_password(site: Kingdee, *, password: str = PASSWORD) -> Client:
    return Client(Password(ACCOUNT, USER, password), Wire(site.address), InMemoryTokens(site.clock), site.clock)
