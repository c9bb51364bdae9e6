"""The data dictionary: every table, column, row, state, check and event, from where each is defined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from archive.schema import tables
from harvester.definitions import gloss
from harvester.definitions.indicators import indicators
from harvester.definitions.vocabulary import vocabulary
from harvester.site.build.views import views
from harvester.site.parts.visit import Answer, HtmlAnswer, PageRequest


@dataclass(frozen=True, slots=True)
class DictionaryEntry:
    """One word of the dictionary. `where` says which group it belongs to; `link` shows a real one."""

    id: str
    zh: str
    en: str
    unit: str = ""
    link: str = ""


def entries() -> dict[tuple[str, str], list[DictionaryEntry]]:
    """Group (Chinese, English) → its entries."""
    found: dict[tuple[str, str], list[DictionaryEntry]] = {}
    for table in tables().values():
        if not table.private:
            head = [DictionaryEntry(table.name, table.zh, table.en, link=f"/archive/{table.name}")]
            columns = [DictionaryEntry(f"{table.name}.{c.name}", c.zh, c.en, c.unit or "") for c in table.columns]
            found["表 " + table.name, "Table " + table.name] = head + columns
    found["视图", "Views"] = [DictionaryEntry(v.name, v.zh, v.en, link=f"/archive/{v.name}") for v in views().values()]
    found["表三的行", "Rows of table three"] = [
        DictionaryEntry(
            r.id,
            r.zh + (f"（{'、'.join(r.forms)}）" if r.forms else ""),
            f"{r.en}{f' ({r.law})' if r.law else ''}",
            "件",
        )
        for r in gloss.request_rows()
    ]
    found["表三的列", "Columns of table three"] = _labels(gloss.request_columns())
    found["表二", "Table two"] = [
        DictionaryEntry(f"{block.id}.{column.id}", f"{block.zh} · {column.zh}（{form}）", f"{block.en}, {column.en}")
        for form in gloss.proactive_forms()
        for block in gloss.proactive_blocks(form)
        for column in block.columns
    ]
    found["表四", "Table four"] = _labels(gloss.review_rows() | gloss.review_columns())
    found["指标", "Indicators"] = [
        DictionaryEntry(
            i.id,
            f"{i.zh}：{i.definition_zh}",
            f"{i.en}: {i.definition_en}",
            i.unit,
            f"/indicators/{i.id}",
        )
        for i in indicators().values()
    ]
    for name, words in vocabulary().items():
        of, _, column = name.partition(".")
        title = next((one.zh for one in (tables()[of].columns if of in tables() else ()) if one.name == column), column)
        link = "/findings?code=" if name == "findings.code" else ""
        found[f"取值：{title} {name}", f"Words of {name}"] = [
            DictionaryEntry(word, zh, en, link=link and link + word) for word, (zh, en) in words.items()
        ]
    found["表式", "Forms"] = _labels(gloss.forms())
    return found


def _labels(labels: Mapping[str, gloss.Label]) -> list[DictionaryEntry]:
    return [DictionaryEntry(label.id, label.zh, label.en) for label in labels.values()]


def dictionary(visit: PageRequest) -> Answer:
    wanted = visit.arg("q").lower()
    groups = {
        group: kept
        for group, found in entries().items()
        if (kept := [e for e in found if not wanted or wanted in f"{e.id} {e.zh} {e.en}".lower()])
    }
    return HtmlAnswer("dictionary.html", {"groups": groups, "wanted": visit.arg("q"), "example": _example(visit)})


def _example(visit: PageRequest) -> str | None:
    """A real cell to look at."""
    row = visit.one(
        "select id from reports where current_edition_id is not null order by checks_failed desc, id limit 1"
    )
    return f"/reports/{row['id']}?cell=requests.granted.total" if row else None
