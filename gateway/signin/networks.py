"""Whence somebody comes, as far as it is kept: the network, never the address in it."""

from ipaddress import ip_address, ip_network

SHOWN_BITS = {
    4: 24,
    6: 48,
}  # A provider gives a household one of the first, or one of the second.
OF_A_LINE = {4: 32, 6: 64}  # RFC 4291, section 2.5.1: an interface has 64 bits.


def network_of(address: str) -> str:
    """`203.0.113.0/24`, `2001:db8:7::/48`; "" for what is no address of the network."""
    return _network(address, SHOWN_BITS)


def line_of(address: str) -> str:
    """The addresses that whoever has one can take as they like; the address itself where it is none of the network."""
    return _network(address, OF_A_LINE) or address


def _network(address: str, bits: dict[int, int]) -> str:
    try:
        read = ip_address(address)
    except ValueError:
        return ""
    plain = getattr(read, "ipv4_mapped", None) or read
    return str(ip_network((plain.packed, bits[plain.version]), strict=False))
