"""codebook.csv: every column, row, word and indicator, in Chinese and English, from where each is defined."""

from __future__ import annotations

from collections.abc import Iterator

from harvester.definitions import gloss
from harvester.definitions.indicators import indicators
from harvester.definitions.vocabulary import vocabulary
from harvester.export.datasets import Dataset, Field
from parsers.forms import LEGACY, MODERN, load

FIELDS = (
    Field("kind", "string", "类别", "What is described: file, column, column_id, row, form, indicator, word"),
    Field("where", "string", "所在", "File or table it belongs to"),
    Field("id", "string", "标识", "Identifier"),
    Field("zh", "string", "中文", "Chinese label or meaning"),
    Field("en", "string", "英文", "English label or meaning"),
    Field("unit", "string", "单位", "Unit"),
    Field("forms", "string", "表式", "Forms that have it"),
)


def rows(datasets: tuple[Dataset, ...]) -> Iterator[tuple[str, ...]]:
    """(kind, where, id, zh, en, unit, forms) of everything that can stand in the package."""
    for dataset in datasets:
        yield "file", "", dataset.name, dataset.zh, dataset.en, "", ""
        for field in dataset.fields:
            yield "column", dataset.name, field.name, field.zh, field.en, field.unit or "", field.forms
    for field in FIELDS:
        yield "column", "codebook", field.name, field.zh, field.en, "", ""
    for label in gloss.forms().values():
        yield "form", "", label.id, label.zh, label.en, "", ""
    yield from form_rows()
    for one in indicators().values():
        zh, en = f"{one.zh}：{one.definition_zh}", f"{one.en}: {one.definition_en}"
        yield "indicator", "site/indicators", one.id, zh, en, one.unit, " ".join(one.forms)
    for where, words in vocabulary().items():
        for word, (zh, en) in words.items():
            yield "word", where, word, zh, en, "", ""
    yield from legacy_rows()


def form_rows() -> Iterator[tuple[str, ...]]:
    """Rows and columns of tables two, three and four."""
    every = " ".join(reversed(MODERN))
    for row in gloss.request_rows():
        yield "row", "requests", row.id, row.zh, row.en, "件", " ".join(row.forms) or every
    for column in gloss.request_columns().values():
        yield "column_id", "requests", column.id, column.zh, column.en, "件", every
    for form in gloss.proactive_forms():
        for block in gloss.proactive_blocks(form):
            yield "row", "proactive_disclosure", block.id, block.zh, block.en, "", form
            for column in block.columns:
                yield "column_id", f"proactive_disclosure/{block.id}", column.id, column.zh, column.en, "", form
    for kind, labels in (("row", gloss.review_rows()), ("column_id", gloss.review_columns())):
        for label in labels.values():
            yield kind, "review_litigation", label.id, label.zh, label.en, "件", every


def legacy_rows() -> Iterator[tuple[str, ...]]:
    """Indicators of the forms before 2019; their label is their definition."""
    for form in LEGACY:
        for line in load(form).indicators:
            yield "row", "legacy_indicators", line.id, line.label, line.id.replace("_", " "), line.unit, form
