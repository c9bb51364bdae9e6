"""A document that is not, or not only, a report: what it is, why, and the way to its bytes."""

from __future__ import annotations

from harvester.site.takedowns import refuse_if_taken_down
from harvester.site.visit import Answer, Missing, Page, Visit


def document(visit: Visit) -> Answer:
    sha = visit.parts["sha"]
    refuse_if_taken_down(visit, "document", sha)
    row = visit.one("select * from documents where sha256 = ?", sha)
    if row is None:
        raise Missing(visit.say("档案里没有这份文件。", "There is no such document in the archive."))
    return Page(
        "document.html",
        {
            "document": row,
            "captures": visit.all("select * from captures where sha256 = ? order by fetched_at limit 50", sha),
            "editions": visit.all(
                "select e.*, r.agency_name, r.year from editions e join reports r on r.id = e.report_id"
                " where e.sha256 = ?", sha),
            "paged": visit.count("select count(*) from document_pages where sha256 = ?", sha),
            "simulated": bool(row["simulated"]),
        },
    )  # fmt: skip
