"""Every address of the site and the function that answers it."""

from __future__ import annotations

from typing import Any

from harvester.site.pages import citation_files, feeds, machine_readable, report_files, tables_csv, texts
from harvester.site.pages.agencies import agencies, agencies_csv, readable
from harvester.site.pages.agency import agency, agency_csv
from harvester.site.pages.changes_page import changes_page
from harvester.site.pages.chart_pages import chart_csv, chart_svg, embed
from harvester.site.pages.compare import compare, compare_csv, compare_places_csv
from harvester.site.pages.coverage_page import coverage, coverage_csv, coverage_json
from harvester.site.pages.dictionary import dictionary
from harvester.site.pages.division import division_page
from harvester.site.pages.document import document
from harvester.site.pages.documents import EvidencePages
from harvester.site.pages.findings import findings, findings_csv
from harvester.site.pages.home import home
from harvester.site.pages.indicator_page import indicator, indicator_csv, indicator_json, indicator_list
from harvester.site.pages.openapi import openapi
from harvester.site.pages.proof import proof, proof_json
from harvester.site.pages.report import report
from harvester.site.pages.search_page import search, search_json
from harvester.site.parts.responding import Route, routes
from harvester.site.parts.visit import Answer, HtmlAnswer, PageNotFound, PageRequest
from harvester.site.server.gateway import BUSY_PAGE
from harvester.site.server.place_packages import PlacePackages

SHA = r"(?P<sha>[0-9a-f]{64})"
ID = r"(?P<id>\d{1,12})"
CODE = r"(?P<code>\d{6})"
NAME = r"(?P<name>[a-z_0-9]+)"


def all_routes(datasette: Any) -> list[Route]:
    evidence = EvidencePages(datasette.harvester_artist, datasette.harvester_cache)
    return [
        *routes(*PAGES),
        (rf"^/documents/{SHA}/pages/(?P<page>\d{{1,5}})\.png$", evidence.page),
        (rf"^/documents/{SHA}/html$", evidence.html),
        (rf"^/documents/{SHA}/original$", evidence.original),
        (rf"^/divisions/{CODE}\.(?P<form>zip|db)$", PlacePackages().answer),
        (r"^/downloads/files/(?P<version>[^/]+)/(?P<file>[^/]+)$", texts.download),
        (r"^/archive/(?P<table>[^/.]+)\.csv$", tables_csv.table_csv),
        (r"^/archive\.csv$", tables_csv.query_csv),
        (r"^/healthz$", feeds.healthz),
        *routes((rf"^{BUSY_PAGE}$", busy), (rf"^/(?!(archive|static|-)([/.]|$)|{BUSY_PAGE[1:]}$)", nothing_here)),
    ]


def busy(visit: PageRequest) -> Answer:
    """What stands in place of a table or a query that was not answered in time."""
    return HtmlAnswer("failure.html", {"status": 503, "message": ""}, 503)


def nothing_here(visit: PageRequest) -> Answer:
    """Every other address that is not one of Datasette's."""
    raise PageNotFound("")


PAGES = (
    (r"^/$", home),
    (r"^/coverage$", coverage),
    (r"^/coverage\.csv$", coverage_csv),
    (r"^/coverage\.json$", coverage_json),
    (rf"^/divisions/{CODE}$", division_page),
    (rf"^/divisions/{CODE}/feed\.atom$", feeds.division_feed),
    (r"^/agencies$", agencies),
    (r"^/agencies\.csv$", agencies_csv),
    (rf"^/agencies/{ID}$", agency),
    (rf"^/agencies/{ID}\.csv$", agency_csv),
    (rf"^/agencies/{ID}\.json$", report_files.agency_json),
    (rf"^/agencies/{ID}/feed\.atom$", feeds.agency_feed),
    (rf"^/ledger/{ID}/(?P<year>\d{{4}})$", proof),
    (rf"^/ledger/{ID}/(?P<year>\d{{4}})\.json$", proof_json),
    (rf"^/reports/{ID}$", report),
    (rf"^/reports/{ID}\.csv$", report_files.report_csv),
    (rf"^/reports/{ID}\.json$", report_files.report_json),
    (rf"^/reports/{ID}\.bib$", citation_files.bibtex),
    (rf"^/reports/{ID}\.ris$", citation_files.ris),
    (rf"^/reports/{ID}\.csl\.json$", citation_files.csl),
    (rf"^/reports/{ID}/diff/(?P<a>[0-9a-f]{{6,64}})\.\.(?P<b>[0-9a-f]{{6,64}})$", report_files.diff),
    (rf"^/documents/{SHA}$", document),
    (rf"^/d/{CODE}/(?P<name>[^/]+)/(?P<year>\d{{4}})$", readable),
    (r"^/compare$", compare),
    (r"^/compare\.csv$", compare_csv),
    (r"^/compare-places\.csv$", compare_places_csv),
    (r"^/findings$", findings),
    (r"^/findings\.csv$", findings_csv),
    (r"^/findings\.atom$", feeds.findings_feed),
    (r"^/indicators$", indicator_list),
    (rf"^/indicators/{NAME}$", indicator),
    (rf"^/indicators/{NAME}\.csv$", indicator_csv),
    (rf"^/indicators/{NAME}/chart\.svg$", chart_svg),
    (rf"^/indicators/{NAME}/chart\.csv$", chart_csv),
    (rf"^/indicators/{NAME}/embed$", embed),
    (rf"^/indicators/{NAME}\.json$", indicator_json),
    (r"^/dictionary$", dictionary),
    (r"^/downloads$", texts.downloads),
    (r"^/downloads\.json$", texts.downloads_json),
    (r"^/changes$", changes_page),
    (r"^/changes/(?P<version>[\w][\w.-]*)$", changes_page),
    (r"^/openapi\.json$", openapi),
    (r"^/catalog\.jsonld$", machine_readable.dcat),
    (r"^/croissant\.json$", machine_readable.croissant),
    (r"^/method$", texts.method),
    (r"^/about$", texts.about),
    (r"^/api$", texts.api),
    (r"^/corrections$", texts.corrections),
    (r"^/search$", search),
    (r"^/search\.json$", search_json),
    (r"^/feed\.atom$", feeds.feed),
    (r"^/sitemap\.xml$", feeds.sitemap),
    (r"^/sitemap-(?P<part>[a-z0-9-]+)\.xml$", feeds.sitemap),
    (r"^/robots\.txt$", feeds.robots),
)
"""Pattern → page function. The order does not matter: no two match one address."""
