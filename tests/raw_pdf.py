"""PDF files written object by object, for what no library draws: layers, masks, lying fonts, forms in forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import reportlab

FIRST_FREE = 10
"""The number of the first object that is free for more."""

VERA = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
_GRID = "1 w " + " ".join(
    [*(f"60 {y} m 500 {y} l S" for y in (742, 714, 686, 658)), *(f"{x} 742 m {x} 658 l S" for x in range(60, 501, 110))]
)
_WORDS = [("A", 115, 724), ("B", 225, 724), ("C", 335, 724), ("D", 445, 724), ("E", 115, 696), ("F", 115, 668)]
_NUMBERS = [("0", 225, 696), ("4529", 435, 696), ("25", 225, 668), ("36", 335, 668), ("987", 445, 668), ("8", 250, 668)]
CELL = (325.0, 696.0)
"""Where the number of the middle cell begins."""


@dataclass(frozen=True, slots=True)
class Extra:
    """What a page has besides its table: drawn before and after the number, in resources, objects, page, catalogue."""

    before: str = ""
    after: str = ""
    resources: str = ""
    objects: Mapping[int, bytes] = field(default_factory=dict)
    page: str = ""
    catalogue: str = ""


def shown(text: str, x: float, y: float, font: str = "F1", size: float = 10) -> str:
    """The operators that print a text."""
    return f"BT /{font} {size} Tf {x} {y} Td ({text}) Tj ET"


def stream(content: str | bytes, entries: str = "") -> bytes:
    """A stream object."""
    data = content.encode("latin-1") if isinstance(content, str) else content
    return f"<< /Length {len(data)} {entries} >> stream\n".encode() + data + b"\nendstream"


def form(content: str, entries: str = "") -> bytes:
    """A Form XObject as large as the page, with the page's font."""
    resources = "/Resources << /Font << /F1 4 0 R >> /XObject << /Inner 11 0 R >> >>"
    return stream(content, f"/Type /XObject /Subtype /Form /BBox [0 0 595 842] {resources} {entries}")


def embedded(base: int, to_unicode: str) -> dict[int, bytes]:
    """Vera as a simple font in the file, from object `base` on; `to_unicode` are the lines of its map."""
    data = VERA.read_bytes()
    widths = " ".join(["636"] * 10)
    return {
        base: f"<< /Type /Font /Subtype /TrueType /BaseFont /Vera /FirstChar 48 /LastChar 57 /Widths [{widths}]"
        f" /Encoding /WinAnsiEncoding /FontDescriptor {base + 1} 0 R /ToUnicode {base + 3} 0 R >>".encode(),
        base + 1: f"<< /Type /FontDescriptor /FontName /Vera /Flags 32 /FontBBox [-183 -236 1287 928] /ItalicAngle 0"
        f" /Ascent 928 /Descent -236 /CapHeight 729 /StemV 80 /FontFile2 {base + 2} 0 R >>".encode(),
        base + 2: stream(data, f"/Length1 {len(data)}"),
        base + 3: stream(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
            f"1 begincodespacerange <00> <FF> endcodespacerange\n{to_unicode}\nendcmap end end"
        ),
    }


def pdf_with(extra: Extra, number: str = "11", *, first: str = "") -> bytes:
    """A page with a ruled table of three rows and four columns; `number` in the middle, unless `first` draws it."""
    middle = first or shown(number, *CELL)
    content = " ".join(
        ["0 g 0 G", _GRID, *(shown(*word) for word in (*_WORDS, *_NUMBERS)), extra.before, middle, extra.after]
    )
    objects = {
        1: f"<< /Type /Catalog /Pages 2 0 R {extra.catalogue} >>".encode(),
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: "<< /Type /Page /Parent 2 0 R /Contents 5 0 R {box} {page} /Resources << /Font << /F1 4 0 R {fonts} >>"
        " {resources} >> >>".format(
            box="" if "/MediaBox" in extra.page else "/MediaBox [0 0 595 842]",
            page=extra.page,
            fonts="/F2 20 0 R" if 20 in extra.objects else "",
            resources=extra.resources,
        ).encode(),
        4: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        5: stream(content),
        **extra.objects,
    }
    made = b"%PDF-1.7\n"
    offsets = {}
    for key in sorted(objects):
        offsets[key] = len(made)
        made += f"{key} 0 obj\n".encode() + objects[key] + b"\nendobj\n"
    start, size = len(made), max(objects) + 1
    made += f"xref\n0 {size}\n0000000000 65535 f \n".encode()
    for key in range(1, size):
        made += f"{offsets[key]:010d} 00000 n \n".encode() if key in offsets else b"0000000000 00000 f \n"
    return made + f"trailer << /Root 1 0 R /Size {size} >>\nstartxref\n{start}\n%%EOF\n".encode()
