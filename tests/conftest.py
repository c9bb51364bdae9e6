"""Fixtures that every test may use."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of our own."""
    parser.addoption("--write-goldens", action="store_true", help="write expected JSON beside documents without any")


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
