"""Word 97–2003 (.doc) and WPS (.wps), read from the OLE file itself.

Text stands in pieces; \\x07 ends cells and rows; paragraph properties say how deep a cell is nested and, at the end
of a row, where its cells stand and how they are merged. What the native reader does not know (Word 6 and 95) goes
through LibreOffice where that is present.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from parsers.content import Content, Paragraph, Table, Unreadable
from parsers.formats.packages.grid import OBJECT
from parsers.formats.packages.ole import has_stream, is_damaged, open_ole, stream
from parsers.formats.packages.runs import joined
from parsers.formats.packages.text_effects import Manner
from parsers.formats.pictures.pasted import lacks_tables, stored_pictures, with_pictures
from parsers.formats.word import doc_properties
from parsers.formats.word.doc_file import WordFile, open_word
from parsers.formats.word.doc_looks import read_styles, shades_cells, tells
from parsers.formats.word.libreoffice import convert
from parsers.formats.word.row_stream import Assembler

MEDIA_TYPE = "application/msword"
_WORD_97 = 0xA5EC
_WORD_95 = 0xA5DC
_OLDEST_KNOWN = 0x00C1
_SHORTEST = 0x200
"""Bytes at the start of the main stream that hold every field of the FIB read here; the last ends at 0x1AA."""
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_BEGIN, _SEPARATE, _END = "\x13", "\x14", "\x15"
_CELL, _PARAGRAPH, _PAGE_BREAK = "\x07", "\r", "\x0c"
_ENDS = frozenset({_PARAGRAPH, _CELL, _PAGE_BREAK})
_MARKS = _ENDS | {_BEGIN, _SEPARATE, _END}
_PRINTED = str.maketrans(
    {"\x01": OBJECT, "\x0b": "\n", "\x0e": "\n", "\x1e": "-", "\x1f": "", "\t": "\t"}
    | {chr(code): "" for code in (0, 2, 3, 4, 5, 6, 8, 0x0F, 0x10, 0x11, 0x12, 0x16, 0x17, 0x18, 0x19, 0x1A, 0x1B)}
)


def recognise(data: bytes) -> str | None:
    """An OLE file with a Word document, an encrypted Office package, or the beginning of one cut off."""
    if has_stream(data, "WordDocument", "EncryptedPackage"):
        return MEDIA_TYPE
    return MEDIA_TYPE if is_damaged(data) and not has_stream(data, "Workbook", "Book") else None


def read(data: bytes) -> Content:
    """Main text and tables; notes, headers and text boxes are left out.

    Pictures are read where no table can be one of a report.
    """
    word = _open(data)
    if word is None:
        return convert(data, ".doc", MEDIA_TYPE)
    content = Content(MEDIA_TYPE, "doc", _blocks(word))
    return with_pictures(content, stored_pictures(word.data)) if lacks_tables(content) else content


def second_reading(data: bytes) -> Content | None:
    """A second reading by the order of the cell marks alone: no ruler, no merges, as a copy of the text would be."""
    word = _open(data)
    return Content(MEDIA_TYPE, "doc-marks", _blocks(word, by_marks=True)) if word else None


def _open(data: bytes) -> WordFile | None:
    """The Word file; None for the older kinds that are not read here. Raises `Unreadable`."""
    with open_ole(data) as ole:
        if ole.exists("EncryptedPackage"):
            raise Unreadable("encrypted", "the Office document needs a password")
        main = stream(ole, "WordDocument")
        flags = int.from_bytes(main[10:12], "little")
        table = stream(ole, "1Table" if flags & _SECOND_TABLE else "0Table")
        data_stream = stream(ole, "Data")
    identity, version = (int.from_bytes(main[at : at + 2], "little") for at in (0, 2))
    if flags & _ENCRYPTED:
        raise Unreadable("encrypted", "the Word document needs a password")
    if identity == _WORD_95 or (identity == _WORD_97 and version < _OLDEST_KNOWN):
        return None
    if identity != _WORD_97 or len(main) < _SHORTEST:
        raise Unreadable("corrupt", "the Word stream does not begin as one")
    return open_word(main, table, data_stream)


def _blocks(word: WordFile, *, by_marks: bool = False) -> tuple[Paragraph | Table, ...]:
    """Paragraphs in order, each closing what its mark closes."""
    assembler = Assembler()
    for text, mark, end in _paragraphs(word):
        known = doc_properties.paragraph(word.paragraph(end)[1], word.data)
        if mark == _PAGE_BREAK and not known.depth:
            assembler.paragraph(text.replace(OBJECT, ""), 0)
        elif known.ends_row:
            assembler.end_row(() if by_marks else known.slots, known.depth)
        elif mark == _CELL or known.ends_cell:
            assembler.end_cell(text, known.depth)
        else:
            assembler.paragraph(text if known.depth else text.replace(OBJECT, ""), known.depth)
    return assembler.finish()


def _paragraphs(word: WordFile) -> Iterator[tuple[str, str, int]]:
    """(printed text, mark, position of the mark) of each paragraph."""
    seen = _Seen(word)
    start = 0
    for position, character in enumerate(word.text):
        if character in _ENDS:
            yield _printed(seen.text(start, position)), character, position
            start = position + 1
    if rest := seen.text(start, len(word.text)).strip():
        yield _printed(rest), _PARAGRAPH, len(word.text) - 1


class _Seen:
    """The text of a document as it is printed: hidden and deleted runs left out, marks raised, deletions struck."""

    def __init__(self, word: WordFile) -> None:
        self._word = word
        self._styles = read_styles(word.styles)
        self._is_plain = not tells(self._styles, word.characters.properties)
        self._is_shaded = not self._is_plain and any(map(shades_cells, {one[2:] for one in word.paragraphs.properties}))
        self._known: dict[tuple[int, bytes], Manner | None] = {}

    def text(self, start: int, stop: int) -> str:
        """The text between two positions of one paragraph."""
        text = self._word.text[start:stop]
        if self._is_plain or not text:
            return text
        style, _ = self._word.paragraph(min(stop, len(self._word.text) - 1))
        runs: list[tuple[str, Manner | None]] = []
        for manner, places in groupby(range(start, stop), key=lambda position: self._manner(position, style)):
            runs.append(("".join(self._word.text[position] for position in places), manner))
        return joined(runs)

    def _manner(self, position: int, style: int) -> Manner | None:
        if self._word.text[position] in _MARKS:
            return None
        grpprl = self._word.characters.at(self._word.offset(position))
        if (style, grpprl) not in self._known:
            self._known[style, grpprl] = self._styles.manner(style, grpprl, shaded=self._is_shaded)
        return self._known[style, grpprl]


def _printed(text: str) -> str:
    """Of a field only its result; control characters as what they print."""
    if _BEGIN in text or _SEPARATE in text or _END in text:
        text = _without_codes(text)
    return text.translate(_PRINTED)


def _without_codes(text: str) -> str:
    """Of a field its result; one that prints what its code says (EQ: letters over each other) is an object."""
    kept: list[str] = []
    fields: list[bool] = []
    code = ""
    for character in text:
        if character == _BEGIN:
            fields.append(False)
            code = ""
        elif character == _SEPARATE:
            if fields:
                fields[-1] = True
        elif character == _END:
            if fields and not fields.pop() and code.lstrip().upper().startswith("EQ"):
                kept.append(OBJECT)
        elif all(fields):
            kept.append(character)
        else:
            code += character
    return "".join(kept)
