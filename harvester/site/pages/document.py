"""Archived bytes that are not, or not only, a report: what they are, why, and the way to them."""

from __future__ import annotations

from harvester.site.parts.takedowns import refuse_if_taken_down
from harvester.site.parts.visit import Answer, HtmlAnswer, PageNotFound, PageRequest


def document(visit: PageRequest) -> Answer:
    sha = visit.parts["sha"]
    refuse_if_taken_down(visit, "document", sha)
    captures = visit.all("select * from captures where sha256 = ? order by fetched_at limit 50", sha)
    row = visit.one("select * from documents where sha256 = ?", sha)
    if row is None and not captures:
        raise PageNotFound(visit.say("档案里没有这份文件。", "There is no such document in the archive."))
    first = row or captures[0]
    return HtmlAnswer(
        "document.html",
        {
            "document": row,
            "sha256": sha,
            "media_type": first["media_type"],
            "size": first["size"],
            "captures": captures,
            "editions": visit.all(
                "select e.*, r.agency_name, r.year from editions e join reports r on r.id = e.report_id"
                " where e.sha256 = ?", sha),
            "paged": visit.count("select count(*) from document_pages where sha256 = ?", sha),
            "simulated": _is_simulated(visit, sha),
        },
    )  # fmt: skip


def _is_simulated(visit: PageRequest, sha: str) -> bool:
    sql = "select max(p.simulated) from captures c join portals p on p.id = c.portal_id where c.sha256 = ?"
    return bool(visit.count(sql, sha))
