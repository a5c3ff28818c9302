"""Proofs that daemon and middleware know the same secret, and files that hold it."""

from __future__ import annotations

import pytest

from akita_capture import Config
from akita_capture.token import ADDRESS, AUTH, NONCE, Challenge, TokenError, peer, read

pytestmark = pytest.mark.any_django


SECRET = b"0123456789abcdef"
HERE = "127.0.0.1:50080"
VECTORS = [
    # Address, proof of the client, proof of the daemon.
    (
        HERE,
        "3a6f6d68fc5cb77a0e560a4c542658ea910ec99c9a198377348c6db551a2689c",
        "01ce9c1e063a1b565bfe71620f0df2762e998d4e834b0e6058dbff9845f62a63",
    ),
    (
        "[::1]:50080",
        "18379df68d097790dc3ae4515bde559765ea79a0c6ccde961bc9510e974684e1",
        "9c8f3131dde955967f67c2b0d0627f565af897841b2b0200ee6f597f9ba82299",
    ),
    (
        "unix:/run/akita%20%C3%A4.sock",
        "4e4b725b7b353c6f6a0f175f9e874dc06b0c619cb98e37209b29bab42c15870e",
        "bd11c3ef7afbb44d4178ca737b3e864a2fa83221105b5c43e28e89f67d2e8d90",
    ),
]


@pytest.mark.parametrize(("address", "auth", "proof"), VECTORS)
def test_the_proofs_have_the_agreed_values(monkeypatch, address, auth, proof):
    """The values are those of `openssl dgst -sha256 -hmac 0123456789abcdef`."""
    monkeypatch.setattr("secrets.token_hex", lambda n: bytes(range(n)).hex())
    challenge = Challenge(SECRET, address)

    assert challenge.headers("POST", "/v1/proof") == {
        NONCE: "000102030405060708090a0b0c0d0e0f",
        ADDRESS: address,
        AUTH: auth,
    }
    assert challenge.is_met(proof)


def test_a_proof_for_another_address_is_refused(monkeypatch):
    monkeypatch.setattr("secrets.token_hex", lambda n: bytes(range(n)).hex())

    for address, _, proof in VECTORS:
        assert Challenge(SECRET, HERE).is_met(proof) is (address == HERE)


@pytest.mark.parametrize("proof", [None, "", "0" * 64, "\u00e9", "\ud800"])
def test_a_wrong_proof_is_refused(proof):
    assert not Challenge(SECRET, HERE).is_met(proof)


def test_the_client_s_own_proof_is_not_the_daemon_s():
    challenge = Challenge(SECRET, HERE)

    assert not challenge.is_met(challenge.headers("POST", "/v1/proof")[AUTH])


class Connected:
    """A socket that is connected to an address."""

    def __init__(self, *address):
        self.address = address

    def getpeername(self):
        return self.address


@pytest.mark.parametrize(
    ("name", "address"),
    [
        (("127.0.0.1", 50080), "127.0.0.1:50080"),
        (("::1", 50080, 0, 0), "[::1]:50080"),
        (("::ffff:127.0.0.1", 50080, 0, 0), "127.0.0.1:50080"),
        (("fe80::1%lo", 50080, 0, 1), "[fe80::1]:50080"),
    ],
)
def test_the_address_of_a_tcp_connection(name, address):
    assert peer(Connected(*name)) == address


def test_the_address_of_a_unix_socket_has_no_links_in_it(tmp_path):
    real = tmp_path / "a \u00e4.sock"
    real.touch()
    link = tmp_path / "link"
    link.symlink_to(real)

    assert peer(Connected(), str(link)) == f"unix:{tmp_path.resolve()}/a%20%C3%A4.sock"


def test_without_settings_there_is_no_token():
    assert read(Config("demo", "here")) is None


@pytest.mark.parametrize("content", [b"0123456789abcdef", b"  0123456789abcdef\n"])
def test_a_token_file_is_read(tmp_path, content):
    file = tmp_path / "token"
    file.write_bytes(content)

    assert read(Config("demo", "here", token_file=str(file))) == b"0123456789abcdef"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, r"Cannot read the token file .*/token \(No such file or directory\).*--token-file"),
        (b"short\n", r"The token file .*/token has fewer than 16 characters.*restart"),
    ],
)
def test_a_bad_token_file_is_an_error(tmp_path, content, message):
    file = tmp_path / "token"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(TokenError, match=message):
        read(Config("demo", "here", token_file=str(file)))
