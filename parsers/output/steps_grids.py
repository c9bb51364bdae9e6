"""The grids of a reading: which of their lines became which row of the form, which of their columns which column."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from parsers.content import Cell, Place, Table
from parsers.output.wanted import Wanted
from parsers.report import ReportCell

NOT_PLACED = "its cells are not known one by one"


@dataclass(frozen=True, slots=True)
class GridStep:
    """A grid as it was read. `became`: cell of the grid (its place in `table.cells`) → cell of the form. `rows`: line →
    rows of the form (``table/row``), also where its cells are not known one by one. `lines`: those that are asked for.
    """

    caption: str
    table: Table
    became: Mapping[int, ReportCell]
    rows: Mapping[int, tuple[str, ...]]
    lines: frozenset[int]


def grids_of(tables: Sequence[Table], cells: Sequence[ReportCell], wanted: Wanted) -> list[GridStep]:
    """Each grid with the cells of the form that were read from it, known by their place and text.

    Where numbers could not be told apart, or not be given a column, only the line is known, by its label. Grids
    of which nothing is wanted are left out.
    """
    waiting: dict[tuple[Place, str], list[ReportCell]] = defaultdict(list)
    for cell in cells:
        if cell.place != Place():
            waiting[cell.place, cell.raw.strip()].append(cell)
    found = []
    for number, table in enumerate(tables, 1):
        became: dict[int, ReportCell] = {}
        for at, grid_cell in enumerate(table.cells):
            if same := waiting.get((grid_cell.place, grid_cell.text.strip())):
                became[at] = same.pop(0)
        where = "".join(filter(None, [f"page {table.place.page} " if table.place.page else "", table.place.path or ""]))
        found.append((f"grid {number} {where}".strip(), table, became))
    by_label = _not_placed(cells, [made for _, _, became in found for made in became.values()])
    grids = [_grid(caption, table, became, by_label, wanted) for caption, table, became in found]
    return grids if wanted.is_all else [grid for grid in grids if grid.lines]


def _grid(
    caption: str, table: Table, became: Mapping[int, ReportCell], by_label: Mapping[str, list[str]], wanted: Wanted
) -> GridStep:
    known: dict[int, dict[str, None]] = defaultdict(dict)
    for at, made in became.items():
        known[table.cells[at].row][f"{made.table}/{made.row}"] = None
    rows: dict[int, tuple[str, ...]] = {}
    for line in table.rows():
        here = line[0].row
        labels = [_squeezed(cell.text) for cell in line]
        by_name = next((by_label[label].pop(0) for label in labels if by_label.get(label)), None)
        rows[here] = tuple(known[here]) or ((by_name,) if by_name else ())
    lines = frozenset(here for here, names in rows.items() if wanted.is_all or any(map(wanted.key, names)))
    return GridStep(caption, table, became, rows, lines)


def _not_placed(cells: Sequence[ReportCell], placed: Sequence[ReportCell]) -> dict[str, list[str]]:
    """Rows none of whose cells stands at one of a grid, by their printed label, in the order of the form."""
    seen = {(cell.table, cell.row) for cell in placed}
    found: dict[str, list[str]] = defaultdict(list)
    for cell in cells:
        name, label = f"{cell.table}/{cell.row}", _squeezed(cell.label)
        if (cell.table, cell.row) not in seen and label and name not in found[label]:
            found[label].append(name)
    return found


def _squeezed(text: str) -> str:
    return "".join(text.split())


def lines_and_columns(grid: GridStep) -> Iterator[str]:
    """Which line became which row, and which span which column."""
    placed: set[int] = set()
    labels: dict[int, str] = {}
    columns: dict[str, Counter[tuple[int, int]]] = defaultdict(Counter)
    for at, made in grid.became.items():
        cell = grid.table.cells[at]
        if cell.row not in grid.lines:
            continue
        placed.add(cell.row)
        if made.table == "requests":
            labels[cell.row] = made.label
        columns[f"{made.table} {made.column}"][cell.column, cell.colspan] += 1
    for line in grid.table.rows():
        here = line[0].row
        if here not in grid.lines:
            continue
        printed = labels.get(here) or next((cell.text for cell in line if cell.text.strip()), "")
        rows = ", ".join(grid.rows[here]) or "nothing"
        more = f" ({NOT_PLACED})" if grid.rows[here] and here not in placed else ""
        yield f"{grid.caption}, line {here} “{' '.join(printed.split())[:40]}” → {rows}{more}"
    for column, spans in columns.items():
        shown = ", ".join(f"{_span(start, width)} ({count} cells)" for (start, width), count in spans.items())
        yield f"{grid.caption}: column {column} ← {shown}"


def _span(start: int, width: int) -> str:
    return f"grid column {start}" if width == 1 else f"grid columns {start}–{start + width - 1}"


def grid_lines(grid: GridStep) -> Iterator[str]:
    """The lines of a grid that are asked for, each cell with where it stands and what it became."""
    numbered: dict[int, list[tuple[int, Cell]]] = defaultdict(list)
    for at, cell in enumerate(grid.table.cells):
        numbered[cell.row].append((at, cell))
    for row, cells in sorted(numbered.items()):
        if row not in grid.lines:
            continue
        shown = [_shown(cell, grid.became.get(at)) for at, cell in sorted(cells, key=lambda one: one[1].column)]
        yield f"    {row:>3}  {' | '.join(shown)}"


def _shown(cell: Cell, made: ReportCell | None) -> str:
    spans = f"{cell.column}" + (f"+{cell.colspan}" if cell.colspan > 1 else "")
    spans += f"↓{cell.rowspan}" if cell.rowspan > 1 else ""
    text = " ".join(cell.text.split())
    became = f" → {made.row}.{made.column} {made.state.value}" if made else ""
    return f"[{spans}] {text}{'' if cell.readable else ' (not legible)'}{became}"
