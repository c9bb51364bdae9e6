"""Datasette's metadata: titles, descriptions and units of every table, view and column in both languages."""

from __future__ import annotations

from typing import Any

from archive.schema import descriptions
from harvester.site.build.views import views

ADDED = {
    "recent": "每份报告最近一次变化 · The last thing that happened to each report",
    "first_seen": "按首次见到的月份计的报告数 · Reports by the month in which we first saw them",
    "notable_findings": "首页所列疑点的次序 · Findings in the order in which the home page shows them",
    "cell_marks": "单元格在数字之外的已知情况：不符、推算、更正 · What is known of a cell beside what it prints",
    "figures": "各报告的合计数，指标由此算出 · Totals of each report, of which indicators are made",
    "indicator_values": "每份报告、每项指标的分子与分母 · Numerator and denominator by report and indicator",
    "indicator_quartiles": "指标的四分位数，按机关类别、级别、地区、年份 · Quartiles by kind, level, place, year",
    "coverage_counts": "台账计数，按地区、级别、类别、年份、状态 · Ledger counts by place, kind, year and status",
}
LEVEL = "级别 · Level of its place: province, city, county; town for towns and street offices"
LATIN = {
    "pinyin": "拼音（生成） · Name in pinyin as GB/T 2260 writes it, generated",
    "name_en": "英文名（生成，非官方） · English name, generated, not official",
    "names_generated": "1：拼音与英文名由程序生成 · 1 when pinyin and English name were generated",
}
ERRORS = "疑点中的不符 · Errors found in the current edition: sums that fail, and others"
ADDED_COLUMNS = {
    "reports": {"level": LEVEL, "errors_found": ERRORS},
    "agencies": {"level": LEVEL} | LATIN,
    "divisions": LATIN,
}
HIDDEN = (
    "site_facts", "table_counts", "search_index", "search_index_data", "search_index_idx", "search_index_docsize",
    "search_index_config", "search_combos", "search_facets", "search_names", "search_syllables",
    "sqlite_stat1", "sqlite_stat4",
)  # fmt: skip
FACETS = {"reports": ["year", "province"], "ledger": ["year", "status"], "findings": ["code", "attribution"]}

WIDE = ("requests_wide", "proactive_disclosure_wide", "review_litigation_wide")
WIDE_ROWS = 10
"""Rows of a page of the wide views: one row of table three is 18 KB of HTML."""


def metadata() -> dict[str, Any]:
    """What Datasette prints above its own pages."""
    tables: dict[str, Any] = {name: dict(found) for name, found in descriptions().items()}
    for name, found in tables.items():
        # Units go into the description: Datasette would read them as physical units.
        units = found.pop("units", {})
        found["columns"] = {
            column: f"{text}（{units[column]}）" if column in units else text
            for column, text in found["columns"].items()
        }
        found["columns"] |= ADDED_COLUMNS.get(name, {})
        if name in FACETS:
            found["facets"] = FACETS[name]
    tables |= {name: {"description": text} for name, text in ADDED.items()}
    tables |= {view.name: {"description": f"{view.zh} · {view.en}"} for view in views().values()}
    tables |= {name: {"hidden": True} for name in HIDDEN}
    for name in WIDE:
        tables[name]["size"] = WIDE_ROWS
    tables["reports"]["sort_desc"] = "first_seen_at"
    return {
        "title": "政务公开年报档案 · Disclosure Reports Archive",
        "databases": {
            "archive": {
                "description": "全部表格与 SQL，只读 · Every table, and SQL, read-only",
                "license": "CC BY 4.0",
                "license_url": "https://creativecommons.org/licenses/by/4.0/",
                "tables": tables,
            }
        },
    }
