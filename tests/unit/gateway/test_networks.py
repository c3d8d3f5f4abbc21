"""Whence a failed sign-in came: the network, never the address."""

import pytest

from gateway.signin.networks import network_of


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:7:1::9", "2001:db8:7::/48"),
        ("127.0.0.1", "127.0.0.0/24"),
        ("", ""),
        ("unix:", ""),
    ],
)
def test_the_network_is_kept_and_not_the_address(address: str, network: str) -> None:
    assert network_of(address) == network
