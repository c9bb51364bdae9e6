"""Short names of bureaus are spelled out where nothing else can be meant."""

from __future__ import annotations

import pytest

from harvester.definitions.bureau_names import spelled_out


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("嘉祥县科技局", "嘉祥县科学技术局"),
        ("市卫健委", "市卫生健康委员会"),
        ("市卫生健康委", "市卫生健康委员会"),
        ("青石县住房城乡建设局", "青石县住房和城乡建设局"),
        ("交通局", "交通运输局"),
    ],
)
def test_a_short_name_is_spelled_out(short: str, full: str) -> None:
    assert spelled_out(short) == full
    assert spelled_out(full) == full


@pytest.mark.parametrize("name", ["县科技馆", "高新科技局", "县人民政府", "县发改局下属中心", "", "局"])
def test_another_name_stays(name: str) -> None:
    assert spelled_out(name) == name


def test_a_bureau_and_the_commission_that_followed_it_stay_two() -> None:
    assert spelled_out("县发改局") != spelled_out("县发改委")
