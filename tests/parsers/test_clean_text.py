"""Text from outside, as any writer takes it."""

from __future__ import annotations

import json

import pytest

from parsers.clean_text import clean, cleaned
from parsers.content import Cell, Content, Paragraph, Place, Table, Word


@pytest.mark.parametrize(
    ("outside", "inside"),
    [
        ("示例县\t2023\n报告", "示例县\t2023\n报告"),
        ("\ud842\udfb7", "\U00020bb7"),
        ("某县\ud842局", "某县\ufffd局"),
        ("\udfb7\ud842", "\ufffd\ufffd"),
        ("规\x00章\x07", "规章"),
        ("12\x0034", "12\ufffd34"),
        ("12\x00", "12"),
        ("上\x0b下\x0c末\x85", "上\n下\n末\n"),
        ("a\x7f\x9f\uffff", "a"),
    ],
)
def test_what_no_writer_takes(outside: str, inside: str) -> None:
    assert clean(outside) == inside
    clean(outside).encode("utf-8")


def test_every_text_of_a_document() -> None:
    bad = "\ud83d坏\x00"
    table = Table((Cell(0, 0, bad, Place(path=f"{bad}!A1")),))
    content = Content(
        *("text/html", "html", (Paragraph(bad), table), (), {"title": bad}, (bad,), ((bad, bad),)),
        words=(Word(bad, 1, (0, 0, 1, 1), 0.0),),
        unread=(bad,),
    )
    made = cleaned(content)
    told = [made.text, made.tables[0].cells[0].text, made.tables[0].cells[0].place.path, made.meta["title"]]
    told += [*made.notes, *made.unread, *made.links[0], made.words[0].text]
    assert {str(text).removesuffix("!A1") for text in told} == {"\ufffd坏"}
    json.dumps(told, ensure_ascii=False).encode("utf-8")


def test_clean_documents_stay_the_same_object() -> None:
    content = Content("text/html", "html", (Paragraph("好"),))
    assert cleaned(content) is content


@pytest.mark.parametrize("text", ["3\ue5e51", "\ue5e5", "\ufffd12", "12\ufffd件", "\u202e21", "4\ufdd01"])
def test_a_number_with_an_unknown_character_cannot_be_read(text: str) -> None:
    (table,) = cleaned(Content("text/html", "html", (Table((Cell(0, 0, text, Place()),)),))).tables
    assert not table.cells[0].readable


@pytest.mark.parametrize("text", ["1.属于\ue000国家秘密", "其他\ufffd", "12", "十\u3000二"])
def test_a_label_with_an_unknown_character_stays(text: str) -> None:
    (table,) = cleaned(Content("text/html", "html", (Table((Cell(0, 0, text, Place()),)),))).tables
    assert table.cells[0].readable
