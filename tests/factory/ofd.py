"""Reports as OFD files, written by the standard GB/T 33190-2016 in the ways that producers differ."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from random import Random
from xml.sax.saxutils import escape

from tests.factory.grids import Grid, Slot
from tests.factory.story import Story

STYLES = ("strokes", "fills", "scaled", "letters", "template", "landscape")
"""Strokes: lines drawn, advances as ``g n d``. Fills: thin filled boxes. Scaled: letters of size 1 under a CTM.
Letters: one text object a letter. Template: page numbers from a template, content in nested blocks."""

NAMESPACE = "http://www.ofdspec.org/2016"
_SIZE, _LEADING, _MARGIN, _PAD = 3.2, 4.2, 18.0, 0.8


@dataclass(slots=True)
class Canvas:
    """Pages being written; `y` is how far the current one is filled, in mm."""

    style: str
    width: float
    height: float
    pages: list[list[str]] = field(default_factory=lambda: [[]])
    y: float = _MARGIN

    def room(self, height: float) -> None:
        """Begin a new page unless so much fits on this one."""
        if self.y + height > self.height - _MARGIN:
            self.pages.append([])
            self.y = _MARGIN

    def put(self, xml: str) -> None:
        self.pages[-1].append(xml)

    def text(self, x: float, y: float, text: str) -> None:
        """A line of text with its top left at x, y."""
        if not text.strip():
            return
        if self.style == "letters":
            for letter in text:
                self.put(self._object(x, y, letter))
                x += _width(letter)
            return
        self.put(self._object(x, y, text))

    def _object(self, x: float, y: float, text: str) -> str:
        box = f'Boundary="{x:.3f} {y:.3f} {sum(map(_width, text)):.3f} {_LEADING:.3f}"'
        unit, matrix = (1.0, f' CTM="{_SIZE} 0 0 {_SIZE} 0 0"') if self.style == "scaled" else (_SIZE, "")
        code = f'<ofd:TextCode X="0" Y="{0.86 * unit:.3f}"{_delta(text, unit)}>{escape(text)}</ofd:TextCode>'
        return f'<ofd:TextObject ID="0" {box} Font="1" Size="{unit}"{matrix}>{code}</ofd:TextObject>'

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        width, height = x1 - x0, y1 - y0
        if self.style == "fills":
            data = f"M 0 0 L {width + 0.2:.3f} 0 L {width + 0.2:.3f} {height + 0.2:.3f} L 0 {height + 0.2:.3f} C"
            look = 'Stroke="false" Fill="true"'
        else:
            data, look = f"M 0 0 L {width:.3f} {height:.3f}", 'LineWidth="0.2"'
        box = f"{x0:.3f} {y0:.3f} {max(width, 0.2):.3f} {max(height, 0.2):.3f}"
        inner = f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData>"
        self.put(f'<ofd:PathObject ID="0" Boundary="{box}" {look}>{inner}</ofd:PathObject>')


def render(story: Story, random: Random, style: str = "strokes") -> bytes:
    """An OFD file in one of STYLES."""
    wide = style == "landscape"
    canvas = Canvas(style, 297.0 if wide else 210.0, 210.0 if wide else 297.0)
    for block in story:
        if isinstance(block, Grid):
            _grid(canvas, block)
        else:
            for line in _wrapped(block.text, canvas.width - 2 * _MARGIN):
                canvas.room(_LEADING + 1)
                canvas.text(_MARGIN, canvas.y, line)
                canvas.y += _LEADING + 1
            canvas.y += 2
    return package([_page(content, style) for content in canvas.pages], canvas.width, canvas.height)


def _grid(canvas: Canvas, grid: Grid) -> None:
    shares = [2.0, 2.2, 3.2] + [1.0] * (grid.width - 3) if grid.width == 10 else [1.0] * grid.width
    xs = [_MARGIN]
    for share in shares:
        xs.append(xs[-1] + (canvas.width - 2 * _MARGIN) * share / sum(shares))
    bottoms = [
        slot.row + slot.rowspan if slot.row + slot.rowspan <= grid.header else slot.row + 1 for slot in grid.slots
    ]
    top = 0
    while top < grid.height:
        count = grid.header if top == 0 and grid.header else 1
        slots = [(s, end) for s, end in zip(grid.slots, bottoms, strict=True) if top <= s.row < top + count]
        _rows(canvas, slots, xs, top, count)
        top += count


def _rows(canvas: Canvas, slots: list[tuple[Slot, int]], xs: list[float], top: int, count: int) -> None:
    """Rows that stay together. Below the header a cell over several rows is drawn in its first only."""
    lines = {
        slot: _wrapped(slot.text.strip(), xs[slot.column + slot.colspan] - xs[slot.column] - 2 * _PAD)
        for slot, _ in slots
    }
    height = max(len(lines[slot]) / (end - slot.row) for slot, end in slots) * _LEADING + 2 * _PAD
    canvas.room(height * count)
    for slot, end in slots:
        x0, x1 = xs[slot.column], xs[slot.column + slot.colspan]
        y0, y1 = canvas.y + (slot.row - top) * height, canvas.y + (end - top) * height
        for box in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
            canvas.line(*box)
        at = (y0 + y1) / 2 - len(lines[slot]) * _LEADING / 2 + 0.4
        for line in lines[slot]:
            canvas.text((x0 + x1) / 2 - sum(map(_width, line)) / 2, at, line)
            at += _LEADING
    for x in (xs[0], xs[-1]):
        canvas.line(x, canvas.y, x, canvas.y + height * count)
    canvas.y += height * count


def _width(letter: str) -> float:
    return _SIZE * (0.5 if letter < "\u2000" else 1.0)


def _wrapped(text: str, width: float) -> list[str]:
    lines, used = [""], 0.0
    for letter in text:
        if used + _width(letter) > width and lines[-1]:
            lines.append("")
            used = 0.0
        lines[-1] += letter
        used += _width(letter)
    return lines


def _delta(text: str, unit: float) -> str:
    """Advances between letters, runs of equal ones as ``g n d``."""
    steps = [f"{unit * _width(letter) / _SIZE:.3f}" for letter in text[:-1]]
    if not steps:
        return ""
    if len(steps) > 2 and len(set(steps)) == 1:
        return f' DeltaX="g {len(steps)} {steps[0]}"'
    return f' DeltaX="{" ".join(steps)}"'


def _root(tag: str, inner: str, attributes: str = "") -> str:
    return f'<ofd:{tag} xmlns:ofd="{NAMESPACE}"{attributes}>{inner}</ofd:{tag}>'


def _page(content: list[str], style: str) -> str:
    inner = "".join(content)
    if style == "template":
        inner = f'<ofd:PageBlock ID="0"><ofd:PageBlock ID="0">{inner}</ofd:PageBlock></ofd:PageBlock>'
    head = '<ofd:Template TemplateID="9" ZOrder="Background"/>' if style == "template" else ""
    layer = f'<ofd:Layer ID="0" Type="Body">{inner}</ofd:Layer>'
    return _root("Page", f"{head}<ofd:Content>{layer}</ofd:Content>")


def _template() -> str:
    code = '<ofd:TextCode X="0" Y="3" DeltaX="2 2">- 1 -</ofd:TextCode>'
    text = f'<ofd:TextObject ID="0" Boundary="100 286 9 4" Font="1" Size="3">{code}</ofd:TextObject>'
    return _root("Page", f'<ofd:Content><ofd:Layer ID="0">{text}</ofd:Layer></ofd:Content>')


def _document(count: int, width: float, height: float) -> str:
    listed = "".join(f'<ofd:Page ID="{i}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(count))
    common = (
        "<ofd:MaxUnitID>99</ofd:MaxUnitID>"
        f"<ofd:PageArea><ofd:PhysicalBox>0 0 {width} {height}</ofd:PhysicalBox></ofd:PageArea>"
        "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"
        '<ofd:TemplatePage ID="9" BaseLoc="Tpls/Tpl_0/Content.xml"/>'
    )
    return _root("Document", f"<ofd:CommonData>{common}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>")


def _resources(media: dict[str, bytes], styles: str) -> str:
    listed = "".join(
        f'<ofd:MultiMedia ID="{key}" Type="Image"><ofd:MediaFile>m{key}.png</ofd:MediaFile></ofd:MultiMedia>'
        for key in media
    )
    return _root("Res", f"{styles}<ofd:MultiMedias>{listed}</ofd:MultiMedias>", ' BaseLoc="Res"')


def package(
    pages: list[str], width: float, height: float, media: dict[str, bytes] | None = None, styles: str = ""
) -> bytes:
    """The ZIP around pages; `media` are pictures by resource id, `styles` drawing parameters as XML."""
    about = "<ofd:DocInfo><ofd:Title>年度报告</ofd:Title></ofd:DocInfo>"
    body = f"<ofd:DocBody>{about}<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
    files: dict[str, str | bytes] = {
        "OFD.xml": _root("OFD", body, ' Version="1.0" DocType="OFD"'),
        "Doc_0/Document.xml": _document(len(pages), width, height),
        "Doc_0/DocumentRes.xml": _resources(media or {}, styles),
        "Doc_0/Tpls/Tpl_0/Content.xml": _template(),
        **{f"Doc_0/Pages/Page_{i}/Content.xml": page for i, page in enumerate(pages)},
        **{f"Doc_0/Res/m{key}.png": data for key, data in (media or {}).items()},
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 31, 0, 0, 0)), data)
    return buffer.getvalue()
