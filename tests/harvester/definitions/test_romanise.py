"""Names in Latin letters: GB/T 2260 spelling, English kinds of place and bureau, readings dictionaries get wrong."""

from __future__ import annotations

import pytest

from archive.divisions import divisions
from harvester.definitions.romanise import body, place


@pytest.mark.parametrize(
    ("name", "pinyin", "english"),
    [
        ("嘉祥县", "Jiaxiang Xian", "Jiaxiang County"),
        ("东阿县", "Dong’e Xian", "Dong’e County"),
        ("西安市", "Xi’an Shi", "Xi’an City"),
        ("单县", "Shan Xian", "Shanxian County"),
        ("陕西省", "Shaanxi Sheng", "Shaanxi Province"),
        ("山西省", "Shanxi Sheng", "Shanxi Province"),
        ("长清区", "Changqing Qu", "Changqing District"),
        ("长子县", "Zhangzi Xian", "Zhangzi County"),
        ("漯河市", "Luohe Shi", "Luohe City"),
        ("六安市", "Lu’an Shi", "Lu’an City"),
        ("内蒙古自治区", "Nei Mongol Zizhiqu", "Nei Mongol Autonomous Region"),
        ("恩施土家族苗族自治州", "Enshi Tujiazu Miaozu Zizhizhou", "Enshi Tujia and Miao Autonomous Prefecture"),
    ],
)
def test_places(name: str, pinyin: str, english: str) -> None:
    found = place(name)
    assert (found.pinyin, found.english) == (pinyin, english)


@pytest.mark.parametrize(
    ("name", "where", "english"),
    [
        ("嘉祥县科学技术局", "嘉祥县", "Jiaxiang County Science and Technology Bureau"),
        ("嘉祥县人民政府", "嘉祥县", "Jiaxiang County People’s Government"),
        ("嘉祥县人民政府办公室", "嘉祥县", "Jiaxiang County General Office of the People’s Government"),
        ("青石县白云镇人民政府", "青石县", "Qingshi County Baiyun Town People’s Government"),
        ("嘉祥县卫生健康委员会", "嘉祥县", "Jiaxiang County Health Commission"),
        ("嘉祥县退役军人事务局", "嘉祥县", "Jiaxiang County Veterans Affairs Bureau"),
    ],
)
def test_bodies(name: str, where: str, english: str) -> None:
    assert body(name, where).english == english


def test_every_division_of_the_nation_has_a_name_in_letters_only() -> None:
    for division in divisions():
        found = place(division.name)
        for text in (found.pinyin, found.english, found.letters):
            assert text
            assert not any("\u3400" <= char <= "\u9fff" for char in text), division.name
