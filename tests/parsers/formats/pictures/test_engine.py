"""The recognition engine keeps to itself what it does on this machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.ocr
RECOGNISE = """
import numpy
from parsers.formats.pictures.engine import recognise
recognise([numpy.full((40, 60), 255, numpy.uint8)])
"""


def test_leaves_no_usage_data_behind(tmp_path: Path) -> None:
    """In a process of its own, with a home of its own: that is where onnxruntime would keep them."""
    pytest.importorskip("rapidocr")
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("ORT_", "XDG_"))}
    subprocess.run(
        [sys.executable, "-c", RECOGNISE], env=surroundings | {"HOME": str(tmp_path)}, check=True, timeout=120
    )
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
