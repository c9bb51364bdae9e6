"""One document drawn in the terminal: its tables as printed, cells of failed sums marked, findings below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from parsers.extract import Extraction
from parsers.forms import load
from parsers.forms.model import FormBlock, FormTable
from parsers.report import Check, Finding, Report, ReportCell, State, Status

SHOWN = {
    State.BLANK: ("空", "dim"),
    State.MISSING: ("缺", "magenta"),
    State.UNREADABLE: ("？", "magenta"),
    State.TEXT: ("", "yellow"),
    State.NONE_TEXT: ("", "yellow"),
    State.DASH: ("", "yellow"),
    State.SLASH: ("", "yellow"),
}
"""What stands for a cell without a number, and how; an empty text means the cell's own."""

FAILED = "bold white on red"
SEVERITIES = {"error": "red", "warning": "yellow", "notice": "cyan"}


def draw(extraction: Extraction, source: str, console: Console) -> None:
    """Print one document for people."""
    console.rule(Text(source))
    if extraction.error is not None:
        console.print(Text(f"读不出 {extraction.error.kind}: {extraction.error.message}", style="red"))
    elif extraction.rejected is not None:
        rejected = extraction.rejected
        console.print(Text(f"不是年度报告 {rejected.kind}（{rejected.score} 分）: {rejected.reason}", style="yellow"))
    if extraction.report is not None:
        console.print(Group(*_report(extraction.report)))


def _report(report: Report) -> Iterator[RenderableType]:
    yield Text(report.title, style="bold")
    agree = {True: "两种读法一致", False: "两种读法不一致", None: "只有一种读法"}[report.readings_agree]
    facts = [report.agency, report.year, report.scope, report.published_on, report.form, report.method, agree]
    yield Text(" · ".join(str(fact) for fact in facts if fact is not None), style="dim")
    cells = {cell.key: cell for cell in report.cells}
    failed = _failed_cells(report)
    if report.form.startswith("gen"):
        form = load(report.form)
        for form_table in form.tables:
            yield _drawn(form_table, cells, failed)
    extra = [cell for cell in report.cells if cell.row.startswith("unmapped_") or cell.table == "legacy_indicators"]
    if extra:
        yield _list(extra)
    yield _summary(report.checks)
    yield from map(_finding, report.findings)


def _failed_cells(report: Report) -> set[str]:
    return {key for check in report.checks if check.status is Status.FAIL for key in check.cells}


def _drawn(form_table: FormTable, cells: Mapping[str, ReportCell], failed: set[str]) -> Table:
    is_one_block = len(form_table.blocks) == 1
    drawn = Table(title=form_table.heading, title_justify="left", show_lines=False, show_header=is_one_block)
    drawn.add_column("")
    widest = max(form_table.blocks, key=lambda block: len(block.columns))
    for column in widest.columns:
        drawn.add_column(Text(column.label), justify="right")
    for block in form_table.blocks:
        if not is_one_block:
            head = f"{block.heading} · 信息内容"
            drawn.add_row(Text(head, style="dim"), *(Text(c.label, style="dim") for c in block.columns))
        _add_rows(drawn, form_table, block, cells, failed)
    return drawn


def _add_rows(
    drawn: Table, table: FormTable, block: FormBlock, cells: Mapping[str, ReportCell], failed: set[str]
) -> None:
    """Rows that the document has, each group under its label."""
    groups, above = {group.id: group.label for group in table.groups}, None
    for row in block.rows:
        keys = [f"{table.id}/{row.id}/{column.id}" for column in block.columns]
        if any(key in cells for key in keys):
            if row.group != above and row.group in groups:
                drawn.add_row(Text(groups[row.group], style="dim"))
            above = row.group
            drawn.add_row(Text(row.label), *(_shown(cells.get(key), key in failed) for key in keys))


def _shown(cell: ReportCell | None, failed: bool = False) -> Text:
    if cell is None:
        return Text("缺", style="magenta")
    text, style = SHOWN.get(cell.state, ("", ""))
    return Text(text or " ".join(cell.raw.split()), style=FAILED if failed else style)


def _list(cells: list[ReportCell]) -> Table:
    drawn = Table(title="其他行", title_justify="left")
    for heading in ("行", "栏", "数", "单位"):
        drawn.add_column(heading)
    for cell in cells:
        drawn.add_row(Text(cell.label), Text(cell.column), _shown(cell), Text(cell.unit or ""))
    return drawn


def _summary(checks: tuple[Check, ...]) -> Text:
    names = {
        Status.PASS: "成立",
        Status.PASS_IF_BLANK_IS_ZERO: "空白作零时成立",
        Status.FAIL: "不成立",
        Status.INCOMPLETE: "数字不全",
    }
    counts = [(name, sum(check.status is status for check in checks)) for status, name in names.items()]
    return Text("勾稽关系：" + "，".join(f"{name} {count}" for name, count in counts if count))


def _finding(finding: Finding) -> Text:
    style = SEVERITIES.get(finding.severity, "")
    return Text(f"{finding.code} [{finding.attribution.value}] {finding.message}", style=style)
