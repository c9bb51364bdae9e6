"""Fixtures that every test may use.

Property tests try the same examples everywhere, so that a red build means a change; ``HYPOTHESIS_PROFILE=explore``
looks for new ones.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.cross_section import Costs, cross_section, listed

ROOT = Path(__file__).resolve().parent.parent

settings.register_profile("same", derandomize=True, deadline=None, database=None)
settings.register_profile("explore", deadline=None, max_examples=500)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of our own."""
    parser.addoption("--write-goldens", action="store_true", help="write expected JSON beside documents without any")
    parser.addoption("--quick", action="store_true", help="a cross-section in under a minute (tests/cross_section.py)")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Costs(config), "costs")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Modules of which the cross-section takes nothing are not even imported."""
    if not config.getoption("quick") or collection_path.suffix != ".py":
        return None
    return True if collection_path.relative_to(ROOT).as_posix() in listed() else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("quick"):
        return
    kept = cross_section(items, listed())
    chosen = {item.nodeid for item in kept}
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in chosen])
    items[:] = kept


@pytest.fixture
def shared() -> Path:
    """The folder with real documents beside the checkout; the test is skipped where it is absent."""
    folder = ROOT.parent / "shared"
    if not (folder / "real").is_dir():
        pytest.skip("needs ../shared/real")
    return folder


@pytest.fixture
def seeds() -> Path:
    """The five seed reports as text, which ship with the tests."""
    return ROOT / "tests" / "reports" / "seeds"


@pytest.fixture(autouse=True)
def no_browser_unasked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only tests marked `browser` start one: a portal's lists are read twice there, and plainly everywhere else."""
    if request.node.get_closest_marker("browser") is None:
        monkeypatch.setenv("HARVESTER_CHROMIUM", "/nonexistent")
