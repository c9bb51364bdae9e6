"""Lines to grids: pure geometry."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from parsers.formats.paged.lattice import Lattice, Ruling, grids, joined


def spans(grid: Lattice) -> set[tuple[int, int, int, int]]:
    return {(cell.row, cell.column, cell.rowspan, cell.colspan) for cell in grid.cells}


def test_merged_cells_have_spans() -> None:
    across = [Ruling(0, 0, 300), Ruling(20, 100, 300), Ruling(40, 0, 300)]
    down = [Ruling(0, 0, 40), Ruling(100, 0, 40), Ruling(200, 20, 40), Ruling(300, 0, 40)]
    (grid,) = grids(across, down)
    assert spans(grid) == {(0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1)}


def test_open_sides_are_named() -> None:
    across = [Ruling(20, 0, 200), Ruling(40, 0, 200)]
    down = [Ruling(0, 0, 60), Ruling(100, 0, 60), Ruling(200, 0, 60)]
    (grid,) = grids(across, down)
    assert {cell.open for cell in grid.cells if cell.row == 0} == {"t"}
    assert {cell.open for cell in grid.cells if cell.row == 2} == {"b"}


def test_two_tables_stay_two() -> None:
    square = [Ruling(0, 0, 50), Ruling(50, 0, 50)]
    far = [Ruling(line.at + 100, line.start, line.end) for line in square]
    beside = [Ruling(line.at, line.start + 100, line.end + 100) for line in square]
    assert len(grids([*square, *far], [*square, *beside])) == 2


def test_dots_become_lines_and_doubles_one() -> None:
    dots = [Ruling(10, x, x + 1) for x in range(0, 100, 3)]
    assert joined(dots) == [Ruling(10, 0, 100)]
    assert len(joined([Ruling(10, 0, 100), Ruling(11.5, 0, 100)])) == 1
    assert joined([Ruling(10, 0, 3)]) == []


@given(
    st.lists(st.integers(12, 60), min_size=2, max_size=6),
    st.lists(st.integers(12, 60), min_size=2, max_size=6),
    st.floats(-0.8, 0.8),
)
def test_every_plain_grid_is_found(widths: list[int], heights: list[int], wobble: float) -> None:
    xs, ys = [0], [0]
    for width in widths:
        xs.append(xs[-1] + width)
    for height in heights:
        ys.append(ys[-1] + height)
    across = [Ruling(y + wobble * (i % 2), 0, xs[-1]) for i, y in enumerate(ys)]
    down = [Ruling(x, 0, ys[-1]) for x in xs]
    (grid,) = grids(across, down)
    assert spans(grid) == {(r, c, 1, 1) for r in range(len(heights)) for c in range(len(widths))}


def test_absurd_drawings_end() -> None:
    hatch = [Ruling(float(i), 0, 5000) for i in range(0, 5000, 1)]
    for grid in grids(hatch, hatch):
        assert len(grid.cells) <= 20_000
