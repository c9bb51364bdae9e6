"""Names of agencies, told from the entries of menus that end like them."""

from __future__ import annotations

import pytest

from spiders.words.agencies import is_agency, tidy


@pytest.mark.parametrize("text", ["区科技局", "王庄集镇", "青石县 人民政府", "苏尼特苏木", "经济开发区", "县 委 办"])
def test_a_name_alone_is_an_agency(text: str) -> None:
    assert is_agency(text)


@pytest.mark.parametrize(
    "text", ["新闻中心", "政务服务大厅", "局", "青石县人民政府2022年年度报告", "领导之窗", "个人中心", ""]
)
def test_a_menu_entry_is_none(text: str) -> None:
    assert not is_agency(text)


def test_spaces_and_full_width_signs_are_tidied() -> None:
    assert tidy("２０２２ 年\u3000度\u200b") == "2022年度"
