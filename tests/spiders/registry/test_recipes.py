"""``[[portal.recipe]]``: written as TOML and read again, and the one clear line for each slip of the pen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from spiders.portal import Recipe
from spiders.registry.load import RegistryError, load, to_dict
from spiders.registry.write import to_toml
from tests.spiders.registry.test_load import GOOD, write

RECIPE = Recipe(
    "http://jiaxiang.gov.cn/#/list/31",
    "http://jiaxiang.gov.cn/api/list",
    "POST",
    '{"pageNum": {0+1},\n "name": "年报\\t\\"甲\\""}',
    (("Content-Type", "application/json"), ("X-Requested-With", "XMLHttpRequest")),
    "data.records",
    "title",
    "/show?id={id}",
    "day",
    "data.total",
)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    (portal,) = load(write(tmp_path, GOOD))
    taught = replace(
        portal, recipes=(RECIPE, replace(RECIPE, list="http://jiaxiang.gov.cn/nb/", method="GET", body=""))
    )
    text = to_toml(to_dict(taught))
    assert text.count("[[portal.recipe]]") == 2
    assert load(write(tmp_path, text)) == (taught,)


def test_every_shipped_entry_can_be_written(tmp_path: Path) -> None:
    for portal in load()[:200]:
        (again,) = load(write(tmp_path, to_toml(to_dict(portal))))
        assert replace(again, place=portal.place, neighbours=portal.neighbours) == portal


SLIPS = [
    ('lists = "http://jiaxiang.gov.cn/"', "lists: unknown key; known are list"),
    ('list = "http://jiaxiang.gov.cn/"', "url: '' does not begin with http://"),
    ('list = "http://jiaxiang.gov.cn/"\nurl = "http://other.gov.cn/api"', "url: other.gov.cn is not among the hosts"),
    ('list = "http://jiaxiang.gov.cn/"\nurl = "http://jiaxiang.gov.cn/"\nmethod = "PUT"', "neither GET nor POST"),
    ('list = "http://jiaxiang.gov.cn/"\nurl = "http://jiaxiang.gov.cn/"\nrows = 3', "rows: 3 is not a text"),
]


@pytest.mark.parametrize(("entry", "said"), SLIPS)
def test_a_slip_of_the_pen(tmp_path: Path, entry: str, said: str) -> None:
    with pytest.raises(RegistryError, match="recipe 1") as fault:
        load(write(tmp_path, f"{GOOD}\n[[portal.recipe]]\n{entry}\n"))
    assert said in str(fault.value)
