"""Every address of the site and the function that answers it."""

from __future__ import annotations

from typing import Any

from harvester.site.pages.documents import Evidence
from harvester.site.pages.report import report
from harvester.site.visit import Answer, Missing, Route, Visit, routes

SHA = r"(?P<sha>[0-9a-f]{64})"
ID = r"(?P<id>\d{1,12})"


def nothing_here(visit: Visit) -> Answer:
    """Every other address that is not one of Datasette's."""
    raise Missing("")


def all_routes(datasette: Any) -> list[Route]:
    evidence = Evidence(datasette.harvester_artist, datasette.harvester_cache)
    return [
        *routes(
            (rf"^/reports/{ID}$", report),
        ),
        (rf"^/documents/{SHA}/pages/(?P<page>\d{{1,5}})\.png$", evidence.page),
        (rf"^/documents/{SHA}/html$", evidence.html),
        (rf"^/documents/{SHA}/original$", evidence.original),
        *routes((r"^/(?!(archive|static|-)([/.]|$))", nothing_here)),
    ]
