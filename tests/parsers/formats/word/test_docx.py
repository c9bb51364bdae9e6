"""parsers.formats.docx and word_xml: what Word prints, and nothing else."""

from __future__ import annotations

import io
import zipfile
from random import Random
from types import ModuleType

import pytest

from parsers.content import Content, Table, Unreadable
from parsers.extract import extract
from parsers.formats.packages.text_effects import DOUBT
from parsers.formats.pictures.pasted import lacks_tables
from parsers.formats.word import docx, word_xml
from tests.factory import html, mht
from tests.factory.archives import zipped
from tests.factory.compare import differences
from tests.factory.docx import TRANSITIONAL
from tests.factory.story import story
from tests.factory.truth import random_truth

_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def package(body: str, **other: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        document = f'<w:document xmlns:w="{TRANSITIONAL}" {_MC}><w:body>{body}</w:body></w:document>'
        archive.writestr("word/document.xml", document)
        for name, text in other.items():
            archive.writestr(f"word/{name}.xml", text)
    return buffer.getvalue()


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def paragraph(content: str) -> str:
    return f"<w:p>{content}</w:p>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(run(text))}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def grid(content: Content) -> list[list[tuple[int, int, int, str]]]:
    """(column, colspan, rowspan, text) of each cell of the first table, by row."""
    return [[(c.column, c.colspan, c.rowspan, c.text) for c in row] for row in content.tables[0].rows()]


@pytest.mark.parametrize(
    ("content", "printed"),
    [
        (run("1") + "<w:del><w:r><w:delText>9</w:delText></w:r></w:del>" + run("2"), "12"),
        ("<w:ins>" + run("7") + "</w:ins>", "7"),
        ("<w:moveFrom>" + run("7") + "</w:moveFrom>" + run("8"), "8"),
        (run("8", "<w:vanish/>") + run("5"), "5"),
        (run("8", '<w:vanish w:val="0"/>'), "8"),
        (run("5") + run("12", '<w:vertAlign w:val="superscript"/>'), "5¹²"),
        (run("5") + run("1", '<w:vertAlign w:val="subscript"/>'), "5¹"),
        (run("5", '<w:vertAlign w:val="baseline"/>'), "5"),
        (run("9件", "<w:strike/>") + run("5"), "9\u0336件\u03365"),
        (run("9", "<w:dstrike/>") + run("5", '<w:strike w:val="0"/>'), "9\u03365"),
        ("<w:r><w:t>1</w:t><w:tab/><w:t>2</w:t><w:br/><w:t>3</w:t><w:noBreakHyphen/></w:r>", "1\t2\n3-"),
        ("<w:hyperlink>" + run("链接") + "</w:hyperlink><w:smartTag>" + run("科") + "</w:smartTag>", "链接科"),
        ("<w:sdt><w:sdtPr/><w:sdtContent>" + run("12") + "</w:sdtContent></w:sdt>", "12"),
        ("<w:fldSimple w:instr='SUM(ABOVE)'>" + run("30") + "</w:fldSimple>", "30"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "\uf0fc"),
        ("<w:r><w:ruby><w:rt>" + run("x") + "</w:rt><w:rubyBase>" + run("字") + "</w:rubyBase></w:ruby></w:r>", "字"),
    ],
)
def test_printed_text(content: str, printed: str) -> None:
    assert docx.read(package(paragraph(content))).text == printed


def test_a_field_prints_its_result_only() -> None:
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    code = "<w:r><w:instrText>=SUM(LEFT)</w:instrText></w:r>" + run("code")
    text = paragraph(f"{run('a')}{marks[0]}{code}{marks[1]}{run('5')}{marks[2]}{run('b')}")
    assert docx.read(package(text)).text == "a5b"


def test_a_field_left_open_ends_with_its_paragraph() -> None:
    broken = paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run("code"))
    assert docx.read(package(broken + paragraph(run("后文")))).text == "\n后文"


def test_spans_and_merges() -> None:
    rows = (
        cell("甲", '<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>') + cell("乙"),
        cell("x", '<w:gridSpan w:val="2"/><w:vMerge/>') + cell("1"),
        cell("丙") + cell("2") + cell("3"),
    )
    content = docx.read(package(table(*rows)))
    assert grid(content) == [
        [(0, 2, 2, "甲"), (2, 1, 1, "乙")],
        [(2, 1, 1, "1")],
        [(0, 1, 1, "丙"), (1, 1, 1, "2"), (2, 1, 1, "3")],
    ]
    assert content.tables[0].cells[-1].place.path == "table[1]/row[3]/cell[3]"


def test_a_merge_that_continues_nothing_is_a_cell_of_its_own() -> None:
    assert grid(docx.read(package(table(cell("7", "<w:vMerge/>"))))) == [[(0, 1, 1, "7")]]


def test_rows_may_begin_late_and_be_deleted() -> None:
    late = '<w:trPr><w:gridBefore w:val="2"/></w:trPr>' + cell("1")
    gone = "<w:trPr><w:del/></w:trPr>" + cell("9")
    assert grid(docx.read(package(table(late, gone, cell("2"))))) == [[(2, 1, 1, "1")], [(0, 1, 1, "2")]]


def test_deleted_cells_take_no_place() -> None:
    assert grid(docx.read(package(table(cell("1") + cell("9", "<w:cellDel/>") + cell("2"))))) == [
        [(0, 1, 1, "1"), (1, 1, 1, "2")]
    ]


@pytest.mark.parametrize(("drawing", "beside"), [("inline", False), ("anchor", True)])
def test_a_number_that_is_a_picture_is_unreadable_and_no_blank(drawing: str, beside: bool) -> None:
    picture = f'<w:r><w:drawing><wp:{drawing} xmlns:wp="p"/></w:drawing></w:r>'
    row = cell("甲") + f"<w:tc><w:tcPr/>{paragraph(picture)}</w:tc>" + f"<w:tc>{paragraph(run('5') + picture)}</w:tc>"
    cells = docx.read(package(table(row))).tables[0].cells
    assert [(c.text, c.readable) for c in cells] == [("甲", True), ("", False), ("5", beside)]


def test_a_document_of_one_picture_that_cannot_be_read_is_no_empty_page() -> None:
    body = f'<w:document xmlns:w="{TRANSITIONAL}"><w:body><w:p/></w:body></w:document>'
    data = zipped({"word/document.xml": body.encode(), "word/media/image1.png": bytes(range(256)) * 200})
    error = extract(data).error
    assert error is not None
    assert error.kind == "corrupt"


@pytest.mark.parametrize(("size", "lacking"), [(0, True), (8, True), (40, False)])
def test_pictures_are_looked_at_where_no_table_is_as_large_as_one_of_the_form(size: int, lacking: bool) -> None:
    rows = table(*(cell("甲") + cell("1") for _ in range(size // 2))) if size else ""
    assert lacks_tables(docx.read(package(rows + paragraph(run("文"))))) is lacking


@pytest.mark.parametrize("properties", ['<w:vertAlign w:val="superscript"/>', "<w:strike/>", "<w:vanish/>"])
def test_no_reading_joins_a_mark_to_a_number(properties: str) -> None:
    marked = f"<w:tc>{paragraph(run('5') + run('1', properties))}</w:tc>"
    data = package(table(cell("甲") + marked))
    again = docx.second_reading(data)
    assert again is not None
    assert docx.read(data).tables[0].cells[1].text in ("5", "5¹", "51\u0336")
    assert DOUBT in again.tables[0].cells[1].text


@pytest.mark.parametrize("factory", [html, mht])
def test_a_page_that_word_would_take_in_is_read(factory: ModuleType) -> None:
    """What libraries that make .docx of a web page write."""
    random = Random(3)
    truth = random_truth(random)
    page = factory.render(story(truth, random), random)
    relation = '<Relationship Id="r1" Type="x/aFChunk" Target="/word/afchunk.mht"/>'
    body = f'<w:document xmlns:w="{TRANSITIONAL}" xmlns:r="r"><w:body><w:altChunk r:id="r1"/></w:body></w:document>'
    members = {"word/document.xml": body.encode(), "word/afchunk.mht": page}
    members["word/_rels/document.xml.rels"] = f"<Relationships>{relation}</Relationships>".encode()
    extraction = extract(zipped(members))
    assert differences(truth, extraction) == []
    assert extraction.report is not None
    assert (extraction.report.cells[0].place.path or "").startswith("word/afchunk.mht!")


def test_a_framed_number_is_text_of_its_cell() -> None:
    inner = table(cell("12"))
    outer = table(cell("甲") + f"<w:tc><w:tcPr/>{inner}<w:p/></w:tc>")
    assert [text for *_, text in grid(docx.read(package(outer)))[0]] == ["甲", "12"]


def test_numbers_in_a_table_of_their_own_stand_in_the_row() -> None:
    inner = f"<w:tc><w:tcPr/>{table(cell('1') + cell('2') + cell('3'))}<w:p/></w:tc>"
    made = docx.read(package(table(cell("甲") + inner, cell("乙") + inner)))
    assert [[text for *_, text in row] for row in grid(made)] == [["甲", "1", "2", "3"], ["乙", "1", "2", "3"]]
    assert [one.column for one in made.tables[0].cells] == [0, 1, 2, 3] * 2


def test_a_layout_table_gives_what_it_lays_out() -> None:
    inner = table(cell("甲") + cell("1"), cell("乙") + cell("2"))
    outer = table(cell("标题"), f"<w:tc><w:tcPr/>{paragraph(run('上文'))}{inner}{paragraph(run('下文'))}</w:tc>")
    content = docx.read(package(outer))
    assert [type(block).__name__ for block in content.blocks] == ["Paragraph", "Paragraph", "Table", "Paragraph"]
    assert content.tables[0].cells[1].place.path == "table[1]/row[2]/cell[1]/table[1]/row[1]/cell[2]"


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{paragraph(run('附注'))}</w:txbxContent>"
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    assert docx.read(package(paragraph(f"{run('正文')}<w:r>{both}</w:r>"))).text == "正文\n附注"


def test_automatic_numbers_are_printed() -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, style, text in ((0, "chineseCounting", "%1、"), (1, "decimal", "%2."))
    )
    numbering = (
        f'<w:numbering xmlns:w="{TRANSITIONAL}"><w:abstractNum w:abstractNumId="4">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="4"/></w:num></w:numbering>'
    )
    styles = (
        f'<w:styles xmlns:w="{TRANSITIONAL}"><w:style w:styleId="h"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        '</w:pPr></w:style><w:style w:styleId="h2"><w:basedOn w:val="h"/></w:style></w:styles>'
    )
    deep = '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    off = '<w:pPr><w:pStyle w:val="h"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>'
    styled = '<w:pPr><w:pStyle w:val="h2"/></w:pPr>'
    body = "".join(paragraph(form + run("x")) for form in (styled, deep, deep, styled, deep, off))
    content = docx.read(package(body, numbering=numbering, styles=styles))
    assert content.text.split("\n") == ["一、x", "1.x", "2.x", "二、x", "1.x", "x"]


def test_the_second_reading_sees_a_shifted_cell() -> None:
    """A wrong span moves the cells of the first reading, their widths keep the second in place."""
    width = '<w:tcW w:w="1000" w:type="dxa"/>'
    rows = (cell("甲", width) + cell("乙", width), cell("1", width + '<w:gridSpan w:val="3"/>') + cell("2", width))
    data = package(table(*rows))
    first, second = docx.read(data), docx.second_reading(data)
    assert second is not None
    assert [c.column for c in first.tables[0].cells] == [0, 1, 0, 3]
    assert [c.column for c in second.tables[0].cells] == [0, 1, 0, 1]


@pytest.mark.parametrize("name", ["document.xml", "document2.xml"])
def test_recognised_by_its_parts(name: str) -> None:
    buffer = io.BytesIO()
    relations = f'<r><Relationship Type="x/officeDocument" Target="word/{name}"/></r>'
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("_rels/.rels", relations)
        archive.writestr(f"word/{name}", f'<w:document xmlns:w="{TRANSITIONAL}"><w:body/></w:document>')
    assert docx.recognise(buffer.getvalue()) == docx.MEDIA_TYPE
    assert docx.read(buffer.getvalue()).blocks == ()


@pytest.mark.parametrize("cut", [100, 400, -40])
def test_a_cut_file_is_corrupt(cut: int) -> None:
    data = package(paragraph(run("正文" * 200)))[:cut]
    with pytest.raises(Unreadable) as caught:
        docx.read(data)
    assert caught.value.kind == "corrupt"


def test_a_document_type_is_refused() -> None:
    bomb = '<!DOCTYPE d [<!ENTITY a "77"><!ENTITY b "&a;&a;"><!ENTITY x SYSTEM "file:///etc/hostname">]>'
    markup = f'{bomb}<w:document xmlns:w="{TRANSITIONAL}"><w:body>{paragraph(run("1&b;&x;2"))}</w:body></w:document>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", markup)
    with pytest.raises(Unreadable) as caught:
        docx.read(buffer.getvalue())
    assert caught.value.kind == "corrupt"
    assert docx.second_reading(buffer.getvalue()) is None


def test_absurd_tables_are_refused() -> None:
    with pytest.raises(Unreadable) as caught:
        docx.read(package("<w:tbl>" + "<w:tr><w:tc><w:p/></w:tc></w:tr>" * 50_000 + "</w:tbl>"))
    assert caught.value.kind == "too_large"


def test_deep_tables_end() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 60 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 60
    assert not any(isinstance(block, Table) and block.cells[0].text for block in docx.read(package(deep)).blocks)


_2003 = "http://schemas.microsoft.com/office/word/2003/wordml"


def test_word_2003_xml() -> None:
    rows = (
        cell("甲", '<w:vmerge w:val="restart"/>') + cell("1"),
        cell("", "<w:vmerge/>")
        + "<w:tc><w:p><aml:annotation w:type='Word.Deletion'><aml:content>"
        + run("9")
        + "</aml:content></aml:annotation>"
        + run("2")
        + "</w:p></w:tc>",
    )
    data = (
        f'<?xml version="1.0"?><w:wordDocument xmlns:w="{_2003}" xmlns:wx="x" xmlns:aml="a"><w:body><wx:sect>'
        f"{table(*rows)}</wx:sect></w:body></w:wordDocument>"
    ).encode()
    assert word_xml.recognise(data) == word_xml.MEDIA_TYPE
    assert grid(word_xml.read(data)) == [[(0, 1, 2, "甲"), (1, 1, 1, "1")], [(1, 1, 1, "2")]]


def test_flat_packages() -> None:
    document = f'<w:document xmlns:w="{TRANSITIONAL}"><w:body>{paragraph(run("正文"))}</w:body></w:document>'
    part = f'<pkg:part pkg:name="/word/document.xml"><pkg:xmlData>{document}</pkg:xmlData></pkg:part>'
    data = f'<?xml version="1.0"?><pkg:package xmlns:pkg="p">{part}</pkg:package>'.encode()
    assert word_xml.recognise(data) == word_xml.MEDIA_TYPE
    assert word_xml.read(data).text == "正文"


def test_a_row_too_low_for_its_text_is_not_printed() -> None:
    def row(text: str, height: str) -> str:
        return f"<w:tr><w:trPr><w:trHeight {height}/></w:trPr>{cell(text)}{cell('甲')}</w:tr>"

    rows = row("1", 'w:val="15" w:hRule="exact"') + row("2", 'w:val="15"') + row("3", 'w:val="400" w:hRule="exact"')
    data = package(f"<w:tbl>{rows}</w:tbl>")
    again = docx.second_reading(data)
    assert again is not None
    for content in (docx.read(data), again):
        assert [one.text for one in content.tables[0].cells if one.column == 0] == ["2", "3"]


def test_a_power_in_a_cell_is_not_blank() -> None:
    power = '<m:sSup xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:e/><m:sup/></m:sSup>'
    math = power.replace("m:sSup", "m:oMath")
    rows = f"<w:tr>{cell('甲')}<w:tc><w:p>{math}</w:p></w:tc></w:tr>"
    (table,) = docx.read(package(f"<w:tbl>{rows}</w:tbl>")).tables
    assert not table.cells[1].readable
