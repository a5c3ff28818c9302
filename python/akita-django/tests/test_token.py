"""Proofs that daemon and middleware know the same secret, and files that hold it."""

from __future__ import annotations

import pytest

from akita_capture import Config
from akita_capture.token import AUTH, NONCE, Challenge, TokenError, read

pytestmark = pytest.mark.any_django


def test_the_proofs_have_the_agreed_values(monkeypatch):
    """The values are those of `openssl dgst -sha256 -hmac 0123456789abcdef`."""
    monkeypatch.setattr("secrets.token_hex", lambda n: "00" * n)
    challenge = Challenge(b"0123456789abcdef")

    assert challenge.headers("POST", "/v1/proof") == {
        NONCE: "0" * 32,
        AUTH: "ec165ce0249038e374b4a7ba49fbe267013c29ce7ab69a34502d764fddf3a3a0",
    }
    assert challenge.is_met("c24c06e190285efafef968e4a74d320f58016401ed300a3460386b9742127208")


@pytest.mark.parametrize("proof", [None, "", "0" * 64, "\u00e9", "\ud800"])
def test_a_wrong_proof_is_refused(proof):
    assert not Challenge(b"0123456789abcdef").is_met(proof)


def test_the_client_s_own_proof_is_not_the_daemon_s():
    challenge = Challenge(b"0123456789abcdef")

    assert not challenge.is_met(challenge.headers("POST", "/v1/proof")[AUTH])


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
