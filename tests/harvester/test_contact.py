"""No real portal is asked before it is told whom to write to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from harvester.contact import FILE, VARIABLE, contact, introduce, user_agent
from harvester.errors import UsageError
from harvester.maintain.doctor import doctor
from spiders.portal import Portal, Start

START = Start("http://127.0.0.1:9/", "home")
SIMULATED = Portal("sim", "模拟", "990101", "county", ("127.0.0.1:9",), "auto", (START,), simulated=True)
REAL = replace(SIMULATED, id="real", hosts=("www.example.gov.cn",), simulated=False)


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "")


def test_simulated_portals_need_no_contact() -> None:
    introduce([SIMULATED])
    assert "+" not in user_agent()


def test_a_real_portal_is_not_contacted_by_nobody(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=VARIABLE):
        introduce([SIMULATED, REAL], tmp_path)
    assert "MISSING  contact" in doctor(tmp_path)


def test_the_file_of_the_installation_names_the_contact(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('contact = "archive@example.org"\n')
    introduce([REAL], tmp_path)
    assert "(+archive@example.org; " in user_agent()
    assert "ok       contact: archive@example.org" in doctor(tmp_path)


def test_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / FILE).write_text('contact = "archive@example.org"\n')
    monkeypatch.setenv(VARIABLE, "https://archive.example.org/about")
    assert contact(tmp_path) == "https://archive.example.org/about"


@pytest.mark.parametrize("given", ["me", "a@b", "x@example.org\r\nX-Other: 1", "http://"])
def test_what_is_no_address_is_refused(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, given)
    with pytest.raises(UsageError, match="neither"):
        contact()


def test_a_broken_file_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("contact = \n")
    with pytest.raises(UsageError, match=FILE):
        contact(tmp_path)
