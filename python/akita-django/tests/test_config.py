"""Addresses of the daemon."""

from __future__ import annotations

import pytest

from akita_capture.config import Address, ConfigError, parse_address

pytestmark = pytest.mark.any_django


@pytest.mark.parametrize(
    ("address", "host", "port"),
    [
        ("localhost", "localhost", 50080),
        ("localhost:1", "localhost", 1),
        ("10.0.0.1:65535", "10.0.0.1", 65535),
        ("[::1]:50081", "::1", 50081),
        ("[::1]", "::1", 50080),
    ],
)
def test_a_valid_address(address, host, port):
    assert parse_address(address) == Address(host, port)
    assert parse_address(str(Address(host, port))) == Address(host, port)


@pytest.mark.parametrize(
    ("address", "local"),
    [
        *((host, True) for host in ("localhost", "LOCALHOST:1", "127.0.0.1", "127.1.2.3:9")),
        *((host, True) for host in ("[::1]:50080", "unix:/run/akita.sock")),
        *((host, False) for host in ("10.0.0.1", "0.0.0.0", "daemon", "[2001:db8::1]", "127.0.0")),
        ("localhost.example.com", False),
    ],
)
def test_whether_an_address_is_on_this_machine(address, local):
    assert parse_address(address).is_local is local


def test_the_address_of_a_unix_socket():
    address = parse_address("unix:/run/akita/daemon.sock")

    assert address.path == "/run/akita/daemon.sock"
    assert str(address) == "unix:/run/akita/daemon.sock"


@pytest.mark.parametrize(
    "address",
    [
        *("", ":50080", "a:b", "a:0", "a:65536", "a:", "http://a:1", "::1", "a b", "a:1/"),
        *("unix:", "unix:daemon.sock", None, 50080),
    ],
)
def test_an_invalid_address(address):
    with pytest.raises(ConfigError, match=r"have the form|port outside"):
        parse_address(address)
