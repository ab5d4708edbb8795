"""Which network addresses are open to the whole Internet, and which a server must not be led to."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final

# The IANA special-purpose registries, https://www.iana.org/assignments/iana-ipv4-special-registry and -ipv6-, are in
# `ipaddress`, but not all of these in every Python that runs here.
_CLOSED_IPV4: Final = (
    IPv4Network("192.0.0.0/24"),  # protocol assignments; Oracle's metadata service is among them
    IPv4Network("192.88.99.0/24"),  # relays of 6to4
    IPv4Network("168.63.129.16/32"),  # Azure's metadata service, at an address that looks public
)
_GLOBAL_UNICAST: Final = IPv6Network("2000::/3")  # all that is given out, RFC 4291
_NAT64: Final = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
_TEREDO: Final = IPv6Network("2001::/32")

_EXAMPLES: Final = ("example.com", "example.net", "example.org")  # RFC 2606, section 3


def is_example(host: str) -> bool:
    """Whether a host name is one of those that are reserved for examples, as in demo data: nothing is there."""
    return any(host == name or host.endswith(f".{name}") for name in _EXAMPLES)


def is_public(address: str) -> bool:
    """Whether an IP address is one host on the public Internet.

    Loopback, private, link-local, shared, reserved and multicast addresses are not, nor are the metadata services of
    clouds. An IPv6 address that stands for an IPv4 address (mapped, NAT64, 6to4) is as public as that one.
    Raises ValueError for what is no IP address.
    """
    found = ip_address(address)
    if isinstance(found, IPv4Address):
        return found.is_global and not found.is_multicast and not any(found in network for network in _CLOSED_IPV4)
    if (inner := _inner(found)) is not None:
        return is_public(str(inner))
    return found in _GLOBAL_UNICAST and found.is_global and found not in _TEREDO


def _inner(address: IPv6Address) -> IPv4Address | None:
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour
