"""Whence somebody comes, as far as it is kept: the network, never the address in it."""

from ipaddress import ip_address, ip_network

SHOWN_BITS = {
    4: 24,
    6: 48,
}  # A provider gives a household one of the first, or one of the second.


def network_of(address: str) -> str:
    """`203.0.113.0/24`, `2001:db8:7::/48`; "" for what is no address of the network."""
    try:
        read = ip_address(address)
    except ValueError:
        return ""
    plain = getattr(read, "ipv4_mapped", None) or read
    return str(ip_network((plain.packed, SHOWN_BITS[plain.version]), strict=False))
