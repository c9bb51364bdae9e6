"""parsers.formats.xls: damaged, encrypted and absurd workbooks."""

from __future__ import annotations

import io
import zipfile

import olefile
import pytest
from xlsxwriter import Workbook

from parsers.content import Unreadable
from parsers.formats.sheets import xls, xls_records
from parsers.formats.word import libreoffice
from tests.workbooks import workbook

AREA_3D, AREA_N = 0x3B, 0x2D


def test_an_empty_workbook_is_empty() -> None:
    with pytest.raises(Unreadable) as caught:
        xls.read(workbook(lambda made: made.add_worksheet("一")))
    assert caught.value.kind == "empty"


def test_a_cut_workbook_is_corrupt() -> None:
    data = workbook(lambda made: made.add_worksheet("一").write(0, 0, "x"))
    with pytest.raises(Unreadable) as caught:
        xls.read(data[:-200])
    assert caught.value.kind == "corrupt"


def test_an_xls_whose_looks_nobody_can_read_is_read_with_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    if libreoffice.executable() is None:
        pytest.skip("needs LibreOffice")
    data = libreoffice.converted(
        workbook(lambda made: made.add_worksheet("一").write_row(0, 0, ["甲", 5])), ".xlsx", "xls"
    )

    def fails(*_: object) -> None:
        raise Unreadable("corrupt", "a style that is not there")

    monkeypatch.setattr(xls_records, "_looks", fails)
    content = xls.read(data)
    assert [cell.text for cell in content.tables[0].cells] == ["甲", "5"]
    assert len(content.notes) == 1


def test_a_workbook_with_a_password_says_so() -> None:
    """The record that says so, written over the first one after the beginning."""
    if libreoffice.executable() is None:
        pytest.skip("needs LibreOffice")
    plain = libreoffice.converted(workbook(lambda made: made.add_worksheet("一").write(0, 0, "甲")), ".xlsx", "xls")
    with olefile.OleFileIO(io.BytesIO(plain)) as ole:
        stream = ole.openstream("Workbook").read()
    after = 4 + int.from_bytes(stream[2:4], "little")
    start = plain.index(stream[: after + 16])
    locked = plain[: start + after] + b"\x2f\x00" + plain[start + after + 2 :]
    with pytest.raises(Unreadable) as caught:
        xls.read(locked)
    assert caught.value.kind == "encrypted"


def test_a_panic_of_the_rust_reader_is_a_damaged_file(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    def panics(_: object) -> None:
        raise PanicException("range end index out of range")

    monkeypatch.setattr(xls.CalamineWorkbook, "from_filelike", panics)
    with pytest.raises(Unreadable) as caught:
        xls.read(workbook(lambda made: made.add_worksheet("一").write(0, 0, "x")))
    assert caught.value.kind == "corrupt"


@pytest.mark.parametrize("last", ["A4294967295", "XFD1048576", "A0"])
def test_an_absurd_place_is_refused_before_memory_is_taken_for_it(last: str) -> None:
    data = workbook(lambda made: made.add_worksheet("一").write_column(0, 0, [1, 2]))
    row = last.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    far = f'<row r="{row}"><c r="{last}"><v>1</v></c></row></sheetData>'.encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"</sheetData>", far))
    with pytest.raises(Unreadable) as caught:
        xls.read(buffer.getvalue())
    assert caught.value.kind in {"corrupt", "too_large"}


def test_a_name_of_an_area_that_nobody_can_follow_costs_nothing() -> None:
    """The formula of a name written over with a token that belongs elsewhere; Excel opens such a book."""
    if libreoffice.executable() is None:
        pytest.skip("needs LibreOffice")

    def fill(made: Workbook) -> None:
        made.add_worksheet("Blatt").write_row(0, 0, ["甲", 5])
        made.define_name("Bereich", "=Blatt!$A$1:$B$2")

    data = bytearray(libreoffice.converted(workbook(fill), ".xlsx", "xls"))
    name = data.index(b"Bereich")
    assert data[name + 7] == AREA_3D
    data[name + 7] = AREA_N
    assert [cell.text for cell in xls.read(bytes(data)).tables[0].cells] == ["甲", "5"]
