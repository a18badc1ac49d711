"""The floor of the simulators keeps its promises."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from liuke.vendors.answers import Busy, Rejected, Unsure
from liuke.vendors.http import Wire, call
from tests.simulators.server import START, Asked, Cut, Reply, Simulator, route, said


class Shop(Simulator):
    """Counts orders."""

    orders = 0

    @route("POST", "/orders")
    def order(self, request: Asked) -> Reply:
        self.orders += 1
        return said({"n": self.orders, "what": request.json.get("what")})

    @route("GET", "/files/*")
    def file(self, request: Asked) -> Reply:
        return said({"name": request.path.removeprefix("/files/"), "as": request.query.get("as")}, X_Kind="file")


@pytest.fixture
def shop() -> Iterator[Shop]:
    with Shop() as shop:
        yield shop


def test_a_request_is_answered_and_logged(shop: Shop) -> None:
    answer = call(Wire(shop.base_url), "POST", "/orders", json={"what": "tea"})
    assert answer.body == b'{"n": 1, "what": "tea"}'
    assert [(asked.path, asked.at) for asked in shop.log] == [("/orders", START)]


def test_a_starred_path_answers_for_all_that_begin_so(shop: Shop) -> None:
    answer = call(Wire(shop.base_url), "GET", "/files/a.png", params={"as": "b"})
    assert (answer.body, answer.headers["x-kind"]) == (b'{"name": "a.png", "as": "b"}', "file")


def test_unknown_paths_are_404(shop: Shop) -> None:
    with pytest.raises(Rejected, match="http_404"):
        call(Wire(shop.base_url), "GET", "/orders")


def test_a_scripted_answer_does_nothing(shop: Shop) -> None:
    shop.fails("/orders", said({}, 503), times=2)
    for _ in range(2):
        with pytest.raises(Busy):
            call(Wire(shop.base_url), "POST", "/orders", json={})
    assert shop.orders == 0
    call(Wire(shop.base_url), "POST", "/orders", json={})
    assert shop.orders == 1


@pytest.mark.parametrize(("cut", "orders"), [(Cut.BEFORE, 0), (Cut.AFTER, 1)])
def test_a_cut_connection_is_unsure_whether_done_or_not(shop: Shop, cut: Cut, orders: int) -> None:
    shop.fails("/orders", cut)
    with pytest.raises(Unsure):
        call(Wire(shop.base_url), "POST", "/orders", json={})
    assert shop.orders == orders


def test_the_clock_stands_until_it_is_moved(shop: Shop) -> None:
    shop.clock.move(hours=2)
    call(Wire(shop.base_url), "POST", "/orders", json={})
    assert (shop.log[0].at - START).total_seconds() == 7200
