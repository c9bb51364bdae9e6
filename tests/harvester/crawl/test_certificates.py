"""Certificates that prove nothing: the portal is harvested; verdict and chain stand beside every capture."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from archive.exchange import VERIFIED
from archive.store import Store
from archive.warc import records
from harvester.crawl.certificates import Judge, is_for
from harvester.maintain.rebuild import rebuild
from harvester.sample.server import Server
from tests.portals.generic import PlainPortal
from tests.portals.simulator import Harvest, harvest

NOW = datetime.now(UTC)


class Authority:
    """A root of our own, and certificates under it."""

    def __init__(self, name: str = "青山根证书") -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
        self.root = self._sign(self.name, self.key.public_key(), [], is_root=True)

    def _sign(self, name, key, names, *, is_root=False, days=(-400, 400)):  # type: ignore[no-untyped-def]
        made = x509.CertificateBuilder(self.name, name, key, x509.random_serial_number())
        made = made.not_valid_before(NOW + timedelta(days=days[0])).not_valid_after(NOW + timedelta(days=days[1]))
        made = made.add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        if names:
            made = made.add_extension(x509.SubjectAlternativeName(names), critical=False)
        return made.sign(self.key, hashes.SHA256())

    def server(self, folder: Path, names: list[x509.GeneralName], days: tuple[int, int] = (-1, 90)) -> Path:
        """A file with a key, its certificate, and the root."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "portal")])
        leaf = self._sign(subject, key.public_key(), names, days=days)
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        certificates = b"".join(one.public_bytes(serialization.Encoding.PEM) for one in (leaf, self.root))
        file = folder / "portal.pem"
        file.write_bytes(pem + certificates)
        return file


HERE: list[x509.GeneralName] = [x509.IPAddress(ip_address("127.0.0.1"))]
ELSEWHERE: list[x509.GeneralName] = [x509.DNSName("www.other.example")]


@contextmanager
def served(portal: PlainPortal, pem: Path) -> Iterator[Server]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server = Server(portal.site)
    server._server.socket = context.wrap_socket(server._server.socket, server_side=True)
    with server:
        yield server


def visit(folder: Path, names: list[x509.GeneralName], days: tuple[int, int], *, trusted: bool) -> Harvest:
    authority, portal = Authority(), PlainPortal(3)
    roots = folder / "roots.pem"
    other = authority if trusted else Authority("另一根证书")
    roots.write_bytes(other.root.public_bytes(serialization.Encoding.PEM))
    with pytest.MonkeyPatch.context() as patch, served(portal, authority.server(folder, names, days)) as server:
        patch.setattr("harvester.crawl.transport.Judge", lambda: Judge(roots))
        got = harvest(folder / "data", portal.registry(server).replace("http://", "https://"), portal.site)
    assert got.paths("new") == portal.reports
    return got


@pytest.mark.parametrize(
    ("names", "days", "trusted", "said"),
    [
        (HERE, (-1, 90), False, "self-signed certificate in certificate chain"),
        (HERE, (-300, -10), True, "certificate has expired"),
        (HERE, (10, 90), True, "certificate is not yet valid or the system clock is incorrect"),
        (ELSEWHERE, (-1, 90), True, "the certificate is not for 127.0.0.1"),
    ],
)
def test_a_broken_chain_is_harvested_recorded_and_said(
    tmp_path: Path, names: list[x509.GeneralName], days: tuple[int, int], trusted: bool, said: str
) -> None:
    got = visit(tmp_path, names, days, trusted=trusted)
    assert set(got.kinds()) == {"tls_unverified"}
    assert {row["tls"].partition(" (")[0] for row in got.captures} == {said}
    (file,) = (tmp_path / "data" / "warc").glob("2*.warc.gz")
    told = [record.harvest["tls"] for record in records(file)]
    assert {one["verdict"].partition(" (")[0] for one in told} == {said}
    assert [len(one.get("certificates", ())) for one in told] == [2] + [0] * (len(told) - 1)


def test_a_chain_that_is_right_says_so_and_a_rebuild_knows(tmp_path: Path) -> None:
    got = visit(tmp_path, HERE, (-1, 90), trusted=True)
    assert got.kinds() == {}
    assert {row["tls"] for row in got.captures} == {VERIFIED}
    rebuild(tmp_path / "data")
    with Store.open(tmp_path / "data") as store:
        assert {row["tls"] for row in store.connection.execute("SELECT tls FROM captures")} == {VERIFIED}


def test_names() -> None:
    authority = Authority()
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    starred = authority._sign(authority.name, key, [x509.DNSName("*.a.gov.cn")])
    assert is_for(starred, "www.A.gov.cn")
    assert not is_for(starred, "a.gov.cn")
    assert not is_for(starred, "x.www.a.gov.cn")
    common = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "www.b.gov.cn")])
    assert is_for(authority._sign(common, key, []), "www.b.gov.cn")
