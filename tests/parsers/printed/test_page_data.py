"""The box about a document is told from tables of the report and from lists of documents."""

from __future__ import annotations

from parsers.printed.page_data import is_page_data

BOX = ["索引号", "370829/2024-00017", "发布机构", "科学技术局", "成文日期", "2025-01-20", "文号", ""]


def test_two_labels_are_a_box() -> None:
    assert is_page_data(BOX)
    assert is_page_data(["索 引 号", "370829/2024-00017", "發布機構", "科學技術局"])


def test_one_label_is_none() -> None:
    assert not is_page_data(["名称", "数量", "打印机", "3"])


def test_a_table_of_the_report_is_none() -> None:
    assert not is_page_data([*BOX, "本年新收政府信息公开申请数量"])


def test_a_list_of_documents_is_none() -> None:
    assert not is_page_data(BOX * 8)
