"""Which addresses webhooks may be sent to: no way into the institution's own network."""

import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from casegate.errors import InvalidInput

Resolve = Callable[[str, int], Sequence[str]]
"""Gives the IP addresses of a host."""
LONGEST = 1000
_REMEDY = "Give an address such as https://example.com/casegate that is reached from outside."


@dataclass(frozen=True)
class Target:
    """Where a message goes: the URL as it was given, and the address that was checked."""

    url: SplitResult
    address: str


def resolve(host: str, port: int) -> Sequence[str]:
    """Ask this machine's resolver.

    Raises:
        OSError: the host has no address.
    """
    found = socket.getaddrinfo(host, port, proto=socket.IPPROTO_TCP)
    return [str(info[4][0]) for info in found]


def checked_target(url: str, *, production: bool, resolve: Resolve) -> Target:
    """Check an address, and tell which of the host's IP addresses to speak to.

    In production every address of the host has to be a public one, and the scheme `https`. In the
    demo `http` is taken for this machine itself.

    Raises:
        InvalidInput: names what is wrong with the address, not the address.
    """
    parts = _parts(url)
    host = parts.hostname or ""
    try:
        addresses = list(resolve(host, parts.port or (443 if parts.scheme == "https" else 80)))
    except OSError:
        addresses = []
    if not addresses:
        raise InvalidInput("the host of `url` has no address", remedy=_REMEDY)
    ips = [ipaddress.ip_address(address.partition("%")[0]) for address in addresses]
    local = all(ip.is_loopback for ip in ips)
    if parts.scheme != "https" and (production or not local):
        raise InvalidInput("`url` must begin with https://", remedy=_REMEDY)
    if production and not all(_is_public(ip) for ip in ips):
        raise InvalidInput("`url` leads into a private network", remedy=_REMEDY)
    return Target(parts, addresses[0])


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise InvalidInput("`url` can't be read", remedy=_REMEDY) from None
    bad = len(url) > LONGEST or not url.isascii() or not url.isprintable() or " " in url
    if bad or parts.scheme not in ("https", "http") or not parts.hostname or port == 0:
        raise InvalidInput("`url` must be a plain https:// address", remedy=_REMEDY)
    if parts.username or parts.password or parts.fragment:
        raise InvalidInput("`url` may hold neither a password nor a fragment", remedy=_REMEDY)
    return parts


def _is_public(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    mapped = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    inner = mapped or ip
    return bool(ip.is_global and inner.is_global and not ip.is_multicast)
