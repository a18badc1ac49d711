"""A DingTalk on loopback and the app that calls it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from liuke.vendors.dingtalk.app import App
from liuke.vendors.http import Wire
from liuke.vendors.state import InMemoryLimits, InMemoryTokens
from tests.simulators.dingtalk import DingTalk


@pytest.fixture
def dingtalk() -> Iterator[DingTalk]:
    with DingTalk() as running:
        yield running


@pytest.fixture
def app(dingtalk: DingTalk) -> App:
    wire, clock = Wire(dingtalk.base_url), dingtalk.clock
    return App("key", "secret", wire, wire, InMemoryTokens(clock), InMemoryLimits(clock), clock, agent_id="7")
