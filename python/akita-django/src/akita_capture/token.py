"""The secret that daemon and middleware share, and how each proves that it knows it.

The secret itself is never sent: a process that has taken the daemon's port would learn
it. Each request carries a fresh nonce and an HMAC-SHA256 (RFC 2104) of it, and the
daemon answers with another HMAC of the same nonce. Both cover the address that the
connection was made to, so a process in between cannot pass on the daemon's proof.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import os
import secrets
import socket
from pathlib import Path
from urllib.parse import quote

from .config import MIN_TOKEN_LEN, Config

NONCE = "Akita-Nonce"
ADDRESS = "Akita-Address"
AUTH = "Akita-Auth"
PROOF = "Akita-Proof"


class TokenError(Exception):
    """The secret cannot be read; the message says why, and what to do."""


class Challenge:
    """One request's nonce, and the two proofs made with it."""

    def __init__(self, token: bytes, address: str) -> None:
        """Make a nonce for a request to ``address``, in the form of :func:`peer`."""
        self._token = token
        self._address = address
        self._nonce = secrets.token_hex(16)

    def headers(self, method: str, target: str) -> dict[str, str]:
        """Return the headers that prove that the client knows the secret.

        The proof covers the method and the target (path and query, as sent), so one that
        was overheard is of no use for another request.
        """
        return {
            NONCE: self._nonce,
            ADDRESS: self._address,
            AUTH: self._digest("akita-client-2", method, target),
        }

    def is_met(self, proof: str | None) -> bool:
        """Report whether ``proof`` shows that the daemon knows the secret."""
        wanted = self._digest("akita-daemon-2").encode()
        return hmac.compare_digest((proof or "").encode("utf-8", "replace"), wanted)

    def _digest(self, *purpose: str) -> str:
        message = "\n".join((*purpose, self._address, self._nonce))
        return hmac.new(self._token, message.encode(), hashlib.sha256).hexdigest()


def peer(sock: socket.socket, path: str = "") -> str:
    """Return the address that a socket is connected to, as both proofs contain it.

    ``path`` is that of a Unix socket.
    """
    if path:
        return f"unix:{quote(os.fsencode(os.path.realpath(path)), safe='/')}"
    host, port = sock.getpeername()[:2]
    address = ipaddress.ip_address(host.partition("%")[0])
    address = getattr(address, "ipv4_mapped", None) or address
    return f"[{address}]:{port}" if address.version == 6 else f"{address}:{port}"


def read(config: Config) -> bytes | None:
    """Return the configured secret, or ``None``. Raises :class:`TokenError`."""
    if config.token:
        return config.token.encode()
    if not config.token_file:
        return None
    try:
        token = Path(config.token_file).read_bytes().strip()
    except OSError as error:
        raise TokenError(
            f"Cannot read the token file {config.token_file} ({error.strerror}): nothing is "
            "captured. Start `akita daemon` with the same --token-file and let this process "
            "read the file, or correct AKITA_DAEMON_TOKEN_FILE."
        ) from error
    if len(token) < MIN_TOKEN_LEN:
        raise TokenError(
            f"The token file {config.token_file} has fewer than {MIN_TOKEN_LEN} characters: "
            "nothing is captured. Delete it and restart `akita daemon`, which creates a new one."
        )
    return token
