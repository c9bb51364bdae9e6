"""Rich Text Format: text and tables, with the merges of their cells.

A row is told by \\trowd and \\cellx, its cells end with \\cell and the row with \\row; inner tables use \\nestcell and
\\nestrow. Groups that hold no printed text are passed over.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from parsers.content import Content, Unreadable
from parsers.formats.limits import check_size
from parsers.formats.packages.grid import OBJECT
from parsers.formats.packages.runs import joined
from parsers.formats.packages.text_effects import Manner
from parsers.formats.pictures.pasted import lacks_tables, with_pictures
from parsers.formats.word.row_stream import Assembler, Slot
from parsers.formats.word.rtf_state import CHARACTER_WORDS, ColourTable, GroupState, formatted, manner
from parsers.formats.word.rtf_syntax import Fonts, Pictures, Token, tokens

MEDIA_TYPE = "application/rtf"
_MAGIC = b"{\\rtf"
_MAX_GROUPS = 2_000
_UNPRINTED = """
stylesheet info object header headerl headerr headerf footer footerl footerr footerf footnote annotation
fldinst nonshppict shp do ftnsep ftnsepc xe tc rxe nonesttables template themedata datastore filetbl listtable
listoverridetable revtbl rsidtbl bkmkstart bkmkend atnid atnauthor pgdsctbl
"""
_SKIPPED = frozenset(_UNPRINTED.split())
_PRINTED = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005",
}  # fmt: skip
_EQUATION = b"EQ "
"""How the code of a field begins that prints what its code says: letters over each other, fractions."""
_SYMBOLS = {"~": "\u00a0", "_": "-", "-": "", "\n": "", "\r": ""}
_KEPT_STARRED = frozenset({"nesttableprops", "fldrslt", "shppict"})


@dataclass(slots=True)
class _Row:
    """The definition of a row as far as it was read."""

    left: int = 0
    slots: list[Slot] = field(default_factory=list)
    grounds: list[int] = field(default_factory=list)
    above: bool = False
    beside: bool = False
    ground: int = 0

    def describe_cell(self, name: str, number: int) -> None:
        """Merges and ground of the cell that the next \\cellx ends."""
        self.above |= name == "clvmrg"
        self.beside |= name == "clmrg"
        self.ground = number if name == "clcbpat" else self.ground

    def end_cell(self, right: int) -> None:
        """A \\cellx: the right edge of the cell whose merges came before it."""
        left = self.slots[-1].right if self.slots else self.left
        self.slots.append(Slot(left, max(left, right), self.above, self.beside))
        self.grounds.append(self.ground)
        self.above = self.beside = False
        self.ground = 0


def recognise(data: bytes) -> str | None:
    """``{\\rtf`` at the beginning."""
    return MEDIA_TYPE if data[:64].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(_MAGIC) else None


def read(data: bytes) -> Content:
    """Paragraphs and tables; pictures where no table can be one of a report.

    Raises `Unreadable` when the file is cut off.
    """
    reader = _Reader()
    content = Content(MEDIA_TYPE, "rtf", reader.read(data).finish())
    return with_pictures(content, reader.pictures.found) if lacks_tables(content) else content


def second_reading(data: bytes) -> Content | None:
    """A second reading by the order of the cell marks alone: no ruler, no merges."""
    return Content(MEDIA_TYPE, "rtf-marks", _Reader(by_marks=True).read(data).finish())


class _Reader:
    """Walks the tokens; one per document."""

    def __init__(self, *, by_marks: bool = False) -> None:
        self.by_marks = by_marks
        self.assembler = Assembler()
        self.fonts = Fonts()
        self.pictures = Pictures()
        self.state = GroupState()
        self.saved: list[GroupState] = []
        self.rows = {False: _Row(), True: _Row()}
        self.in_table = False
        self.depth = 0
        self.colours = ColourTable()
        self.paragraph_ground = 0
        self.cell_number = 0
        self.text: list[tuple[str, Manner | None]] = []
        self.raw = bytearray()
        self.to_skip = 0

    def read(self, data: bytes) -> Assembler:
        check_size(data)
        for token in tokens(data):
            if token.kind == "open":
                self._open()
            elif token.kind == "close":
                if not self.saved:
                    break
                self._close()
            elif token.kind == "word":
                self._word(token)
            else:
                self._bytes(token)
        if self.saved:
            raise Unreadable("corrupt", "the RTF file is cut off: a group is still open at its end")
        self._end_paragraph(only_if_text=True)
        return self.assembler

    def _open(self) -> None:
        self._flush()
        self.to_skip = 0
        if len(self.saved) > _MAX_GROUPS:
            raise Unreadable("too_large", f"RTF groups nested more than {_MAX_GROUPS} deep")
        self.saved.append(self.state)

    def _close(self) -> None:
        self._flush()
        before = self.state
        self.state, self.to_skip = self.saved.pop(), 0
        if before.in_picture and not self.state.in_picture:
            self.pictures.end()
            self._print(OBJECT)

    def _bytes(self, token: Token) -> None:
        """Text, a byte in hexadecimal, or an escaped character."""
        state = self.state
        if token.kind == "symbol" and token.name == "*":
            self.state = replace(state, starred=True)
            return
        if state.in_colours and not state.skipped:
            for _ in range(token.raw.count(b";")):
                self.colours.end_entry()
        if state.in_fonts:
            self.fonts.name(state.font, token.raw)
        elif state.skipped and token.raw.lstrip().upper().startswith(_EQUATION):
            self._print(OBJECT)
        if state.skipped or state.in_fonts or state.in_colours:
            return
        if state.in_picture:
            self.pictures.take(token.raw)
            return
        raw = token.raw
        if self.to_skip:
            taken = min(self.to_skip, len(raw))
            self.to_skip -= taken
            raw = raw[taken:]
            if not raw:
                return
        if token.kind == "symbol" and token.name in _SYMBOLS:
            self._print(_SYMBOLS[token.name])
        elif not (state.hidden or state.deleted):
            self.raw += raw

    def _word(self, token: Token) -> None:
        name, number = token.name, token.number
        state = self.state
        if state.starred:
            self.state = state = replace(state, starred=False, skipped=state.skipped or name not in _KEPT_STARRED)
        if name == "fonttbl":
            self.state = replace(state, in_fonts=True)
        elif state.in_fonts:
            self._font_table(name, number)
        elif name == "colortbl":
            self.state = replace(state, in_colours=True)
        elif state.in_colours:
            self.colours.parts[name] = number or 0
        elif name == "shptxt":
            self._print(OBJECT)
        elif name in _SKIPPED:
            self.state = replace(state, skipped=True)
        elif name == "pict" and not state.skipped:
            self.state = replace(state, in_picture=True)
        elif state.in_picture:
            self.pictures.name_kind(name)
        elif not (state.skipped or self._format(name, number) or self._table(name, number)):
            self._print_word(name, number)

    def _font_table(self, name: str, number: int | None) -> None:
        if name == "f":
            self.state = replace(self.state, font=number or 0)
        elif name == "fcharset" and self.state.font is not None:
            self.fonts.charsets[self.state.font] = number or 0

    def _format(self, name: str, number: int | None) -> bool:
        """Words that change how what follows is read."""
        if name in CHARACTER_WORDS:
            self._flush()
            self.state = formatted(self.state, name, number)
        elif name == "uc":
            self.state = replace(self.state, fallback=max(0, min(number or 0, 8)))
        elif name == "ansicpg":
            self.fonts.set_page(number or 1252)
        elif name == "deff":
            self.fonts.chosen = number or 0
        elif name == "nesttableprops":
            self.state = replace(self.state, in_nested=True)
        else:
            return False
        return True

    def _table(self, name: str, number: int | None) -> bool:
        """Words of tables and paragraphs."""
        row = self.rows[self.state.in_nested]
        if name == "trowd":
            self.rows[self.state.in_nested] = _Row()
        elif name == "trleft":
            row.left = number or 0
        elif name == "cellx":
            row.end_cell(max(-32768, min(number or 0, 100_000)))
        elif name in {"clvmrg", "clmrg", "clcbpat"}:
            row.describe_cell(name, number or 0)
        elif name == "pard":
            self._flush()
            self.in_table, self.depth, self.paragraph_ground = False, 0, 0
        elif name == "cbpat":
            self._flush()
            self.paragraph_ground = number or 0
        elif name == "intbl":
            self.in_table = number != 0
        elif name == "itap":
            self.depth = max(0, min(number or 0, 99))
        elif name in {"cell", "nestcell"}:
            self.assembler.end_cell(self._taken(), self._level(nested=name == "nestcell"))
            self.cell_number += name == "cell"
        elif name in {"row", "nestrow"}:
            nested = name == "nestrow"
            self.cell_number = 0 if not nested else self.cell_number
            slots = () if self.by_marks else tuple(self.rows[nested].slots)
            self.assembler.end_row(slots, self._level(nested=nested))
        elif name in {"par", "sect", "page"}:
            self._end_paragraph(only_if_text=name != "par")
        else:
            return False
        return True

    def _level(self, *, nested: bool) -> int:
        return max(self.depth, 2) if nested else 1

    def _print_word(self, name: str, number: int | None) -> None:
        if name == "u" and number is not None:
            self._print(chr(number % 65536))
            self.to_skip = self.state.fallback
        elif name in _PRINTED:
            self._print(_PRINTED[name])

    def _print(self, text: str) -> None:
        self._flush()
        self.text.append((text, self._manner()))

    def _manner(self) -> Manner | None:
        """How text is printed here, on the ground of its paragraph or cell."""
        grounds = self.rows[False].grounds
        in_cell = grounds[self.cell_number] if self.in_table and self.cell_number < len(grounds) else 0
        return manner(self.state, self.colours, self.paragraph_ground or in_cell)

    def _flush(self) -> None:
        """Decode the bytes collected in the current font."""
        if self.raw:
            text = self.fonts.decode(bytes(self.raw), self.state.font)
            in_symbols = self.fonts.is_symbols(self.state.font)
            self.text.append((text, "doubtful" if in_symbols else self._manner()))
            self.raw.clear()

    def _taken(self) -> str:
        """The text collected so far; pairs of \\u surrogates become one character."""
        self._flush()
        text = joined(self.text)
        self.text.clear()
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

    def _end_paragraph(self, *, only_if_text: bool) -> None:
        text = self._taken()
        if text.strip() or not only_if_text:
            depth = max(self.depth, 1) if self.in_table else 0
            self.assembler.paragraph(text if depth else text.replace(OBJECT, ""), depth)
