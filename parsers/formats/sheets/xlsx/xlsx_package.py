"""The inside of an .xlsx package, read from its XML. A sheet that cannot be read costs itself.

Elements are told by local name, so the transitional and the strict namespace read alike.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import basename, dirname, normpath

from parsers.content import Unreadable
from parsers.formats.packages.xml_tree import Element, attribute, child, local, parse, whole
from parsers.formats.packages.zip_parts import open_zip, parts, read_member
from parsers.formats.sheets.print_area import areas_of, within
from parsers.formats.sheets.worksheet import Range, Worksheet
from parsers.formats.sheets.xlsx.xlsx_colours import read_colours
from parsers.formats.sheets.xlsx.xlsx_drawings import covered
from parsers.formats.sheets.xlsx.xlsx_sheet import Pieces, SheetReader, pieces_of
from parsers.formats.sheets.xlsx.xlsx_styles import WorkbookStyles, read_styles

_WORKBOOK = "xl/workbook.xml"


def worksheets(data: bytes) -> Iterator[Worksheet]:
    """The visible sheets of a workbook in order. Raises `Unreadable` (``corrupt``, ``too_large``)."""
    with open_zip(data) as archive:
        package = _Package(archive, parts(archive))
        book = package.part(_WORKBOOK)
        if book is None:
            raise Unreadable("corrupt", "the package has no workbook")
        yield from _sheets(package, book)


@dataclass(frozen=True, slots=True)
class _Package:
    archive: zipfile.ZipFile
    named: dict[str, zipfile.ZipInfo]

    def part(self, name: str) -> Element | None:
        """A part as XML, None where there is none."""
        info = self.named.get(name)
        return None if info is None else parse(read_member(self.archive, info))

    def targets(self, of: str) -> dict[str, tuple[str, str]]:
        """Kind and part name, lower case, of what a part refers to, by relation id."""
        folder = dirname(of)
        found: dict[str, tuple[str, str]] = {}
        relations = self.part(f"{folder}/_rels/{basename(of)}.rels")
        for item in relations if relations is not None else ():
            target = (item.get("Target") or "").replace("\\", "/").lower()
            path = normpath(target.lstrip("/") if target.startswith("/") else f"{folder}/{target}")
            found[item.get("Id") or ""] = (item.get("Type") or "").rpartition("/")[2], path
        return found


def _sheets(package: _Package, book: Element) -> Iterator[Worksheet]:
    table = package.part("xl/sharedstrings.xml")
    strings = [pieces_of(item) for item in table if local(item) == "si"] if table is not None else []
    targets = package.targets(_WORKBOOK)
    theme = next((path for kind, path in targets.values() if kind == "theme"), "xl/theme/theme1.xml")
    looks = package.part("xl/styles.xml")
    styles = read_styles(looks, read_colours(package.part(theme), looks))
    recalculates = attribute(child(book, "calcPr"), "fullCalcOnLoad") in {"1", "true"}
    sheets = child(book, "sheets")
    printed = _print_areas(book)
    for number, sheet in enumerate(sheets if sheets is not None else ()):
        if attribute(sheet, "state") not in {None, "visible"}:
            continue
        name = attribute(sheet, "name") or ""
        _, path = targets.get(attribute(sheet, "id") or "", ("", ""))
        try:
            part = package.part(path)
            if part is None:
                raise Unreadable("corrupt", "it is not in the package")
            if local(part) == "worksheet":
                made = _sheet(package, path, name, part, strings, styles, recalculates)
                yield within(made, areas_of(printed.get(number, "")))
        except Unreadable as error:
            if error.kind == "too_large":
                raise
            yield Worksheet(name, {}, unread=f"sheet {name} cannot be read: {error.message}")


def _print_areas(book: Element) -> dict[int, str]:
    """What of each sheet is printed, as the workbook names it, by the number of the sheet."""
    names = child(book, "definedNames")
    return {
        whole(attribute(item, "localSheetId"), -1): item.text or ""
        for item in (names if names is not None else ())
        if (attribute(item, "name") or "").lower() == "_xlnm.print_area"
    }


def _sheet(
    package: _Package,
    path: str,
    name: str,
    part: Element,
    strings: list[Pieces],
    styles: WorkbookStyles,
    recalculates: bool,
) -> Worksheet:
    drawn: list[Range] = []
    if child(part, "drawing") is not None:
        for kind, target in package.targets(path).values():
            drawing = package.part(target) if kind == "drawing" else None
            drawn.extend(covered(drawing) if drawing is not None else ())
    return SheetReader(strings, styles, recalculates).read(name, part, tuple(drawn))
