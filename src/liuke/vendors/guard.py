"""SSRF guard: which address that a user typed in may be reached. Decided on the resolved address, which is the one connected to."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class Refused(Exception):
    """The host is unknown or lies inside the own network; the message says which."""


def safe_address(host: str, port: int, allow: Iterable[str]) -> Address:
    """The address to connect to. Raises Refused("unknown_host" | "private_address").

    One private address among several refuses the host: a name must not be able to choose. `allow` names hosts, addresses
    or networks of the own network that are meant to be reached.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Refused("unknown_host") from None
    addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    allowed = list(allow)
    if host.lower() not in {name.lower() for name in allowed}:
        networks = _networks(allowed)
        if not all(_public(address) or any(address in network for network in networks) for address in addresses):
            raise Refused("private_address")
    return addresses[0]


@dataclass(frozen=True, slots=True)
class Pinned:
    """How to ask for an address that was checked, so that no second look-up can lead elsewhere."""

    url: str
    headers: Mapping[str, str]
    extensions: Mapping[str, str]
    proxy: str = ""


def pinned(url: str, allow: Iterable[str], proxy: str = "") -> Pinned:
    """The very address that was checked, under the host's own name. Raises Refused as `safe_address` does, for the proxy too.

    Through a proxy a TLS address keeps its name, as the proxy opens the way and the certificate proves who answers; a plain one
    is pinned. An encrypted way to the proxy itself is proven by its certificate likewise.
    """
    parts, allowed = urlsplit(url), tuple(allow)
    host, tls = parts.hostname or "", parts.scheme == "https"
    literal = _literal(host, parts.port or (443 if tls else 80), allowed)
    way = _proxy(proxy, allowed) if proxy else ""
    if way and tls:
        return Pinned(url, {}, {}, way)
    name = host if parts.port is None else f"{host}:{parts.port}"
    return Pinned(parts._replace(netloc=literal).geturl(), {"Host": name}, {"sni_hostname": host}, way)


def _literal(host: str, port: int, allow: tuple[str, ...]) -> str:
    address = safe_address(host, port, allow)
    return f"[{address}]:{port}" if address.version == 6 else f"{address}:{port}"


def _proxy(proxy: str, allow: tuple[str, ...]) -> str:
    parts = urlsplit(proxy)
    literal = _literal(parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80), allow)
    return proxy if parts.scheme == "https" else parts._replace(netloc=literal).geturl()


def _public(address: Address) -> bool:
    return all(seen.is_global and not seen.is_multicast and not seen.is_reserved for seen in (address, *_inside(address)))


def _inside(address: Address) -> list[ipaddress.IPv4Address]:
    """The IPv4 addresses that an IPv6 one may be led to: mapped ones, and by way of 6to4, Teredo or NAT64."""
    if isinstance(address, ipaddress.IPv4Address):
        return []
    carried = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in NAT64:
        carried.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return [each for each in carried if each is not None]


def _networks(allow: Iterable[str]) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    networks = []
    for entry in allow:
        try:
            networks.append(ipaddress.ip_network(entry, strict=False))
        except ValueError:
            continue
    return networks
