"""From bytes to report, whatever the bytes are."""

from __future__ import annotations

import io
import json
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from parsers.extract import extract
from parsers.output.json_report import to_json
from parsers.report import Hints

KEYS = ["form", "title", "agency", "year", "scope", "published_on", "sections", "cells", "checks", "findings", "method"]


@pytest.mark.parametrize(
    ("data", "kind"),
    [(b"", "empty"), (b"  \n", "empty"), (b"\x00\x01\x02" * 50, "unsupported"), (b"%PDF-1.7 broken", "corrupt")],
)
def test_bad_bytes_end_in_an_error(data: bytes, kind: str) -> None:
    extraction = extract(data)
    assert extraction.report is None
    assert extraction.error is not None
    assert extraction.error.kind == kind
    assert to_json(extraction, "x")["error"]["kind"] == kind


def test_another_document_is_rejected_with_a_reason() -> None:
    text = "示例县2022年政府网站工作年度报表\n网站标识码\t9900000001\n独立用户访问总量\t1234\n信息发布总数\t99\n"
    extraction = extract(text.encode())
    assert extraction.report is None
    assert extraction.rejected is not None
    made = to_json(extraction, "x")
    assert made["report"] is None
    assert made["rejected"]["kind"] == "website_statement"
    assert made["rejected"]["reason"]


def test_json_of_a_report(seeds: Path) -> None:
    (document,) = seeds.glob("003_*.txt")
    made = json.loads(json.dumps(to_json(extract(document.read_bytes()), document.name), ensure_ascii=False))
    assert made["source"] == document.name
    assert made["media_type"] == "text/plain"
    assert len(made["sha256"]) == 64
    assert made["rejected"] is None
    report = made["report"]
    assert set(KEYS) < set(report)
    assert (report["agency"], report["year"], report["scope"]) == ("牡丹江市科学技术局", 2020, "department")
    cell = next(cell for cell in report["cells"] if cell["row"] == "licences" and cell["column"] == "items_last_year")
    assert cell["value"] == 2
    assert cell["unit"] == "项"
    assert cell["path"].startswith("line ")
    line = int(cell["path"].removeprefix("line "))
    assert "行政许可" in document.read_text(encoding="utf-8").splitlines()[line - 1]
    assert report["checks"][0]["delta"] == 0


def test_decimals_are_strings(seeds: Path) -> None:
    (document,) = seeds.glob("002_*.txt")
    text = document.read_text(encoding="utf-8").replace("\t行政事业性收费\n\t0", "\t行政事业性收费\n\t7730.28")
    extraction = extract(text.encode())
    assert extraction.report is not None
    (cell,) = [cell for cell in extraction.report.cells if cell.row == "administrative_fees"]
    assert cell.value == Decimal("7730.28")
    (made,) = [cell for cell in to_json(extraction, "x")["report"]["cells"] if cell["row"] == "administrative_fees"]
    assert (made["value"], made["unit"]) == ("7730.28", "万元")


def test_hints_are_weaker_than_print(seeds: Path) -> None:
    (document,) = seeds.glob("003_*.txt")
    report = extract(document.read_bytes(), Hints(agency="另一个局", year=1999)).report
    assert report is not None
    assert (report.agency, report.year) == ("牡丹江市科学技术局", 2020)


def test_a_container_gives_its_best_member(seeds: Path) -> None:
    (document,) = seeds.glob("004_*.txt")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("说明.txt", "请查收附件。")
        archive.writestr("2020年报/报告.txt", document.read_bytes())
    extraction = extract(buffer.getvalue())
    assert extraction.report is not None
    assert extraction.report.agency == "河北区科学技术局"
    assert {member.member for member in extraction.members} == {"说明.txt", "2020年报/报告.txt"}
    assert {cell.place.path for cell in extraction.report.cells} >= {"2020年报/报告.txt!line 22"}
    assert {member["source"] for member in to_json(extraction, "a.zip")["members"]} == {
        "a.zip!说明.txt",
        "a.zip!2020年报/报告.txt",
    }


@pytest.mark.parametrize("name", ["hongze-2023/raw.pdf", "shanghai-office-2019/raw.html"])
def test_real_documents(shared: Path, name: str) -> None:
    document = shared / "real" / name
    truth = json.loads((document.parent / "truth.json").read_text(encoding="utf-8"))
    report = extract(document.read_bytes()).report
    assert report is not None
    assert (report.form, report.year) == (truth["form"], truth["year"])
    read = {cell.key: cell for cell in report.cells}
    assert set(read) == set(truth["cells"])
    for key, value in truth["cells"].items():
        cell = read[key]
        if isinstance(value, str):
            assert cell.raw == value
        else:
            assert cell.value == (None if value is None else Decimal(str(value)))
