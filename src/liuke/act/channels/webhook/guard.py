"""SSRF guard: which address a webhook may reach. Decided on the resolved address, which is then the one connected to."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable

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
