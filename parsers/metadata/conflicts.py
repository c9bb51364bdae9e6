"""Sources that disagree: whose report, which year, published when. Nobody is accused; a person should look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from parsers.metadata import agencies, years
from parsers.metadata.dates import Stated, why_impossible
from parsers.report import Attribution, Evidence, Finding

KINDS = {
    "title": "标题",
    "page_title": "页面标题",
    "window_title": "窗口标题",
    "list_title": "列表",
    "statement": "正文",
    "compiled": "编制机关",
    "period": "统计期限",
    "table_head": "表头",
    "signature": "落款",
    "label": "页面所标日期",
    "tag": "页面代码中的日期",
    "stamp": "标题下的日期",
    "written": "成文日期",
    "updated": "更新日期",
    "list": "列表日期",
}
_LONGEST_QUOTE = 60


def agency_conflict(found: Sequence[Evidence], chosen: str | None) -> Iterator[Finding]:
    """AGENCY-CONFLICT where two sources name bodies that cannot be one."""
    told = [one for one in found if one.kind in agencies.STATED]
    if any(not agencies.related(str(one.value), str(other.value)) for one in told for other in told):
        yield _conflict("AGENCY-CONFLICT", f"各处所写的机关不一致：{_listed(told)}；这里取 {chosen}")


def year_conflict(found: Sequence[Evidence], chosen: int | None) -> Iterator[Finding]:
    """YEAR-CONFLICT where two sources state different years of the figures."""
    told = [one for one in found if one.kind in years.STATED]
    if len({one.value for one in told}) > 1:
        yield _conflict("YEAR-CONFLICT", f"各处所写的年度不一致：{_listed(told)}；这里取 {chosen}")


def years_to_come(found: Sequence[Evidence], seen_on: str | None) -> Iterator[Finding]:
    """DATE-IMPOSSIBLE where a year is stated that had not begun when the document was seen."""
    to_come = [one for one in found if one.kind in years.STATED and seen_on and int(one.value) > int(seen_on[:4])]
    if to_come:
        yield _conflict("DATE-IMPOSSIBLE", f"所写年度晚于收集之日 {seen_on}：{_listed(to_come)}")


def impossible_dates(stated: Iterable[Stated], year: int | None, seen_on: str | None) -> Iterator[Finding]:
    """DATE-IMPOSSIBLE for every date of publication that cannot be one, each once."""
    said: set[str] = set()
    for one in stated:
        reason = why_impossible(one, year, seen_on)
        quote = _short(one.quote)
        if reason is not None and quote not in said:
            said.add(quote)
            yield _conflict("DATE-IMPOSSIBLE", f"{KINDS[one.kind]}“{quote}”{reason}")


def _listed(told: Sequence[Evidence]) -> str:
    """Each value with the kinds of its sources, in the order found."""
    by_value: dict[str | int, list[str]] = {}
    for one in told:
        by_value.setdefault(one.value, []).append(KINDS[one.kind])
    return "，".join(f"{'、'.join(dict.fromkeys(kinds))}为 {value}" for value, kinds in by_value.items())


def _short(quote: str) -> str:
    return " ".join(quote.split())[:_LONGEST_QUOTE]


def _conflict(code: str, message: str) -> Finding:
    return Finding(code, "warning", Attribution.UNKNOWN, message)
