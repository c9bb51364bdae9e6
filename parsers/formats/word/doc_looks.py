"""How runs of a .doc are printed: modifiers of characters and styles with their parents ([MS-DOC] 2.6.1, 2.9.271)."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

from parsers.formats.packages.colours import Colour, of_hex
from parsers.formats.packages.runs import manner_of
from parsers.formats.packages.text_effects import Manner
from parsers.formats.word.doc_properties import modifiers

Known = dict[str, object]
_TOGGLES = {0x083C: "hidden", 0x0837: "struck", 0x2A53: "struck twice"}
_DELETED, _RAISED, _SHIFTED, _HEIGHT = 0x0800, 0x2A48, 0x4845, 0x4A43
_ICO, _COLOUR, _HIGHLIGHT, _SHADE, _SHADE_80 = 0x2A42, 0x6870, 0x2A0C, 0xCA71, 0x4866
_SPACE, _SCALE, _STYLE = 0x8840, 0x4852, 0x4A30
_PALETTE = (
    "", "000000", "0000ff", "00ffff", "00ff00", "ff00ff", "ff0000", "ffff00", "ffffff", "000080", "008080", "008000",
    "800080", "800000", "808000", "808080", "c0c0c0",
)  # fmt: skip
"""Colours by their old numbers; 0 is automatic."""
_MARK = 3
"""Half points that a run is raised or lowered from which on it is a mark."""
_SQUEEZED = -60
_NARROW = 30
_DEEPEST = 20
_COLORREF = 4
"""Bytes of a colour."""
_GROUND = slice(5, 9)
"""Where the colour of the ground stands in a shading: behind its length and the colour of the pattern."""
_SHEET_HEAD, _STYLE_HEAD = 6, 10
"""Bytes at the start of the style sheet (length, count, size of heads), and of the head of a style (StdfBase)."""
_MOST_LISTS = 3
"""Lists of modifiers in a style: of a table, of paragraphs, of characters."""
_PARAGRAPH, _CHARACTER = 1, 2
_NOT_ONE = 0xFFF
_SHADED_CELLS = frozenset((0xD612, 0xD616, 0xD60C, 0xD609, 0xD670, 0xD671, 0xD672))
_AUTOMATIC = 0xFF
_TELLING = frozenset({_DELETED, _RAISED, _SHIFTED, _SPACE, _SCALE, *_TOGGLES})
_USUAL_HEIGHT = 9
"""Half points below which letters may be overlooked."""


def known(grpprl: bytes, base: Known) -> Known:
    """What modifiers say, over what holds already."""
    found: Known = dict(base)
    for code, operand in modifiers(grpprl):
        if code in _TOGGLES and operand:
            name = _TOGGLES[code]
            was = bool(base.get(name))
            found[name] = was if operand[0] == 0x80 else not was if operand[0] == 0x81 else operand[0] == 1
        elif code == _DELETED and operand:
            found["deleted"] = operand[0] == 1
        elif code == _RAISED and operand:
            found["raised"] = operand[0] in (1, 2)
        elif code == _SHIFTED and len(operand) >= 2:
            found["shifted"] = abs(struct.unpack("<h", operand[:2])[0]) >= _MARK
        elif code == _HEIGHT and len(operand) >= 2:
            found["height"] = int.from_bytes(operand[:2], "little")
        elif code in (_SPACE, _SCALE) and len(operand) >= 2:
            number = struct.unpack("<h", operand[:2])[0]
            found[f"squeezed {code}"] = number <= _SQUEEZED if code == _SPACE else 0 < number < _NARROW
        else:
            _colours(found, code, operand)
    return found


def _colours(found: Known, code: int, operand: bytes) -> None:
    if code == _ICO and operand:
        found["colour"] = of_hex(_PALETTE[operand[0]]) if operand[0] < len(_PALETTE) else None
    elif code == _COLOUR and len(operand) >= _COLORREF:
        found["colour"] = _colorref(operand)
    elif code == _HIGHLIGHT and operand:
        found["ground"] = of_hex(_PALETTE[operand[0]]) if operand[0] < len(_PALETTE) else None
    elif code == _SHADE and len(operand) >= _GROUND.stop:
        found["ground"] = _colorref(operand[_GROUND])
    elif code == _SHADE_80 and len(operand) >= 2:
        number = int.from_bytes(operand[:2], "little") >> 5 & 0x1F
        found["ground"] = of_hex(_PALETTE[number]) if number < len(_PALETTE) else None


def _colorref(raw: bytes) -> Colour | None:
    """Red, green, blue; None for the automatic colour."""
    return None if raw[3] == _AUTOMATIC else Colour(raw[0] / 255, raw[1] / 255, raw[2] / 255)


def style_of(grpprl: bytes) -> int | None:
    """The character style that a run names."""
    found = [operand for code, operand in modifiers(grpprl) if code == _STYLE and len(operand) >= 2]
    return int.from_bytes(found[-1][:2], "little") if found else None


def shades_cells(grpprl: bytes) -> bool:
    """Does the end of a row give its cells colours?"""
    return any(code in _SHADED_CELLS and any(operand[1:]) for code, operand in modifiers(grpprl))


@dataclass(slots=True)
class DocumentStyles:
    """The styles of a document by number: what each is based on and what it says of characters."""

    based: list[int] = field(default_factory=list)
    own: list[bytes] = field(default_factory=list)
    found: dict[int, Known] = field(default_factory=dict)

    def at(self, number: int) -> Known:
        """The properties of a style with those of its parents."""
        if number not in self.found:
            chain: list[bytes] = []
            at = number
            while at < len(self.own) and at != _NOT_ONE and len(chain) < _DEEPEST:
                chain.append(self.own[at])
                at = self.based[at]
            result: Known = {}
            for grpprl in reversed(chain):
                result = known(grpprl, result)
            self.found[number] = result
        return self.found[number]

    def manner(self, paragraph_style: int, grpprl: bytes, *, shaded: bool) -> Manner | None:
        """How a run is printed. `shaded`: some cell of the document has a ground of its own."""
        base = self.at(paragraph_style)
        number = style_of(grpprl)
        if number is not None:
            base = _over(base, self.at(number))
        found = known(grpprl, base) if grpprl else base
        if not found:
            return None
        colour, ground = found.get("colour"), found.get("ground")
        result = manner_of(
            hidden=bool(found.get("hidden") or found.get("deleted")),
            struck=bool(found.get("struck") or found.get("struck twice")),
            raised=bool(found.get("raised") or found.get("shifted")),
            garbled=any(found.get(f"squeezed {code}") for code in (_SPACE, _SCALE)),
            colour=colour if isinstance(colour, Colour) else None,
            ground=ground if isinstance(ground, Colour) else None,
            points=_points(found.get("height")),
        )
        is_certain = not shaded or colour is None or ground is not None or found.get("hidden") or found.get("deleted")
        if is_certain or result in ("struck", "raised", "doubtful"):
            return result
        return "doubtful" if result == "hidden" else "apart"


def _over(base: Known, style: Known) -> Known:
    """A character style over a paragraph's; what both switch on is off."""
    both = {name: bool(base.get(name)) != bool(style.get(name)) for name in _TOGGLES.values()}
    return {**base, **style, **both}


def _points(height: object) -> float | None:
    return height / 2 if isinstance(height, int) else None


def read_styles(sheet: bytes) -> DocumentStyles:
    """The style sheet (STSH); what is cut off or not understood has no styles."""
    styles = DocumentStyles()
    if len(sheet) < _SHEET_HEAD:
        return styles
    size = int.from_bytes(sheet[:2], "little")
    count, base = struct.unpack_from("<HH", sheet, 2)
    at = 2 + size
    for _ in range(min(count, 4096)):
        length = int.from_bytes(sheet[at : at + 2], "little")
        entry = sheet[at + 2 : at + 2 + length]
        at += 2 + length
        parent, grpprl = _style(entry, base) if len(entry) >= base >= _STYLE_HEAD else (_NOT_ONE, b"")
        styles.based.append(parent)
        styles.own.append(grpprl)
    return styles


def _style(entry: bytes, base: int) -> tuple[int, bytes]:
    """What a style is based on, and its modifiers of characters."""
    second = int.from_bytes(entry[2:4], "little")
    kind, parent = second & 0xF, second >> 4
    at = base + 2 + 2 * int.from_bytes(entry[base : base + 2], "little") + 2
    parts: list[bytes] = []
    while at + 2 <= len(entry) and len(parts) < _MOST_LISTS:
        length = int.from_bytes(entry[at : at + 2], "little")
        parts.append(entry[at + 2 : at + 2 + length])
        at += 2 + length + length % 2
    wanted = 1 if kind == _PARAGRAPH else 0
    has_one = kind in (_PARAGRAPH, _CHARACTER) and len(parts) > wanted
    return parent, parts[wanted] if has_one else b""


def tells(styles: DocumentStyles, properties: Sequence[bytes]) -> bool:
    """Does any run or style of a document say more than a font, a height and an automatic colour?"""
    return any(map(_is_telling, {*properties, *styles.own}))


def _is_telling(grpprl: bytes) -> bool:
    for code, operand in modifiers(grpprl):
        if code == _HEIGHT:
            if int.from_bytes(operand[:2], "little") < _USUAL_HEIGHT:
                return True
        elif code in (_ICO, _COLOUR):
            if known(grpprl, {}).get("colour") is not None:
                return True
        elif code in _TELLING:
            return True
    return False
