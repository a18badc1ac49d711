"""SSRF guard: which address a webhook may reach. Decided on the resolved address, which is then the one connected to."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


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


def _public(address: Address) -> bool:
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    seen = mapped or address
    return seen.is_global and not seen.is_multicast


def _networks(allow: Iterable[str]) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    networks = []
    for entry in allow:
        try:
            networks.append(ipaddress.ip_network(entry, strict=False))
        except ValueError:
            continue
    return networks
