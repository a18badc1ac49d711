"""A simulated WeCom and an app that talks to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from liuke.vendors.http import Wire
from liuke.vendors.state import InMemoryLimits, InMemoryTokens
from liuke.vendors.wecom.app import App
from tests.simulators.wecom import AGENT, CORP, SECRET
from tests.simulators.wecom_customers import WeComCustomers


@pytest.fixture
def wecom() -> Iterator[WeComCustomers]:
    with WeComCustomers() as wecom:
        yield wecom


@pytest.fixture
def app(wecom: WeComCustomers) -> App:
    return app_of(wecom)


def app_of(wecom: WeComCustomers, *, secret: str = SECRET, agent: int = AGENT) -> App:
    return App(CORP, secret, agent, Wire(wecom.base_url), InMemoryTokens(wecom.clock), InMemoryLimits(wecom.clock), wecom.clock)
