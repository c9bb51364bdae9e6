"""Reports as Word packages, written part by part so that every kind of merge can be produced."""

from __future__ import annotations

import io
import zipfile
from html import escape
from random import Random

from tests.factory.grids import Grid, Slot
from tests.factory.story import Heading, Prose, Story

STYLES = ("word", "runs", "revisions", "controls", "strict", "no_widths", "layout", "hmerge", "numbered", "textbox")

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_WIDTH = 900
_FIELD = ("begin", "separate", "end")


def render(story: Story, random: Random, style: str = "word") -> bytes:
    """A .docx in one of STYLES."""
    namespace = _STRICT if style == "strict" else TRANSITIONAL
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{namespace}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:v="urn:schemas-microsoft-com:vml"><w:body>'
        f"{body(story, random, style)}<w:sectPr/></w:body></w:document>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _content_types())
        package.writestr("_rels/.rels", _relations())
        package.writestr("word/document.xml", document)
        package.writestr("word/numbering.xml", _NUMBERING)
        package.writestr("word/header1.xml", f'<w:hdr xmlns:w="{TRANSITIONAL}"><w:p/></w:hdr>')
    return buffer.getvalue()


def body(story: Story, random: Random, style: str = "word") -> str:
    """The blocks as WordprocessingML."""
    blocks = "".join(_block(block, random, style) for block in story)
    if style == "layout":
        return f"<w:tbl><w:tr><w:tc><w:tcPr/>{blocks}<w:p/></w:tc></w:tr></w:tbl>"
    return blocks


def _block(block: Heading | Prose | Grid, random: Random, style: str) -> str:
    if isinstance(block, Grid):
        table = _table(block, random, style)
        return f"<w:sdt><w:sdtContent>{table}</w:sdtContent></w:sdt><w:p/>" if style == "controls" else table + "<w:p/>"
    text = block.text
    if style == "numbered" and isinstance(block, Heading) and text[1:2] == "、":
        return _paragraph(text[2:], random, style, '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    extra = _text_box("附注：以上数据均为本机关口径") if style == "textbox" and isinstance(block, Prose) else ""
    return _paragraph(text, random, style, extra=extra)


def _paragraph(text: str, random: Random, style: str, properties: str = "", extra: str = "") -> str:
    ppr = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{ppr}{_runs(text, random, style)}{extra}</w:p>"


def _runs(text: str, random: Random, style: str) -> str:
    if style == "runs" and len(text) > 1:
        at = random.randint(1, len(text) - 1)
        return _run(text[:at]) + '<w:bookmarkStart w:id="1" w:name="x"/>' + _run(text[at:])
    if style == "revisions" and random.random() < 0.4:
        gone = "<w:del w:id='1' w:author='a'><w:r><w:delText>9</w:delText></w:r></w:del>"
        hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>8</w:t></w:r>"
        return f"{gone}<w:ins w:id='2' w:author='a'>{_run(text)}</w:ins>{hidden}"
    if style == "controls" and random.random() < 0.3:
        begin, separate, end = (f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>" for kind in _FIELD)
        return f"{begin}<w:r><w:instrText>=SUM(LEFT) 77</w:instrText></w:r>{separate}{_run(text)}{end}"
    return _run(text)


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


def _text_box(text: str) -> str:
    inner = f"<w:txbxContent><w:p>{_run(text)}</w:p></w:txbxContent>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{inner}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def _table(grid: Grid, random: Random, style: str) -> str:
    covered = {(slot.row + down, slot.column): slot for slot in grid.slots for down in range(1, slot.rowspan)}
    rows = []
    for number, row in enumerate(grid.rows()):
        cells = [(slot.column, _cell(slot, random, style)) for slot in row]
        cells += [(column, _continued(slot, style)) for (at, column), slot in covered.items() if at == number]
        rows.append(f"<w:tr>{''.join(text for _, text in sorted(cells))}</w:tr>")
    columns = f'<w:gridCol w:w="{_WIDTH}"/>' * grid.width
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _cell(slot: Slot, random: Random, style: str) -> str:
    merge = '<w:vMerge w:val="restart"/>' if slot.rowspan > 1 else ""
    return _stored(slot, _paragraph(slot.text, random, style), merge, style)


def _continued(slot: Slot, style: str) -> str:
    return _stored(slot, "<w:p/>", "<w:vMerge/>", style)


def _stored(slot: Slot, content: str, merge: str, style: str) -> str:
    """One w:tc; in the style of old converters a cell over several columns is several cells marked hMerge."""
    if style == "hmerge" and slot.colspan > 1:
        first = f'<w:tc><w:tcPr>{_width(1)}<w:hMerge w:val="restart"/>{merge}</w:tcPr>{content}</w:tc>'
        rest = f"<w:tc><w:tcPr>{_width(1)}<w:hMerge/>{merge}</w:tcPr><w:p/></w:tc>"
        return first + rest * (slot.colspan - 1)
    width = "" if style == "no_widths" else _width(slot.colspan)
    span = f'<w:gridSpan w:val="{slot.colspan}"/>' if slot.colspan > 1 else ""
    return f"<w:tc><w:tcPr>{width}{span}{merge}</w:tcPr>{content}</w:tc>"


def _width(columns: int) -> str:
    return f'<w:tcW w:w="{_WIDTH * columns}" w:type="dxa"/>'


def _content_types() -> str:
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>'
    )


def _relations() -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATION}" Target="word/document.xml"/></Relationships>'
    )


_NUMBERING = (
    f'<w:numbering xmlns:w="{TRANSITIONAL}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
