"""The inside of an .ods package or a flat .fods: OpenDocument stores for each cell the text that it prints, and the
value behind it. The text is read from a tree; in one pass without a tree it is proven by the value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from parsers.content import Unreadable
from parsers.formats.limits import MAX_CELLS
from parsers.formats.opendocument.elements import markup_of, part_of
from parsers.formats.opendocument.second_reading import Pass, StoredTable
from parsers.formats.packages.xml_tree import Element, attribute, child, descendant, local, parse
from parsers.formats.sheets.number_format import Value
from parsers.formats.sheets.ods.ods_sheet import OdsSheet
from parsers.formats.sheets.ods.ods_styles import read_styles
from parsers.formats.sheets.stored_values import said
from parsers.formats.sheets.worksheet import Spot, Worksheet


def worksheets(data: bytes) -> Iterator[Worksheet]:
    """The visible sheets in order. Raises `Unreadable` (``corrupt``, ``encrypted``, ``too_large``)."""
    root = parse(markup_of(data))
    book = child(descendant(root, "body"), "spreadsheet")
    if book is None:
        raise Unreadable("corrupt", "the OpenDocument file has no spreadsheet")
    common = part_of(data, "styles.xml")
    styles = read_styles([*([parse(common)] if common is not None else ()), root])
    hidden, zeros = _hidden_styles(root), _prints_zeros(data, root)
    for table in book:
        if local(table) == "table" and attribute(table, "style-name") not in hidden:
            name = attribute(table, "name") or ""
            yield OdsSheet(styles, zeros=zeros.get(name, zeros[""])).read(name, table)


def worksheets_again(data: bytes, first: tuple[Worksheet, ...]) -> Iterator[Worksheet]:
    """The same from one pass without a tree, each text proven by the stored value. What `first` says of looks holds:
    a cell that does not print its plain text is proven by nothing."""
    read = Pass().over(markup_of(data))
    if read is None:
        return
    grids = [block for block in read.blocks if isinstance(block, StoredTable) and block.style not in read.hidden_styles]
    if [grid.name for grid in grids] == [sheet.name for sheet in first]:
        yield from map(_worksheet, grids, first)


def _worksheet(grid: StoredTable, first: Worksheet) -> Worksheet:
    values: dict[Spot, Value] = {}
    unknown = {*first.looks.unknown, *first.looks.errors, *first.looks.inks, *first.looks.runs}
    for cell in grid.cells:
        down, across = cell.times
        if not cell.text or (not first.looks.zeros and cell.stored is not None and _number(cell.stored) == 0):
            continue
        if down * across + len(values) > MAX_CELLS:
            continue
        proven = said(cell.text, _number(cell.stored)) if cell.stored is not None else cell.text
        for spot in ((cell.row + i, cell.column + j) for i in range(down) for j in range(across)):
            values[spot] = cell.text if proven is None else proven
            unknown |= {spot} if proven is None else set()
    looks = replace(first.looks, unknown=frozenset(unknown), inks={}, runs={}, errors={})
    return replace(first, values=values, looks=looks)


def _number(stored: str) -> Value:
    try:
        return float(stored)
    except ValueError:
        return stored


def _hidden_styles(root: Element) -> set[str | None]:
    """Names of the table styles that are not displayed."""
    found: set[str | None] = set()
    for style in root.iter("{*}style"):
        if attribute(child(style, "table-properties"), "display") == "false":
            found.add(attribute(style, "name"))
    return found


def _prints_zeros(data: bytes, root: Element) -> Mapping[str, bool]:
    """Whether zeros are printed, by the name of a sheet that has a setting of its own; "" for the others."""
    part = part_of(data, "settings.xml")
    found: dict[str, bool] = {"": True}
    for item in (root if part is None else parse(part)).iter("{*}config-item"):
        if attribute(item, "name") == "ShowZeroValues":
            entry = item.getparent()
            group = None if entry is None else entry.getparent()
            own = group is not None and attribute(group, "name") == "Tables"
            name = (attribute(entry, "name") or "") if own else ""
            found[name] = (item.text or "").strip() != "false"
    return found
