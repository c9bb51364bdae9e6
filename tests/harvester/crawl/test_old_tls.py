"""Portals that speak nothing newer than TLS 1.0: reached when they are registered so, and only then."""

from __future__ import annotations

import ssl
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from harvester.sample.server import Server
from tests.portals.generic import PlainPortal
from tests.portals.simulator import Harvest, harvest


def certificate(folder: Path) -> Path:
    """A self-signed certificate with its key, short as old portals have them."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    file = folder / "portal.pem"
    file.write_bytes(pem + made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return file


@contextmanager
def speaking(portal: PlainPortal, version: ssl.TLSVersion, folder: Path) -> Iterator[Server]:
    """The portal behind one version of TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = version
    context.load_cert_chain(certificate(folder))
    server = Server(portal.site)
    server._server.socket = context.wrap_socket(server._server.socket, server_side=True)
    with server:
        yield server


def visit(version: ssl.TLSVersion, tls: str, folder: Path) -> tuple[PlainPortal, Harvest]:
    portal = PlainPortal(4)
    portal.extra = f'tls = "{tls}"'
    with speaking(portal, version, folder) as server:
        registry = portal.registry(server).replace("http://", "https://")
        return portal, harvest(folder / "data", registry, portal.site)


@pytest.mark.parametrize(
    ("version", "tls"), [("TLSv1", "legacy"), ("TLSv1_1", "legacy"), ("TLSv1_2", "legacy"), ("TLSv1_3", "modern")]
)
def test_every_report_is_found(tmp_path: Path, version: str, tls: str) -> None:
    portal, got = visit(ssl.TLSVersion[version], tls, tmp_path)
    assert got.paths("new") == portal.reports


def test_a_portal_not_registered_so_is_left_with_an_event(tmp_path: Path) -> None:
    _, got = visit(ssl.TLSVersion.TLSv1, "modern", tmp_path)
    assert not got.paths()
    assert set(got.kinds()) == {"robots_unavailable"}
