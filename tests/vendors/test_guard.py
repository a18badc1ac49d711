"""Addresses that users type in."""

from __future__ import annotations

import socket

import pytest

from liuke.vendors.answers import Rejected
from liuke.vendors.guard import Refused, pinned
from liuke.vendors.http import Wire, call
from tests.simulators.server import Asked, Reply, Simulator, route


class Echo(Simulator):
    """Says which host it was asked for."""

    @route("GET", "/host")
    def host(self, request: Asked) -> Reply:
        return Reply(200, request.headers["host"].encode())


def lookup(monkeypatch: pytest.MonkeyPatch, known: dict[str, str]) -> None:
    """A name service that knows these."""

    def answer(host: str, port: int, *_: object, **__: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (known.get(host, host), port))]

    monkeypatch.setattr(socket, "getaddrinfo", answer)


def test_the_checked_address_is_connected_to_under_the_hosts_name(monkeypatch: pytest.MonkeyPatch) -> None:
    lookup(monkeypatch, {"hooks.example": "93.184.216.34"})
    way = pinned("https://hooks.example/in?x=1", ())
    assert (way.url, way.headers, way.extensions) == (
        "https://93.184.216.34:443/in?x=1",
        {"Host": "hooks.example"},
        {"sni_hostname": "hooks.example"},
    )


@pytest.mark.parametrize("proxy", ["http://10.0.0.1:3128", "https://10.0.0.1:3128"])
def test_a_proxy_does_not_bypass_the_guard(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    lookup(monkeypatch, {"inside.example": "10.0.0.9", "hooks.example": "93.184.216.34"})
    for url in ("http://inside.example/", "https://inside.example/"):
        with pytest.raises(Refused, match="private_address"):
            pinned(url, ("10.0.0.1",), proxy)
    with pytest.raises(Refused, match="private_address"):
        pinned("https://hooks.example/", (), proxy)


def test_through_a_proxy_a_plain_address_is_pinned_and_an_encrypted_one_keeps_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    lookup(monkeypatch, {"hooks.example": "93.184.216.34", "proxy.corp": "10.0.0.1"})
    plain = pinned("http://hooks.example/", ("proxy.corp",), "http://proxy.corp:3128")
    assert (plain.url, plain.proxy) == ("http://93.184.216.34:80/", "http://10.0.0.1:3128")
    encrypted = pinned("https://hooks.example/", ("proxy.corp",), "http://proxy.corp:3128")
    assert (encrypted.url, encrypted.headers, encrypted.proxy) == ("https://hooks.example/", {}, "http://10.0.0.1:3128")
    assert pinned("https://hooks.example/", ("proxy.corp",), "https://proxy.corp").proxy == "https://proxy.corp"


def test_a_call_to_a_typed_in_address_passes_the_guard(monkeypatch: pytest.MonkeyPatch) -> None:
    with Echo() as echo:
        port = int(echo.base_url.rpartition(":")[2])
        lookup(monkeypatch, {"sim.example": "127.0.0.1"})
        with pytest.raises(Rejected, match="refused_address"):
            call(Wire(f"http://sim.example:{port}", allow=()), "GET", "/host")
        assert echo.log == []
        reached = call(Wire(f"http://sim.example:{port}", allow=("127.0.0.0/8",)), "GET", "/host")
        assert reached.body == f"sim.example:{port}".encode()


def test_a_proxy_gets_the_pinned_address(monkeypatch: pytest.MonkeyPatch) -> None:
    lookup(monkeypatch, {"hooks.example": "93.184.216.34"})
    with Echo() as proxy:
        reached = call(Wire("http://hooks.example", proxy.base_url, allow=("127.0.0.1",)), "GET", "/host")
        assert reached.body == b"hooks.example"
