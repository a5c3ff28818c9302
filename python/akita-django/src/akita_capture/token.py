"""The secret that daemon and middleware share, and the proofs that both sides know it.

The secret itself never travels: whoever has taken the daemon's port first would
learn it. Each request carries a fresh nonce and an HMAC-SHA256 (RFC 2104) of it, and
the daemon answers with another, over the same nonce.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from pathlib import Path

from .config import MIN_TOKEN_LEN, Config

NONCE = "Akita-Nonce"
AUTH = "Akita-Auth"
PROOF = "Akita-Proof"


class TokenError(Exception):
    """The secret cannot be had; the message says why, and what to do."""


class Challenge:
    """One request's nonce, and what either side makes of it."""

    def __init__(self, token: bytes) -> None:
        self._token = token
        self._nonce = secrets.token_hex(16)

    def headers(self, method: str, target: str) -> dict[str, str]:
        """Give the headers with which the client shows that it knows the secret.

        The method and the target (path and query, as sent) are in it: who has listened to one
        request, such as one for the daemon's proof, can make no other with its nonce.
        """
        return {NONCE: self._nonce, AUTH: self._digest(f"akita-client {method} {target}")}

    def is_met(self, proof: str | None) -> bool:
        """Tell whether the daemon has shown that it knows the secret."""
        wanted = self._digest("akita-daemon").encode()
        return hmac.compare_digest((proof or "").encode("utf-8", "replace"), wanted)

    def _digest(self, who: str) -> str:
        return hmac.new(self._token, f"{who} {self._nonce}".encode(), hashlib.sha256).hexdigest()


def read(config: Config) -> bytes | None:
    """Give the secret; ``None`` where there is to be none. Raises :class:`TokenError`."""
    if config.token:
        return config.token.encode()
    if not config.token_file:
        return None
    try:
        token = Path(config.token_file).read_bytes().strip()
    except OSError as error:
        raise TokenError(
            f"Cannot read the token file {config.token_file} ({error.strerror}): nothing is "
            "captured. Start `akita daemon` with the same --token-file and make the file "
            "readable for this process, or correct AKITA_DAEMON_TOKEN_FILE."
        ) from error
    if len(token) < MIN_TOKEN_LEN:
        raise TokenError(
            f"The token file {config.token_file} has less than {MIN_TOKEN_LEN} characters: "
            "nothing is captured. Remove it and restart `akita daemon`, which makes a new one."
        )
    return token
