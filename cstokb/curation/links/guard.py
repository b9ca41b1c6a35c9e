"""Which addresses of the web may be asked: those that anyone could reach, and no other.

An address in a source comes from outside. It may name a machine of our own network, by a number, by a name, or by a
redirect; a name may change its meaning between two look-ups. So a name is looked up once, everything that it means must
be public, and the connection goes to the very number that was looked at.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, quote, urlsplit

PORTS = {"http": 80, "https": 443}
LONGEST = 2000
#: IPv6 numbers that stand for an IPv4 number in their last four bytes.
TRANSLATED = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))
#: Kept for protocols (RFC 6890), whatever a release of Python says of single numbers in it.
KEPT = IPv4Network("192.0.0.0/24")
_UNRESERVED = "/%:@!$&'()*+,;=~-._?"

#: From a name and a port to the numbers that it means.
Resolver = Callable[[str, int], Sequence[str]]


class NotAllowed(ValueError):
    """The address may not be asked; the message says why."""


class NoSuchHost(ValueError):
    """The name means nothing, or could not be looked up."""


@dataclass(frozen=True)
class Target:
    """An address that may be asked: its parts, and the number to connect to."""

    scheme: str
    host: str
    port: int
    number: str
    path: str

    @property
    def origin(self) -> str:
        """Scheme, name and port, as robots.txt is asked of them."""
        bare = self.port == PORTS[self.scheme]
        name = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{name}" if bare else f"{self.scheme}://{name}:{self.port}"


def look_up(host: str, port: int) -> Sequence[str]:
    """The numbers that a name means now.

    Raises:
        NoSuchHost: when it means none.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NoSuchHost(f"{host} cannot be found: {error}") from error
    return list(dict.fromkeys(str(one[4][0]) for one in found))


@dataclass(frozen=True)
class Guard:
    """Decides what may be asked.

    ``beside`` names numbers and ports that may be asked although they are not public. Nothing but a test has any: the
    command has no option for it, and there is no setting.
    """

    resolve: Resolver = look_up
    beside: frozenset[tuple[str, int]] = frozenset()

    def target(self, url: str) -> Target:
        """The way to an address.

        Raises:
            NotAllowed: when it may not be asked.
            NoSuchHost: when its name means nothing.
        """
        parts = _parts(url)
        host = _host(parts)
        port = self._port(parts)
        numbers = self.resolve(host, port)
        if not numbers:
            raise NoSuchHost(f"{host} cannot be found")
        for number in numbers:
            if not is_public(number) and (number, port) not in self.beside:
                raise NotAllowed(f"{host} is {number}, which is no public address")
        path = quote(parts.path or "/", safe=_UNRESERVED)
        query = f"?{quote(parts.query, safe=_UNRESERVED)}" if parts.query else ""
        return Target(parts.scheme, host, port, numbers[0], path + query)

    def _port(self, parts: SplitResult) -> int:
        try:
            port = parts.port or PORTS[parts.scheme]
        except ValueError:
            raise NotAllowed("the port is no number") from None
        if port not in PORTS.values() and port not in {known for _number, known in self.beside}:
            raise NotAllowed(f"port {port} is not one of the web")
        return port


def _parts(url: str) -> SplitResult:
    if len(url) > LONGEST or any(not letter.isprintable() or letter.isspace() for letter in url):
        raise NotAllowed("it is no address of the web")
    try:
        parts = urlsplit(url)
    except ValueError:
        raise NotAllowed("it is no address of the web") from None
    if parts.scheme not in PORTS:
        raise NotAllowed(f"{parts.scheme or 'an address without a scheme'} is not http or https")
    if "@" in parts.netloc or "\\" in parts.netloc:
        raise NotAllowed("it carries a name or password")
    return parts


def _host(parts: SplitResult) -> str:
    """The name as it is looked up and told to the server: in ASCII, without a last full stop."""
    name = (parts.hostname or "").rstrip(".")
    if not name:
        raise NotAllowed("it names no host")
    if ":" in name:
        return name
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        raise NotAllowed("its host is no name") from None


def is_public(number: str) -> bool:
    """Whether anyone on the internet could mean a machine by this number; false for what is no number."""
    try:
        found = ip_address(number)
    except ValueError:
        return False
    if isinstance(found, IPv4Address):
        return _is_global(found)
    if found.scope_id:
        return False
    inner = _within(found)
    return _is_global(found) and (inner is None or _is_global(inner))


def _is_global(number: IPv4Address | IPv6Address) -> bool:
    if isinstance(number, IPv6Address):
        if number.ipv4_mapped is not None:
            return _is_global(number.ipv4_mapped)
        if number.is_site_local:
            return False
    elif number in KEPT:
        return False
    return number.is_global and not number.is_multicast and not number.is_reserved


def _within(number: IPv6Address) -> IPv4Address | None:
    """The IPv4 number that an IPv6 number stands for."""
    if number.ipv4_mapped or number.sixtofour:
        return number.ipv4_mapped or number.sixtofour
    if number.teredo:
        return number.teredo[1]
    if any(number in network for network in TRANSLATED):
        return IPv4Address(int(number) & 0xFFFFFFFF)
    return None
