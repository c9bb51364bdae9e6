"""The three tables of a form, rebuilt from the words of pages without lines.

Nothing shows where a row ends there, but the form says how its labels read: a label that is spelled out in full shows
how far its row reaches, and numbers at that height are its numbers. Where a number stands beside no label, or under no
column, nothing is rebuilt.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from parsers.content import Cell, Place, Table, Word
from parsers.form import Column, Form, FormTable
from parsers.labels import normalise
from parsers.numbers import looks_like_value
from parsers.spelled import Spelled, find_all, parted, spellings
from parsers.value_columns import Found, by_order, from_heads, from_rows, lines, under

REQUESTS, DISCLOSURE, REVIEW = "requests", "proactive_disclosure", "review_litigation"
FEWEST_ROWS = 10
"""Rows of table three that must be found."""

_HEADER = 250  # points over the first row of table three in which its header stands
_BESIDE = 0.35  # of a line's height: by so much a number may stand above or below its label


def rebuilt_tables(words: Sequence[Word], form: Form) -> dict[str, Table]:
    """The tables that the words prove, by their ids."""
    words = parted(words)
    rows = _requests_rows(words, form.table(REQUESTS))
    if rows is None:
        return {}
    top, bottom = rows[0].top, rows[-1].bottom
    found = {
        REQUESTS: _requests(words, rows, form.table(REQUESTS)),
        DISCLOSURE: _disclosure([word for word in words if word.y < top], form.table(DISCLOSURE)),
        REVIEW: _review([word for word in words if word.y > bottom], form.table(REVIEW)),
    }
    return {name: table for name, table in found.items() if table is not None}


def _requests_rows(words: Sequence[Word], table: FormTable) -> list[Spelled] | None:
    """The labels of table three; a row that stands for others only where these are not printed."""
    found = find_all(words, spellings([(row.id, row.labels) for row in table.rows], bare=True))
    printed = {label.key for label in found}
    order = [row.id for row in table.rows if not printed.intersection(row.replaces)]
    rows = _chain([label for label in found if label.key in order], order)
    return rows if rows is not None and len(rows) >= FEWEST_ROWS else None


def _requests(words: Sequence[Word], rows: Sequence[Spelled], table: FormTable) -> Table | None:
    """Table three, in as many pieces as it has headers: each may have its columns elsewhere."""
    columns = table.blocks[0].columns
    groups = find_all(words, spellings([(group.id, [group.label]) for group in table.groups], bare=True))
    labels = {word for label in (*rows, *groups) for word in label.words}
    first = find_all(words, spellings([(columns[0].id, columns[0].labels)]))
    borders = [rows[0].top, *(head.top for head in first if rows[0].bottom < head.top < rows[-1].top), float("inf")]
    pieces = []
    for top, bottom in pairwise(borders):
        part = [row for row in rows if top <= row.top < bottom]
        above = top - _HEADER if part and part[0] is rows[0] else top - 5 * rows[0].height
        if not part:
            return None
        heads = _heads([word for word in words if above < word.y < part[0].top], columns)
        inside = [w for w in words if part[0].top < w.bottom and w.top < part[-1].bottom and w not in labels]
        piece = _rebuilt(part, inside, columns, heads)
        if piece is None:
            return None
        pieces.append(piece)
    return _stacked(pieces)


def _disclosure(words: Sequence[Word], table: FormTable) -> Table | None:
    rows = _chain(find_all(words, spellings([(r.id, r.labels) for r in table.rows])), [r.id for r in table.rows])
    if rows is None or {row.key for row in rows} != {row.id for row in table.rows}:
        return None
    pieces = []
    above = rows[0].top - 120
    for block in table.blocks:
        own = [row for row in rows if any(row.key == other.id for other in block.rows)]
        between = [word for word in words if above < word.y < own[0].top]
        heads = _heads(between, block.columns)
        labels = {word for label in own for word in label.words}
        below = min((row.top for row in rows if row.top > own[-1].bottom), default=own[-1].bottom + 1)
        loose = [w for w in words if own[0].top < w.bottom and w.top < own[-1].bottom and w not in labels]
        piece = _rebuilt(own, loose, block.columns, heads, "信息内容")
        if piece is None or own[-1].bottom > below:
            return None
        pieces.append(piece)
        above = own[-1].bottom
    return _stacked(pieces)


def _review(words: Sequence[Word], table: FormTable) -> Table | None:
    """One line of numbers under 行政复议 and 行政诉讼: fifteen, or each under its head."""
    outcomes = table.blocks[0].columns
    columns = [Column(f"{row.id}/{c.id}", c.label) for row in table.rows for c in outcomes]
    titles = [word for word in words if normalise(word.text) == "行政复议"]
    if not titles:
        return None
    near = [word for word in words if titles[0].top - 40 < word.y < titles[0].bottom + 200]
    heads = find_all(near, spellings([(column.id, column.labels) for column in outcomes]))
    heads.sort(key=lambda head: head.left)
    bottom = max([titles[0].bottom, *(head.bottom for head in heads)])
    row = next((line for line in lines(near) if line[0].y > bottom and any(map(_is_value, line))), None)
    if row is None:
        return None
    found = by_order(row, len(columns)) if all(map(_is_value, row)) else None
    if found is None and [head.key for head in heads] == [c.id for c in outcomes] * len(table.rows):
        places = from_heads([row], [(head.left, head.right) for head in heads])
        found = under(row, places) if places else None
    if found is None:
        return None
    cells = [Cell(0, i, column.label, _place(row)) for i, column in enumerate(columns)]
    cells += [Cell(1, i, w[0].text if w else "", _place(w or row)) for i, w in enumerate(found)]
    return Table(tuple(cells), _place(row))


def _chain(found: Sequence[Spelled], order: Sequence[str]) -> list[Spelled] | None:
    """The labels in the order of the form; None where the first one stands there twice: two tables."""
    if sum(label.key == order[0] for label in found) != 1:
        return None
    rank = {key: i for i, key in enumerate(order)}
    best: list[list[Spelled]] = []
    for label in found:
        before = [
            chain for chain in best if rank[chain[-1].key] < rank[label.key] and chain[-1].bottom <= label.top + 2
        ]
        best.append([*max(before, key=len, default=[]), label])
    chain = max(best, key=len, default=[])
    return chain if chain and chain[0].key == order[0] else None


def _heads(words: Sequence[Word], columns: Sequence[Column]) -> list[Spelled] | None:
    """The heads of all columns, each found once, from the left; the lowest where pages repeat them."""
    found = find_all(words, spellings([(column.id, column.labels) for column in columns]))
    lowest = {head.key: head for head in sorted(found, key=lambda head: head.top)}
    return sorted(lowest.values(), key=lambda head: head.left) if len(lowest) == len(columns) else None


def _rebuilt(
    rows: Sequence[Spelled],
    loose: Sequence[Word],
    columns: Sequence[Column],
    heads: Sequence[Spelled] | None,
    corner: str = "",
) -> Table | None:
    """The table of these rows. `loose` are the words between them that are no labels."""
    beside = _beside(rows, loose)
    if beside is None:
        return None
    width = len(columns)
    rows = [row for row, _ in beside]
    values = [_values(words, width) for _, words in beside]
    if any(len(words) > width and all(map(_is_value, words)) for words in values):
        return None  # it has columns of its own
    places = from_rows(values, width)
    if places is None and heads:
        places = from_heads(values, [(head.left, head.right) for head in heads])
    names = [head.key for head in heads] if heads else [column.id for column in columns]
    labels = {column.id: column.label for column in columns}
    cells = [Cell(0, 0, corner, _place(rows[0].words))]
    cells += [Cell(0, i, labels[name], _place(rows[0].words)) for i, name in enumerate(names, 1)]
    for number, (row, words) in enumerate(zip(rows, values, strict=True), 1):
        cells.append(Cell(number, 0, "\n".join(word.text for word in row.words), _place(row.words)))
        found = by_order(words, width) or (under(words, places) if places else None)
        cells += _row_cells(number, row, words, found, width)
    return Table(tuple(cells), _place(rows[0].words))


def _row_cells(number: int, row: Spelled, words: Sequence[Word], found: Found | None, width: int) -> Iterable[Cell]:
    """The value cells of a row; a blank one stands where its row stands."""
    for i in range(width):
        if found is None and words:
            yield Cell(number, i + 1, " ".join(w.text for w in words), _place(words), readable=False)
        elif found is None or not found[i]:
            yield Cell(number, i + 1, "", _place(row.words))
        else:
            yield Cell(number, i + 1, "\n".join(word.text for word in found[i]), _place(found[i]))


def _beside(rows: Sequence[Spelled], loose: Sequence[Word]) -> list[tuple[Spelled, list[Word]]] | None:
    """Each label with the words right of it at its height; None where a number stands beside none or two.

    Rows that the form does not have (小计) are known by a word on the line of their numbers.
    """
    found: dict[int, list[Word]] = {i: [] for i in range(len(rows))}
    left_over: list[Word] = []
    for word in loose:
        inside = [i for i, row in enumerate(rows) if _is_beside(word, row)]
        if len(inside) > 1:
            inside = [i for i in inside if rows[i].top <= word.y <= rows[i].bottom]
        if len(inside) == 1:
            found[inside[0]].append(word)
        elif inside:
            return None
        else:
            left_over.append(word)
    beside = [(row, found[i]) for i, row in enumerate(rows)]
    for line in lines(left_over):
        if any(map(_is_value, line)):
            if _is_value(line[0]):
                return None
            beside.append((Spelled("", (line[0],)), line[1:]))
    return sorted(beside, key=lambda pair: pair[0].y)


def _is_beside(word: Word, row: Spelled) -> bool:
    reach = _BESIDE * row.height
    return row.top - reach < word.y < row.bottom + reach and word.box[0] > row.right - 0.5 * row.height


def _values(words: Sequence[Word], width: int) -> list[Word]:
    """The words from the left without what goes on from the label before them."""
    ordered = sorted(words, key=lambda word: word.box[0])
    first = next((i for i, word in enumerate(ordered) if _is_value(word)), 0)
    return ordered[first:] if len(ordered) - first >= width else ordered


def _is_value(word: Word) -> bool:
    return looks_like_value(word.text)


def _stacked(pieces: Sequence[Table]) -> Table:
    cells: list[Cell] = []
    widest = max(cell.column for piece in pieces for cell in piece.cells)
    for piece in pieces:
        below = cells[-1].row + 1 if cells else 0
        width = max(cell.column for cell in piece.cells)
        for cell in piece.cells:
            wide = widest - width + 1 if cell.column == width else 1
            cells.append(Cell(cell.row + below, cell.column, cell.text, cell.place, 1, wide, cell.readable))
    return Table(tuple(cells), pieces[0].place)


def _place(words: Sequence[Word]) -> Place:
    here = [word.box for word in words if word.page == words[0].page]
    x0, top, x1, bottom = zip(*here, strict=True)
    return Place(words[0].page, (round(min(x0), 1), round(min(top), 1), round(max(x1), 1), round(max(bottom), 1)))
