"""zip, rar, 7z, gz, eml and mht: what is inside, and when to refuse."""

from __future__ import annotations

import base64
import gzip
import io
import random
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from random import Random

import pytest

from parsers.content import Unreadable
from parsers.extract import extract
from parsers.formats import limits, recognise
from parsers.formats.containers import eml, gz, mht, rar
from parsers.formats.containers import unpacker as unpacking
from parsers.formats.containers import zip as zip_format
from parsers.formats.packages import zip_parts as zipped
from tests.factory import docx, html, pdf
from tests.factory.archives import rarred
from tests.factory.archives import zipped as pack
from tests.factory.compare import differences
from tests.factory.story import story
from tests.factory.truth import Truth, random_truth


def report() -> tuple[Truth, bytes]:
    random = Random(3)
    truth = random_truth(random)
    return truth, docx.render(story(truth, random), random)


def test_a_report_in_an_archive_in_an_archive() -> None:
    truth, data = report()
    extraction = extract(pack({"外.zip": pack({"年报/2023.docx": data}), "说明.txt": "见附件".encode()}))
    assert differences(truth, extraction) == []
    assert extraction.members[0].members[0].member == "年报/2023.docx"


def stored(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize("packed_by", [stored, rarred])
def test_two_reports_in_one_archive_are_two_reports(packed_by: Callable[[dict[str, bytes]], bytes]) -> None:
    """The first file begins within the first kilobyte of the archive: its mark stands there too."""
    truths = []
    files: dict[str, bytes] = {}
    for number in (1, 2):
        random = Random(number)
        truths.append(random_truth(random))
        files[f"{number}.pdf"] = pdf.render(story(truths[-1], random), random)
    extraction = extract(packed_by(files))
    assert [member.media_type for member in extraction.members] == ["application/pdf"] * 2
    for truth, member in zip(truths, extraction.members, strict=True):
        assert differences(truth, member) == []


@pytest.mark.parametrize(
    "text",
    [
        "<html><body><p>下载的文件以 %PDF-1.4 开头，请用阅读器打开。</p></body></html>",
        "说明：PDF 文件的开头是 %PDF-1.7，结尾是 %%EOF。",
        'From: a@b.cn\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="x"\n\n--x\n'
        "Content-Disposition: attachment; filename=a.txt\n\n%PDF-1.4\n1 0 obj\n--x--\n",
    ],
)
def test_a_text_that_speaks_of_a_mark_is_none(text: str) -> None:
    found = recognise(text.encode())
    assert found is not None
    assert found.name != "pdf"


def test_a_pdf_behind_something_else_is_a_pdf() -> None:
    random = Random(1)
    truth = random_truth(random)
    data = pdf.render(story(truth, random), random)
    assert differences(truth, extract(b"Content-Type: application/pdf\r\nX: y\r\n\r\n" + data)) == []


@pytest.mark.parametrize(
    "members",
    [
        {
            "[Content_Types].xml": b"<Types/>",
            "ppt/presentation.xml": b"<p/>",
            "ppt/media/image1.png": b"\x89PNG\r\n\x1a\n",
        },
        {"[Content_Types].xml": b"<Types/>", "visio/document.xml": b"<v/>"},
        {"Index/Document.iwa": b"x", "preview.jpg": b"\xff\xd8\xff"},
        {"mimetype": b"application/epub+zip", "OEBPS/1.xhtml": b"<html/>"},
        {"mimetype": b"application/vnd.oasis.opendocument.presentation", "content.xml": b"<a/>"},
        {"META-INF/MANIFEST.MF": b"", "a.class": b"x"},
    ],
)
def test_packages_of_other_programs_are_unsupported_at_once(members: dict[str, bytes]) -> None:
    extraction = extract(pack(members))
    assert extraction.error is not None
    assert extraction.error.kind == "unsupported"
    assert extraction.members == ()
    assert extraction.media_type.startswith("application/")


def test_names_that_are_no_utf8() -> None:
    flagged = stored({"年报.txt": b"1"}).replace("年报".encode(), "年报".encode("gb18030") + b"\xff\xff")
    for packed in (rarred({"a\udcff.txt": b"1"}), flagged):
        (member,) = extract(packed).members
        assert member.member is not None
        member.member.encode("utf-8")
        assert member.error is None


def test_names_in_gbk() -> None:
    (name, data), *_ = zip_format.members(pack({"年报.txt": b"1"}, gbk=True))
    assert name.startswith("年报.txt")
    assert data == b"1"


def test_litter_is_left_out() -> None:
    packed = pack({"__MACOSX/._a.doc": b"x", "a/.DS_Store": b"x", "Thumbs.db": b"x", "~$a.doc": b"x", "a.txt": b"1"})
    assert [name for name, _ in zip_format.members(packed)] == ["a.txt"]


def kind_of(data: bytes) -> str | None:
    error = extract(data).error
    return error.kind if error else None


def test_a_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert kind_of(pack({"a.txt": b"0" * (20 * 1024 * 1024)})) == "too_large"
    monkeypatch.setattr(zip_format, "MAX_UNPACKED_BYTES", 5_000)
    noise = random.Random(1).randbytes(3_000)
    assert kind_of(pack({"a": noise, "b": noise})) == "too_large"


def test_a_member_larger_than_the_directory_says(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pack({"a.txt": b"123456789" * 10})
    with zipped.open_zip(data) as archive, pytest.raises(Unreadable) as caught:
        zipped.read_member(archive, archive.infolist()[0], limit=20)
    assert caught.value.kind == "too_large"


def test_too_deep_and_too_many() -> None:
    data = pack({"a.txt": b"1"})
    for _ in range(limits.MAX_DEPTH + 3):
        data = pack({"a.zip": data})
    assert kind_of(data) == "unsupported"
    assert kind_of(pack({str(number): b"" for number in range(limits.MAX_MEMBERS + 1)})) == "too_large"


def test_encrypted_cut_and_empty_archives() -> None:
    data = bytearray(pack({"a.txt": b"1"}))
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(signature) + at] |= 1
    assert kind_of(bytes(data)) == "encrypted"
    assert kind_of(pack({"a.txt": b"1" * 500})[:60]) == "corrupt"
    assert kind_of(pack({})) == "empty"


def test_a_damaged_member_shows_beside_the_others() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("bad.txt", b"AAAA")
        archive.writestr("good.txt", b"BBBB")
    data = buffer.getvalue().replace(b"AAAA", b"AxAA", 1)
    assert list(zip_format.members(data)) == [("bad.txt", b""), ("good.txt", b"BBBB")]


def test_rar() -> None:
    truth, data = report()
    packed = rarred({"2023.docx": data})
    assert rar.recognise(packed) == rar.MEDIA_TYPE
    assert differences(truth, extract(packed)) == []
    assert kind_of(packed[:40]) in {"corrupt", "empty"}


SOLID = base64.b64decode(
    "UmFyIRoHAQAJ78hvCwEFBwQGAQGAgIAA3vVwchwCAroABIAQtoMCoua3xYAbAQpzdGVzdDEudHh0waw3REQj+iP2l/1iU1G+TJGBQQKMwQN5XL"
    "9Ho6otoDaT3aBYAEACANRQBHb2xH8y6p8ypcTM14PfABDoLYkcAgKNAASAELaDAqLmt8XAGwEKc3Rlc3QyLnR4dEUVCmABAAgD37f79vwdd1ZR"
    "AwUEAA=="
)
"""A compressed, solid RAR 5 from the tests of rarfile (ISC licence): two texts of 2,048 letters."""


def test_a_compressed_rar_needs_a_tool(monkeypatch: pytest.MonkeyPatch) -> None:
    if shutil.which("bsdtar") is None:
        pytest.skip("needs bsdtar")
    monkeypatch.setattr(rar, "_TOOLS", ())
    assert [(name, len(data)) for name, data in rar.members(SOLID)] == [("stest1.txt", 2048), ("stest2.txt", 2048)]
    assert kind_of(SOLID[:90] + b"\x00" + SOLID[91:]) == "corrupt"
    monkeypatch.setenv("PATH", "")
    assert kind_of(SOLID) == "needs_unrar"


def test_seven_zip(tmp_path: Path) -> None:
    truth, data = report()
    program = shutil.which("bsdtar")
    if program is None:
        pytest.skip("needs bsdtar")
    (tmp_path / "年报.docx").write_bytes(data)
    subprocess.run([program, "--format", "7zip", "-cf", "a.7z", "年报.docx"], cwd=tmp_path, check=True)
    packed = (tmp_path / "a.7z").read_bytes()
    extraction = extract(packed)
    assert differences(truth, extraction) == []
    assert extraction.members[0].member == "年报.docx"
    assert kind_of(packed[: len(packed) // 2]) == "corrupt"


def test_an_archive_that_unpacks_without_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = shutil.which("bsdtar")
    if program is None:
        pytest.skip("needs bsdtar")
    (tmp_path / "a.txt").write_bytes(bytes(5_000_000))
    subprocess.run([program, "--format", "7zip", "-cf", "a.7z", "a.txt"], cwd=tmp_path, check=True)
    monkeypatch.setattr(unpacking, "MAX_PART_BYTES", 1_000_000)
    assert kind_of((tmp_path / "a.7z").read_bytes()) == "too_large"


def test_gzip() -> None:
    truth, data = report()
    assert differences(truth, extract(gzip.compress(data))) == []
    assert kind_of(gzip.compress(data)[:-200]) == "corrupt"
    with pytest.raises(Unreadable):
        list(gz.members(b"\x1f\x8b\x08" + b"\x00" * 20))


def test_mail_with_an_attachment() -> None:
    truth, data = report()
    message = EmailMessage()
    message["Subject"] = "年报"
    message.set_content("见附件")
    message.add_attachment(data, maintype="application", subtype="octet-stream", filename="年报.docx")
    raw = message.as_bytes()
    assert eml.recognise(raw) == eml.MEDIA_TYPE
    extraction = extract(raw)
    assert extraction.members[0].member == "年报.docx"
    assert differences(truth, extraction) == []


def test_places_of_a_web_archive_can_be_found_again() -> None:
    random = Random(8)
    truth = random_truth(random)
    page = html.render(story(truth, random), random, "cms")
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
    data = head + b"--x\r\nContent-Type: text/html\r\n\r\n" + page + b"\r\n--x--\r\n"
    found = recognise(data)
    assert found is not None
    assert found.name == "mht"
    extraction = extract(data)
    assert differences(truth, extraction) == []
    assert extraction.report is not None
    for cell in extraction.report.cells[:20]:
        assert cell.place.path is not None
        assert mht.locate(data, cell.place.path).strip() == cell.raw.strip()
