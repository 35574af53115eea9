"""Which addresses may be fetched: public ones only, on the web's own ports.

The address that is connected to is checked, not the name: a name can change between the look
and the connection, and a redirect can lead anywhere.
"""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

from bot.errors import FetchError

NOT_PUBLIC = "is not a public address"
PRIVATE = "private-address"
PORTS = frozenset({80, 443, 8080, 8443})
_EMBEDDING = (
    (ipaddress.ip_network("64:ff9b::/96"), 0),  # NAT64, RFC 6052
    (ipaddress.ip_network("64:ff9b:1::/48"), 0),  # NAT64 of a local network, RFC 8215
    (ipaddress.ip_network("::/96"), 0),  # IPv4-compatible, RFC 4291
    (ipaddress.ip_network("2002::/16"), 80),  # 6to4, RFC 3056: the address starts after 16 bits
)
_REFUSED = (
    ipaddress.ip_network("2001::/32"),  # Teredo, RFC 4380
    ipaddress.ip_network("192.0.0.0/24"),
    ipaddress.ip_network("fec0::/10"),  # site-local, RFC 3879
)


class RefusedAddressError(OSError):
    """A connection to an address that is not public."""


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public internet, whatever it is wrapped in."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or _embedded(ip)
        if inner is not None:
            return is_public(str(inner))
    if any(ip.version == network.version and ip in network for network in _REFUSED):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _embedded(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    for network, shift in _EMBEDDING:
        if ip in network:
            return ipaddress.IPv4Address((int(ip) >> shift) & 0xFFFFFFFF)
    return None


def check(url: str, *, allow_loopback: bool = False) -> str:
    """Return the address if it may be asked for at all.

    ``allow_loopback`` lets http on this machine through, on any port, for tests.

    Raises:
        FetchError: another scheme or port, or credentials (``refused``), or an address that is
            not public (``private-address``).

    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise _refused(url, "is not a valid address") from error
    if parts.scheme not in {"http", "https"}:
        raise _refused(url, "is not a web address (http or https)")
    if parts.username is not None or parts.password is not None:
        raise _refused(url, "holds a user name or password; leave it out")
    if not host or any(letter.isspace() or ord(letter) < 32 for letter in url):
        raise _refused(url, "is not a valid address")
    literal = _literal(host)
    loopback = host == "localhost" or bool(literal and ipaddress.ip_address(literal).is_loopback)
    if allow_loopback and loopback:
        return url
    if port is not None and port not in PORTS:
        raise _refused(url, f"uses port {port}; only {', '.join(map(str, sorted(PORTS)))} are read")
    if (literal and not is_public(literal)) or _is_local_name(host):
        raise _refused(url, "leads into a private network", outcome=PRIVATE)
    return url


def _refused(url: str, why: str, *, outcome: str = "refused") -> FetchError:
    shown = url if "@" not in url else url.partition("://")[0] + "://…"
    text = f"{shown[:200]} {why}. Give the public address of a page or feed."
    return FetchError(text, outcome=outcome)


def _literal(host: str) -> str:
    """Return the IP address that a host is, also when written in octal, hex or as one number."""
    try:
        return str(ipaddress.ip_address(host.partition("%")[0]))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except (OSError, UnicodeError, ValueError):
        return ""


def _is_local_name(host: str) -> bool:
    name = host.rstrip(".").lower()
    return name == "localhost" or name.endswith(
        (".localhost", ".local", ".internal", ".lan", ".home.arpa")
    )


def guarded_socket(
    info: tuple[int, int, int, str, tuple[object, ...]], *, allow_loopback: bool = False
) -> socket.socket:
    """Open the socket for one resolved address, or refuse it.

    Raises:
        RefusedAddressError: the address is not public.

    """
    family, kind, protocol, _, address = info
    told = str(address[0])
    loopback = allow_loopback and ipaddress.ip_address(told.partition("%")[0]).is_loopback
    if not (loopback or is_public(told)):
        raise RefusedAddressError(f"{told} {NOT_PUBLIC}")
    made = socket.socket(family, kind, protocol)
    made.setblocking(False)  # noqa: FBT003 - the standard library's own signature
    return made
