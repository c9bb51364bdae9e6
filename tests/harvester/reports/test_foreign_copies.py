"""Another place's report on a portal creates nothing, replaces nothing and outranks nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from archive.store import Store
from harvester.relate.across import check_across
from harvester.relate.ledger import keep_ledger
from harvester.reports.current_edition import update_touched_reports
from harvester.reports.publisher import Origin, belongs_to
from tests.archived import Page, keep_pages, portal_row, read_here
from tests.factory import html
from tests.factory.series import printed, series, tell
from tests.factory.truth import Truth

RIGHT = series("青石县财政局", range(2022, 2023), 20, "parse")[2022]
WRONG = printed(RIGHT, requests__granted__total="999")
"""The same report with a sum that does not add up."""
FIRST = datetime(2024, 2, 20, tzinfo=UTC)

OWN = portal_row("own", "青石县人民政府", "990101")
CITY = portal_row("city", "青石市人民政府", "990100")
NEIGHBOUR = portal_row("neighbour", "云杉县人民政府", "990102")


def page(truth: Truth, path: str) -> Page:
    body = html.fragment(tell(truth), Random(1), "plain")
    text = f"<html><head><meta charset=utf-8></head><body>{body}</body></html>"
    return Page(path, text.encode(), truth.title, "2023-01-20")


def harvested(data: Path, *met: tuple[dict[str, object], Page]) -> None:
    """Each page kept on its portal, a month apart, and read at once."""
    with Store.open(data) as store:
        store.save_portals([OWN, CITY, NEIGHBOUR])
    for month, (portal, one) in enumerate(met):
        keep_pages(data, [one], at=FIRST + timedelta(days=30 * month), portal=portal)
        with Store.open(data) as store:
            read_here(store)
            update_touched_reports(store.connection)
            check_across(store.connection)
            keep_ledger(store.connection, date(2024, 6, 1))


def rows(data: Path, sql: str) -> list[tuple[object, ...]]:
    with Store.open(data) as store:
        return [tuple(row) for row in store.connection.execute(sql)]


CURRENT = (
    "SELECT e.url, r.checks_failed > 0 FROM reports r JOIN editions e ON e.id = r.current_edition_id"
    " JOIN agencies a ON a.id = r.agency_id WHERE a.name = '青石县财政局'"
)


def test_a_copy_on_a_neighbours_portal_is_kept_and_creates_nothing(tmp_path: Path) -> None:
    harvested(tmp_path, (NEIGHBOUR, page(RIGHT, "/copy.html")))
    assert rows(tmp_path, "SELECT count(*) FROM reports") == [(0,)]
    assert rows(tmp_path, "SELECT count(*) FROM agencies WHERE kind = 'department'") == [(0,)]
    assert rows(tmp_path, "SELECT kind, reason FROM documents") == [("lookalike", "foreign_copy: 青石县财政局 2022")]
    assert rows(tmp_path, "SELECT portal_id, kind FROM events") == [("neighbour", "foreign_copy")]
    said = rows(tmp_path, "SELECT portal_id, agency_name, division_code, year FROM foreign_copies")
    assert said == [("neighbour", "青石县财政局", "990101", 2022)]
    assert rows(tmp_path, "SELECT count(*) FROM ledger WHERE status = 'missing'") == [(0,)]


@pytest.mark.parametrize("copy_first", [True, False])
def test_the_owners_report_stands_beside_a_copy_whose_sums_are_better(tmp_path: Path, copy_first: bool) -> None:
    met = [(NEIGHBOUR, page(RIGHT, "/copy.html")), (OWN, page(WRONG, "/own.html"))]
    harvested(tmp_path, *(met if copy_first else reversed(met)))
    assert [(str(url)[-9:], failed) for url, failed in rows(tmp_path, CURRENT)] == [("/own.html", 1)]
    found = rows(
        tmp_path, "SELECT severity, attribution, message LIKE '%云杉县%' FROM findings WHERE code = 'FOREIGN-COPY'"
    )
    assert found == [("notice", "unknown", 1)]


@pytest.mark.parametrize("above_first", [True, False])
def test_sums_never_decide_between_two_portals(tmp_path: Path, above_first: bool) -> None:
    """The city speaks for its county, but the county's own portal comes first, whatever adds up."""
    met = [(CITY, page(RIGHT, "/city.html")), (OWN, page(WRONG, "/own.html"))]
    harvested(tmp_path, *(met if above_first else reversed(met)))
    assert [(str(url)[-9:], failed) for url, failed in rows(tmp_path, CURRENT)] == [("/own.html", 1)]


def test_a_portal_above_may_be_the_only_one_that_has_it(tmp_path: Path) -> None:
    harvested(tmp_path, (CITY, page(RIGHT, "/city.html")))
    assert [str(url)[-10:] for url, _ in rows(tmp_path, CURRENT)] == ["/city.html"]


def test_the_same_bytes_met_later_on_the_owners_portal_are_the_owners(tmp_path: Path) -> None:
    harvested(tmp_path, (NEIGHBOUR, page(RIGHT, "/copy.html")), (OWN, page(RIGHT, "/own.html")))
    assert [str(url)[-9:] for url, _ in rows(tmp_path, CURRENT)] == ["/own.html"]
    assert rows(tmp_path, "SELECT kind FROM documents") == [("report",)]


def test_what_the_owner_took_down_is_removed_though_a_copy_stands_above(tmp_path: Path) -> None:
    gone = Page("/own.html", b"", status=404)
    harvested(tmp_path, (OWN, page(RIGHT, "/own.html")), (CITY, page(WRONG, "/city.html")), (OWN, gone))
    assert [str(url)[-9:] for url, _ in rows(tmp_path, CURRENT)] == ["/own.html"]
    assert rows(tmp_path, "SELECT removed_at IS NOT NULL FROM reports") == [(1,)]


def at(name: str, code: str) -> Origin:
    return Origin("http://x/", None, "2023-01-01T00:00:00Z", None, None, None, "p", name, code, 0)


@pytest.mark.parametrize(
    ("division", "printed", "portal", "own"),
    [
        ("370829", "嘉祥县财政局", ("嘉祥县人民政府", "370829"), True),
        ("370829", "嘉祥县财政局", ("济宁市人民政府", "370800"), True),
        ("370800", "济宁市财政局", ("嘉祥县人民政府", "370829"), False),
        ("370800", "济宁市生态环境局嘉祥县分局", ("嘉祥县人民政府", "370829"), True),
        ("371581", "临清市财政局", ("嘉祥县人民政府", "370829"), False),
        ("230506", "双鸭山市宝山区财政局", ("宝山区人民政府", "310113"), False),
        ("310113", "宝山区财政局", ("上海市人民政府", "310000"), True),
        ("370829", "嘉祥县财政局", ("云杉县人民政府", "990102"), True),
    ],
)
def test_whose_places_a_portal_speaks_for(division: str, printed: str, portal: tuple[str, str], own: bool) -> None:
    """The last is a made-up portal that shows a real report as a sample: simulated, as all that comes from it."""
    assert belongs_to(division, printed, at(*portal)) is own
