"""Certificates that a portal shows: judged after the fact, kept as evidence, never a reason to turn away.

Portals with a broken chain are harvested as any visitor would in the end; what was wrong with it stands beside every
capture. Verified against the roots of this machine, as OpenSSL does it; the name as RFC 9525 has it.
"""

from __future__ import annotations

import ssl
from functools import cached_property
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from OpenSSL import crypto

from archive.exchange import VERIFIED, Certificates

_DER = 2
"""How the ssl module calls the form in which it gives certificates out."""
LONGEST_CHAIN = 10
UNCHECKED = "not checked: this machine has no root certificates"


class Judge:
    """Judges chains; each chain of each host once."""

    def __init__(self, roots: Path | None = None) -> None:
        self._roots = roots
        self._known: dict[tuple[str, str], Certificates] = {}

    def certificates(self, connection: ssl.SSLObject, host: str) -> Certificates:
        """What the server of this connection showed, with the verdict on it."""
        chain = shown(connection)
        key = (host, sha256(b"".join(chain)).hexdigest())
        if key not in self._known:
            self._known[key] = Certificates(connection.version() or "", self.verdict(chain, host), chain)
        return self._known[key]

    def verdict(self, chain: tuple[bytes, ...], host: str) -> str:
        """VERIFIED, or what speaks against the chain."""
        if not chain:
            return "no certificate was shown"
        if self._store is None:
            return UNCHECKED
        try:
            leaf, *others = (crypto.X509.from_cryptography(x509.load_der_x509_certificate(one)) for one in chain)
            crypto.X509StoreContext(self._store, leaf, others).verify_certificate()
            return VERIFIED if is_for(leaf.to_cryptography(), host) else f"the certificate is not for {host}"
        except crypto.X509StoreContextError as error:
            return str(error)
        except ValueError as error:
            return f"the certificate cannot be read: {error}"

    @cached_property
    def _store(self) -> crypto.X509Store | None:
        """The roots of this machine, None where it has none."""
        paths = ssl.get_default_verify_paths()
        file = str(self._roots) if self._roots is not None else paths.cafile
        if file is None and paths.capath is None:
            return None
        store = crypto.X509Store()
        store.load_locations(file, None if self._roots is not None else paths.capath)
        return store


def shown(connection: ssl.SSLObject) -> tuple[bytes, ...]:
    """The chain as the server sent it (DER); where this Python does not tell, its own certificate alone."""
    whole = getattr(getattr(connection, "_sslobj", None), "get_unverified_chain", None)
    if whole is not None and (chain := whole()):
        return tuple(one.public_bytes(_DER) for one in chain[:LONGEST_CHAIN])
    alone = connection.getpeercert(binary_form=True)
    return () if alone is None else (alone,)


def is_for(certificate: x509.Certificate, host: str) -> bool:
    """Does the certificate name this host? The common name counts where there is no other name, as it once did."""
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        common = certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
        return any(_matches(str(one.value), host) for one in common)
    try:
        return ip_address(host) in names.get_values_for_type(x509.IPAddress)
    except ValueError:
        return any(_matches(name, host) for name in names.get_values_for_type(x509.DNSName))


def _matches(name: str, host: str) -> bool:
    """A star stands for the first label alone."""
    name, host = name.lower().rstrip("."), host.lower().rstrip(".")
    return name == host or (name.startswith("*.") and name[2:] == host.partition(".")[2])
