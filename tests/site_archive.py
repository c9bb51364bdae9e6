"""A small but rich archive for the site's tests: fictional places (99xxxx), real bytes in a real WARC, every odd case.

`build(folder)` makes `folder/warc/…` and `folder/site/archive.db` as publishing would.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from random import Random
from typing import Any

from archive.schema import create_statement, tables
from archive.warc_writer import WarcWriter
from bench.madeup import Numbers, narrative, numbers
from harvester.site.build.prepare import prepare
from tests.site_documents import Drawn, draw_docx, draw_html, draw_pdf, draw_text
from tests.site_rows import Builder, check, narrative_conflict, number_of

DIVISIONS = [
    ("990000", "模拟省", "", "", "province"),
    ("990100", "青石市", "青石市", "", "city"),
    ("990101", "青石县", "青石市", "青石县", "county"),
    ("990102", "云溪区", "青石市", "云溪区", "county"),
    ("990200", "白沙市", "白沙市", "", "city"),
    ("990201", "白沙县", "白沙市", "白沙县", "county"),
]
AGENCIES = [
    (1, "青石市人民政府", "government_aggregate", "990100", "pdf", 140),
    (2, "青石县人民政府", "government_aggregate", "990101", "pdf", 62),
    (3, "云溪区人民政府", "government_aggregate", "990102", "html", 48),
    (4, "青石县科学技术局", "department", "990101", "text", 3),
    (5, "青石县人民政府办公室", "government_office", "990101", "docx", 18),
    (6, "白沙县人民政府", "government_aggregate", "990201", "pdf", 35),
]
YEARS = range(2019, 2025)
UNPUBLISHED = {(6, 2019): "missing", (6, 2020): "blocked", (3, 2019): "placeholder", (5, 2019): "missing"}
NOTHING_READ = {2019: "unknown", 2020: "unreadable", 2021: "broken", 2022: "not_visited"}
"""By year, of a body of which nothing was ever read."""
REASONS = {"missing": "on_no_list", "unknown": "end_unproven", "not_visited": "never_visited", "blocked": "blocked"}
LATE = {(2, 2022): 12, (6, 2021): 40}
REMOVED = {(3, 2021)}


def build(folder: Path, *, only: Iterable[int] | None = None, simulated: bool = True, real: Iterable[int] = ()) -> Path:
    """Make the archive in `folder`; return the link that the site opens. `only` keeps those agencies.

    `real`: agencies whose rows are not simulated, so that the archive is mixed.
    """
    site = folder / "site"
    site.mkdir(parents=True, exist_ok=True)
    file = site / "archive-000000000001.db"
    file.unlink(missing_ok=True)
    connection = sqlite3.connect(file, isolation_level=None)
    for table in tables().values():
        if not table.private:
            connection.execute(create_statement(table))
    with WarcWriter(folder / "warc", "run-1") as warc:
        builder = Builder(connection, warc)
        connection.execute("BEGIN")
        _places(builder)
        for agency in AGENCIES:
            if only is None or agency[0] in only:
                _agency(builder, *agency)
        if only is None:
            builder.insert("agencies", id=7, name="白沙县审计局", kind="department", division_code="990201",
                           portal_id="sim", simulated=1)  # fmt: skip
            for year, status in NOTHING_READ.items():
                _absent(builder, 7, year, status)
        _oddities(builder)
        if not simulated:
            for table in ("portals", "agencies", "reports", "documents"):
                connection.execute(f"UPDATE {table} SET simulated = 0")
        _make_real(connection, tuple(real))
        connection.execute("COMMIT")
    prepare(connection)
    connection.close()
    link = site / "archive.db"
    link.unlink(missing_ok=True)
    link.symlink_to(file.name)
    return link


def _make_real(connection: sqlite3.Connection, agencies: tuple[int, ...]) -> None:
    if not agencies:
        return
    marks = ",".join(str(id_) for id_ in agencies)
    for statement in (
        "INSERT INTO portals (id, name, division_code, status, simulated) VALUES ('real', '网', '370000', 'active', 0)",
        "UPDATE agencies SET simulated = 0, portal_id = 'real', division_code = '37' || substr(division_code, 3)"
        f" WHERE id IN ({marks})",
        "UPDATE reports SET simulated = 0, division_code = '37' || substr(division_code, 3)"
        f" WHERE agency_id IN ({marks})",
        "UPDATE documents SET simulated = 0 WHERE sha256 IN (SELECT e.sha256 FROM editions e JOIN reports r"
        " ON r.id = e.report_id WHERE r.simulated = 0)",
        "INSERT INTO divisions (code, name, province, city, county, level, valid_from) SELECT '37' || substr(code, 3),"
        " name, province, city, county, level, 0 FROM divisions",
    ):
        connection.execute(statement)


def publish_again(folder: Path, name: str, change: str = "") -> None:
    """A new publication: a copy of the current file, changed by some SQL, swapped in by rename."""
    site = folder / "site"
    copy = site / f"archive-{name}.db"
    copy.write_bytes((site / "archive.db").read_bytes())
    if change:
        connection = sqlite3.connect(copy)
        connection.executescript(change)
        connection.close()
    beside = site / "archive.db.new"
    beside.symlink_to(copy.name)
    os.replace(beside, site / "archive.db")


def _places(builder: Builder) -> None:
    builder.insert("runs", id="run-1", started_at="2025-03-01T02:00:00Z", finished_at="2025-03-01T02:20:00Z",
                   status="done", stats="{}", kind="run")  # fmt: skip
    builder.insert("portals", id="sim", name="模拟省政府网站群", division_code="990000", level="province",
                   family="trs", hosts='["127.0.0.1"]', status="active", simulated=1,
                   last_ok_at="2025-03-01T02:10:00Z")  # fmt: skip
    for code, name, city, county, level in DIVISIONS:
        builder.insert("divisions", code=code, name=name, province="模拟省", city=city, county=county, level=level,
                       parent_code=None, valid_from=0)  # fmt: skip


def _agency(builder: Builder, id_: int, name: str, kind: str, code: str, format_: str, size: int) -> None:
    builder.insert("agencies", id=id_, name=name, kind=kind, division_code=code, portal_id="sim", simulated=1)
    _, place, city, county, _ = next(row for row in DIVISIONS if row[0] == code)
    carried = 0
    for year in YEARS:
        status = UNPUBLISHED.get((id_, year))
        if status:
            _absent(builder, id_, year, status)
            continue
        rng = Random(f"{id_}-{year}")
        form = "gen2019" if year < 2021 else "gen2021"
        values = numbers(rng, form, max(0, size + rng.randint(-size // 3, size)), carried)
        carried = values["requests", "requests_carried_out", "total"]
        report = {"id": id_ * 100 + year - 2000, "agency_id": id_, "agency_name": name, "division_code": code,
                  "province": "模拟省", "city": city, "county": county, "year": year, "scope": kind}  # fmt: skip
        _report(builder, report, form, format_, values, place)


def _report(builder: Builder, report: dict[str, Any], form: str, format_: str, values: Numbers, place: str) -> None:
    agency, year, id_ = report["agency_name"], report["year"], report["id"]
    title = f"{agency}{year}年政府信息公开工作年度报告"
    printed = _printed(report, values)
    received = values["requests", "requests_received", "total"]
    text = narrative(Random(id_), agency, year, received if (report["agency_id"], year) != (3, 2022) else received + 17)
    url = f"http://127.0.0.1:8000/{report['division_code']}/{year}/{id_}.{format_}"
    due = f"{year + 1}-03-31" if report["scope"].startswith("government_a") else f"{year + 1}-01-31"
    late = LATE.get((report["agency_id"], year), 0)
    seen = f"{year + 1}-02-03T02:11:00Z"
    if (report["agency_id"], year) == (2, 2024):
        earlier = dict(printed) | {("requests", "granted", "total"): "1"}
        _edition(builder, report, form, format_, earlier, text, title, url, seen, "new", current=False)
        seen = "2025-02-20T02:11:00Z"
    outcome = "changed" if (report["agency_id"], year) == (2, 2024) else "new"
    edition, sha = _edition(builder, report, form, format_, printed, text, title, url, seen, outcome, current=True)
    for month in ("04", "07"):
        builder.capture += 1
        builder.insert("captures", id=builder.capture, run_id="run-1", portal_id="sim", url=url, http_status=304,
                       fetched_at=f"{year + 1}-{month}-01T02:00:00Z", outcome="unchanged", role="page",
                       sha256=sha)  # fmt: skip
    removed = "2025-01-15T00:00:00Z" if (report["agency_id"], year) in REMOVED else None
    failed = builder.connection.execute(
        "SELECT count(*) FROM checks WHERE edition_id = ? AND status = 'fail'", (edition,)
    ).fetchone()[0]
    blanks = sum(1 for raw in printed.values() if raw == "")
    builder.insert(
        "reports", **report, title=title, publisher=place, published_on=due if not late else None, form=form,
        first_seen_at=seen, last_checked_at="2025-03-01T02:10:00Z", removed_at=removed, source_url=url,
        current_edition_id=edition, balance_status="failed" if failed else "incomplete" if blanks else "balanced",
        is_all_zero=0, checks_failed=failed, blank_cells=blanks, simulated=1,
    )  # fmt: skip
    status = "removed" if removed else "late" if late else "found"
    builder.insert("ledger", agency_id=report["agency_id"], year=year, status=status, due_on=due, first_seen_at=seen,
                   days_late=late, report_id=id_, visits=6, evidence_capture_id=builder.capture,
                   last_visit_at="2025-03-01T02:10:00Z")  # fmt: skip


def _printed(report: dict[str, Any], values: Numbers) -> dict[tuple[str, str, str], str]:
    """What the document prints: the numbers, with the errors and blanks that this archive is made to show."""
    printed = {key: str(value) for key, value in values.items()}
    case = (report["agency_id"], report["year"])
    if case == (2, 2023):
        printed |= {("review_litigation", "review", column): raw for column, raw in
                    zip(("upheld", "corrected", "other_outcome", "pending", "total"), "10 1 0 0 0".split(),
                        strict=True)}  # fmt: skip
    if case == (1, 2020):
        total = values["requests", "disposed_total", "total"]
        printed["requests", "disposed_total", "total"] = str(total - 6)
    if report["agency_id"] == 4:
        printed |= {key: "" for key in printed if key[0] == "requests" and key[2] == "total" and key[1] != "granted"}
    if case == (6, 2022):
        printed["requests", "granted", "enterprise"] = "—"
        printed["proactive_disclosure", "licences", "decisions"] = "详见附件"
    if ("proactive_disclosure", "administrative_fees", "amount_collected") in printed:
        printed["proactive_disclosure", "administrative_fees", "amount_collected"] = "7730.28"
    return printed


def _edition(
    builder: Builder, report: dict[str, Any], form: str, format_: str, printed: dict[tuple[str, str, str], str],
    text: list[tuple[int, str, str]], title: str, url: str, seen: str, outcome: str, *, current: bool,
) -> tuple[int, str]:  # fmt: skip
    draw = {"pdf": draw_pdf, "html": draw_html, "text": draw_text, "docx": draw_docx}[format_]
    drawn: Drawn = draw(title, form, printed, text)
    sha = builder.fetch(url, drawn.data, drawn.media_type, seen, outcome)
    builder.edition += 1
    edition = builder.edition
    ocr = report["agency_id"] == 6
    method = "ocr" if ocr else {"pdf": "pdf-ruled"}.get(format_, format_)
    builder.insert("documents", sha256=sha, media_type=drawn.media_type, size=len(drawn.data), kind="report", score=9,
                   extractor_version="1", read_at=seen, simulated=1)  # fmt: skip
    for number, (width, height) in enumerate(drawn.pages, start=1):
        builder.insert("document_pages", sha256=sha, page=number, width=width, height=height)
    builder.insert("editions", id=edition, report_id=report["id"], sha256=sha, url=url, format=format_, form=form,
                   method=method, extractor_version="1", is_current=int(current), first_seen_at=seen,
                   readings_agree=None if ocr else 1, title=title)  # fmt: skip
    for position, (key, raw) in enumerate(printed.items()):
        place = drawn.places.get(key)
        state = "blank" if raw == "" else "dash" if raw == "—" else "number" if number_of(raw) is not None else "text"
        row = dict(zip(("page", "x0", "top", "x1", "bottom", "path"), place or (None,) * 6, strict=True))
        label = "2.其他法律行政止公开" if key[1] == "refused_prohibited_by_law" else drawn.labels.get(key, "")
        builder.insert("cells", edition_id=edition, table_id=key[0], row_id=key[1], column_id=key[2],
                       position=position, label=label, raw=raw, state=state, value=number_of(raw), **row,
                       unit="万元" if key[2] == "amount_collected" else "件",
                       confidence=0.93 if ocr else None)  # fmt: skip
    for position, (number, heading, body) in enumerate(text):
        builder.insert("sections", edition_id=edition, number=number, position=position, heading=heading, text=body)
    check(builder, report, edition, form, printed)
    narrative_conflict(builder, report, edition, printed, text)
    return edition, sha


def _absent(builder: Builder, agency: int, year: int, status: str) -> None:
    page = f"<html><body><h1>信息公开年报</h1><p>{'栏目建设中' if status == 'placeholder' else '无'}</p></body></html>"
    url, at = f"http://127.0.0.1:8000/{agency}/{year}/", f"{year + 1}-04-01T02:00:00Z"
    builder.fetch(url, page.encode(), "text/html", at, "new", "list", f"年报 > {agency}")
    reason = REASONS.get(status, f"{'page_gone: HTTP 404, 2 visits' if status == 'broken' else 'not_read: x'} · {url}")
    builder.insert("ledger", agency_id=agency, year=year, status=status, due_on=f"{year + 1}-03-31", visits=4,
                   reason=reason, last_visit_at=at, evidence_capture_id=builder.capture)  # fmt: skip
    if status in ("missing", "unknown"):
        builder.walk += 1
        builder.insert("list_walks", id=builder.walk, run_id="run-1", portal_id="sim", url=url, walked_at=at,
                       column_path=f"年报 > {agency}", ended="complete" if status == "missing" else "unknown",
                       why="4 items on 1 pages; 4 items declared", items=4, declared_items=4, is_whole=1,
                       visit_ended="finished")  # fmt: skip
        builder.insert("ledger_lists", agency_id=agency, year=year, list_walk_id=builder.walk)


def _oddities(builder: Builder) -> None:
    page = "<html><body><h1>政府网站工作年度报表</h1><script>alert(1)</script></body></html>".encode()
    sha = builder.fetch("http://127.0.0.1:8000/lookalike.html", page, "text/html", "2025-02-01T00:00:00Z", "new")
    builder.insert("documents", sha256=sha, media_type="text/html", size=len(page), kind="lookalike", score=1,
                   reason="website_statement: 政府网站工作年度报表", extractor_version="1", simulated=1)  # fmt: skip
    builder.insert("events", id=1, run_id="run-1", portal_id="sim", url="http://127.0.0.1:8000/x", kind="challenge",
                   detail="verification page", at="2025-03-01T02:05:00Z")  # fmt: skip
    if builder.edition > 3:
        builder.insert("corrections", id=1, edition_id=3, table_id="requests", row_id="granted", column_id="total",
                       value=9, reason="来电核实", by="编辑甲", at="2025-03-01T00:00:00Z")  # fmt: skip
    builder.insert("releases", version="2025.03.01", file="reports.csv", rows=30, bytes=12_000, sha256="ab" * 32,
                   published_at="2025-03-01T03:00:00Z")  # fmt: skip
