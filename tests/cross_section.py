"""`pytest --quick`: a cross-section of the suite for the inner loop, and the eye on what each test costs.

Left out are tests that need a browser or recognition, those marked `slow`, and those that costly.txt names; of a test
with many cases it takes a few, spread evenly. `make test` runs everything.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest

Case = TypeVar("Case")

CASES = 3
"""So many cases of a parametrised test are a cross-section: the ends of the list and one between."""

COSTLY = 0.3
"""Seconds of processor time, children included: 270 of 1,500 functions take more, together nine tenths of the suite."""

SLOW = 5.0
"""Seconds of processor time from which a test must be marked `slow`."""

LIST = Path(__file__).with_name("costly.txt")
LEFT_OUT = ("slow", "browser", "ocr")


@cache
def listed() -> frozenset[str]:
    """The test functions, and whole modules, that costly.txt names."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return frozenset(line.split()[-1] for line in lines if line and not line.startswith("#"))


def function_of(nodeid: str) -> str:
    """The test without the name of its case."""
    return nodeid.split("[", 1)[0]


def cross_section(items: list[pytest.Item], costly: frozenset[str]) -> list[pytest.Item]:
    """Of each test that is neither marked nor listed at most `CASES` cases, in the order given."""
    cases: dict[str, list[pytest.Item]] = {}
    for item in items:
        function = function_of(item.nodeid)
        if function not in costly and not any(item.get_closest_marker(mark) for mark in LEFT_OUT):
            cases.setdefault(function, []).append(item)
    return [case for of_one in cases.values() for case in spread(of_one)]


def spread(cases: list[Case]) -> list[Case]:
    """First, last, and evenly between."""
    if len(cases) <= CASES:
        return cases
    return [cases[at * (len(cases) - 1) // (CASES - 1)] for at in range(CASES)]


def processor_seconds() -> float:
    """Of this process and of the children that it has waited for."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


class Costs:
    """What each test cost, whichever worker ran it, and a word at the end on those that cost too much unmarked."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.before = 0.0
        self.dear: dict[str, float] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self) -> Iterator[None]:
        self.before = processor_seconds()
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Iterator[None]:
        result = yield
        item.user_properties.append(("processor_seconds", processor_seconds() - self.before))
        return result

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        spent = dict(report.user_properties).get("processor_seconds")
        limit = COSTLY if self.config.getoption("quick") else SLOW
        if spent is not None and spent > limit and "slow" not in report.keywords:
            function = function_of(report.nodeid)
            self.dear[function] = max(spent, self.dear.get(function, 0.0))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if not self.dear:
            return
        where = "for tests/costly.txt" if self.config.getoption("quick") else "to be marked `slow`"
        terminalreporter.section(f"processor seconds, {where} if a calm machine says the same")
        for function, spent in sorted(self.dear.items(), key=lambda entry: -entry[1]):
            terminalreporter.write_line(f"{spent:6.1f} {function}")
