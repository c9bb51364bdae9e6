"""The registry: what it accepts, and the one clear line for each slip of the pen."""

from __future__ import annotations

from pathlib import Path

import pytest

from spiders.registry.load import RegistryError, find, load, to_dict, to_row

GOOD = """
[[portal]]
id = "jiaxiang"
name = "嘉祥县人民政府"
division = "370829"
level = "county"
hosts = ["jiaxiang.gov.cn", "www.jiaxiang.gov.cn"]
family = "hanweb"
[[portal.start]]
url = "http://jiaxiang.gov.cn/col/col61566/index.html"
role = "annual_root"
layout = "flat"
[portal.politeness]
delay = 3
tls = "legacy"
"""


def write(tmp_path: Path, text: str, name: str = "portals.toml") -> Path:
    file = tmp_path / name
    file.write_text(text, "utf-8")
    return file


def test_a_good_entry(tmp_path: Path) -> None:
    (portal,) = load(write(tmp_path, GOOD))
    assert (portal.id, portal.division, portal.family, portal.status) == ("jiaxiang", "370829", "hanweb", "unverified")
    assert portal.start[0].layout == "flat"
    assert portal.politeness.delay == 3
    assert to_dict(portal)["hosts"] == ["jiaxiang.gov.cn", "www.jiaxiang.gov.cn"]
    assert to_row(portal)["simulated"] == 0
    assert find([portal], "jiaxiang") is portal


def test_a_folder_is_one_registry(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "a.toml")
    write(tmp_path, GOOD.replace("jiaxiang", "yanzhou"), "b.toml")
    assert [portal.id for portal in load(tmp_path)] == ["jiaxiang", "yanzhou"]


def test_the_registry_that_ships_is_sound() -> None:
    portals = load()
    assert all(not portal.simulated for portal in portals)


SLIPS = [
    ('family = "hanweb"', 'family = "hanwebb"', "family: 'hanwebb' is unknown; did you mean hanweb?"),
    ('hosts = ["jiaxiang.gov.cn"', 'hosts = ["http://jiaxiang.gov.cn/"', "no scheme, no path"),
    ('hosts = ["jiaxiang.gov.cn"', 'hosts = ["127.0.0.1:80", "jiaxiang.gov.cn"', "only a simulated portal"),
    ('hosts = ["jiaxiang.gov.cn"', 'hosts = ["10.0.0.7", "jiaxiang.gov.cn"', "only a simulated portal"),
    ('division = "370829"', 'division = "379999"', "division: 379999 is not in"),
    ('division = "370829"', 'division = "990001"', "for simulated portals"),
    ('division = "370829"', "division = 370829", "division: 370829 is not a text"),
    ('level = "county"', 'level = "village"', "level: 'village' is unknown"),
    ('role = "annual_root"', 'role = "anual_root"', "did you mean annual_root?"),
    ('layout = "flat"', 'layout = "flatt"', "did you mean flat?"),
    ("http://jiaxiang.gov.cn/col", "http://zh-teles.com/col", "url: zh-teles.com is not among the hosts"),
    ("http://jiaxiang.gov.cn/col", "ftp://jiaxiang.gov.cn/col", "does not begin with http"),
    ("delay = 3", "delay = 0", "at least 1 second for a real portal"),
    ("delay = 3", "delay = -1", "not between 0 and 3600"),
    ("delay = 3", "dellay = 3", "dellay: unknown key; did you mean delay?"),
    ('name = "嘉祥县人民政府"', 'nam = "嘉祥县人民政府"', "nam: unknown key; did you mean name?"),
    ('name = "嘉祥县人民政府"\n', "", "name: missing"),
    ('id = "jiaxiang"', 'id = "Jia Xiang"', "id: 'Jia Xiang' must be lower-case"),
    ('tls = "legacy"', 'tls = "none"', "tls: 'none' is unknown"),
    ("[[portal]]", "[portal]", "write [[portal]], not [portal]"),
    ("[[portal]]", "[[portals]]", "portals: unknown key"),
    ("hosts = [", "hosts = ", "not TOML"),
]


@pytest.mark.parametrize(("right", "wrong", "said"), SLIPS)
def test_a_slip_of_the_pen_is_named(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    text = GOOD.replace(right, wrong)
    if wrong.startswith("[") and "[portal]" in wrong:
        text = text.split("[[portal.start]]")[0]
    file = write(tmp_path, text)
    with pytest.raises(RegistryError) as error:
        load(file)
    assert said in str(error.value)
    assert str(file) in str(error.value)
    assert "\n" not in str(error.value)


def test_an_id_is_taken_once(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="portal jiaxiang: id is taken by"):
        load(write(tmp_path, GOOD + GOOD))


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="No such file"):
        load(tmp_path / "absent.toml")


def test_a_simulated_portal_lives_on_loopback_only(tmp_path: Path) -> None:
    text = GOOD.replace('family = "hanweb"', 'family = "hanweb"\nsimulated = true').replace("370829", "990001")
    text = text.replace('"jiaxiang.gov.cn", "www.jiaxiang.gov.cn"', '"127.0.0.1:8001"').replace(
        "jiaxiang.gov.cn/col", "127.0.0.1:8001/col"
    )
    (portal,) = load(write(tmp_path, text))
    assert portal.simulated
    with pytest.raises(RegistryError, match="lives on loopback"):
        load(write(tmp_path, text.replace("127.0.0.1", "192.168.0.5")))
