"""Exchange: one request and its response as they went over the wire, and what the body means after decoding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from archive.codings import GZIP, LARGEST, names, undo

Headers = tuple[tuple[str, str], ...]
"""Header lines in the order and the case of the wire; latin-1 decoded so that any byte survives."""


VERIFIED = "verified"
"""The verdict on a chain of certificates that nothing speaks against."""


@dataclass(frozen=True, slots=True)
class Certificates:
    """How the other side proved who it is: TLS version, the verdict on its chain in words, the chain itself (DER)."""

    version: str
    verdict: str
    chain: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its response.

    `body` is the payload as transferred (Content-Encoding still applied, chunking removed); `content()` is what
    it means after decoding. `fetched_at` is UTC. `tls`: None where it was not encrypted.
    """

    url: str
    method: str
    request_headers: Headers
    request_body: bytes
    status: int
    reason: str
    response_headers: Headers
    body: bytes
    fetched_at: datetime
    ip_address: str | None = None
    tls: Certificates | None = None

    def header(self, name: str) -> str | None:
        """The first response header of that name, whatever its case."""
        wanted = name.lower()
        return next((value for key, value in self.response_headers if key.lower() == wanted), None)

    @property
    def codings(self) -> list[str]:
        """What the body is encoded with; text that was compressed without saying so counts: some servers do that."""
        named = names(self.header("content-encoding"))
        text = (self.header("content-type") or "").lower().startswith("text/")
        return ["gzip"] if not named and text and self.body.startswith(GZIP) else named

    def content(self, largest: int = LARGEST) -> bytes:
        """The body with Content-Encoding undone; as transferred where the header is wrong about it.

        Raises TooLarge (a ValueError) when it means more than `largest` bytes.
        """
        return undo(self.body, self.codings, largest)
