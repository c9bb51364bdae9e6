"""Declared shadow roots: the template is shown, of the element's children only what has a slot in it."""

from __future__ import annotations

from parsers.formats.html.html import read
from tests.parsers.formats.html.style.cells import seen

SLOTS = '<div><template shadowrootmode="open"><slot name="a"></slot></template><b slot="a">31</b><i>4</i>5</div>'


def test_what_has_no_slot_is_not_shown() -> None:
    assert str(seen(SLOTS)).strip() == "31"


def test_a_slot_without_a_name_takes_everything_else() -> None:
    assert seen('<div><template shadowrootmode="open"><slot></slot></template>31</div>') == "31"


def test_a_table_of_the_template_replaces_the_one_beside_it() -> None:
    tables = [f"<table><tr><td>甲<td>{n}<td>丙<tr><td>乙<td>2<td>丁</table>" for n in (31, 4)]
    page = f'<div><template shadowrootmode="open">{tables[0]}</template>{tables[1]}</div>'
    (table,) = read(f"<html><body>{page}</body></html>".encode()).tables
    assert table.cells[1].text == "31"


def test_a_plain_template_stays_out_of_sight() -> None:
    assert seen("<template>4</template>31") == "31"
