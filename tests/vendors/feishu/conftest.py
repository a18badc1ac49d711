"""A Feishu on loopback and the app that calls it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from liuke.vendors.feishu.app import App
from liuke.vendors.http import Wire
from liuke.vendors.state import InMemoryLimits, InMemoryTokens
from tests.simulators.feishu import Feishu


@pytest.fixture
def feishu() -> Iterator[Feishu]:
    with Feishu() as running:
        yield running


@pytest.fixture
def app(feishu: Feishu) -> App:
    wire, clock = Wire(feishu.base_url), feishu.clock
    return App("cli_a", "secret", wire, wire, InMemoryTokens(clock), InMemoryLimits(clock), clock)
