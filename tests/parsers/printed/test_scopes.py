"""Scopes by names."""

from __future__ import annotations

import pytest

from parsers.printed.scopes import scope_of, scope_shown

NAMES = {
    "government_aggregate": [
        "青石县",
        "青石县人民政府",
        "云州市",
        "大兴安岭地区行政公署",
        "阿克苏地区",
        "锡林郭勒盟行政公署",
        "甘孜州",
        "神农架林区",
        "上海市浦东新区",
        "天津市滨海新区人民政府",
    ],
    "government_office": ["青石县人民政府办公室", "云州市政府办", "上海市人民政府办公厅", "县府办"],
    "department": [
        "青石县民政局",
        "云州市国有资产监督管理委员会",
        "北京市城市管理委员会",
        "云州市发展和改革委员会",
        "浦东新区教育局",
        "甲县供销合作社联合社",
        "国家税务总局青石县税务局",
        "甲县行政审批局",
    ],
    "town_or_street": [
        "中村乡",
        "哈日诺尔苏木人民政府",
        "阿嘎如泰苏木",
        "佳荣里街",
        "迎宾路街道",
        "迎宾路街道办事处",
        "新河街道党工委",
        "甲县乙镇人民政府",
        "甲县乙镇人民政府办公室",
        "红河苗族乡",
        "驼峰路街办",
    ],
    "functional_zone": [
        "南湖新区",
        "雄安新区管委会",
        "深汕特别合作区",
        "横琴粤澳深度合作区",
        "甲经济技术开发区",
        "济源示范区工业和科技创新委员会",
        "庐山风景名胜区管理委员会",
        "云州高新区党工委",
    ],
    "public_institution": ["甲县第一中学", "甲县人民医院", "甲县自来水公司"],
}


@pytest.mark.parametrize(("scope", "name"), [(scope, name) for scope, names in NAMES.items() for name in names])
def test_scopes(scope: str, name: str) -> None:
    assert scope_of(name) == scope


def test_traditional_names() -> None:
    assert scope_of("麻陽苗族自治縣板栗樹鄉人民政府") == "town_or_street"


@pytest.mark.parametrize("name", [None, "", "公开"])
def test_a_name_that_shows_nothing(name: str | None) -> None:
    assert scope_shown(name) is None
