"""Members of Office packages: one name, one part."""

from __future__ import annotations

import io
import zipfile

import pytest

from parsers.content import Unreadable
from parsers.formats.packages.zip_parts import open_zip, parts


def package(*members: tuple[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in members:
            archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", ["word/document.xml", "Word/DOCUMENT.xml", "word\\document.xml"])
def test_two_parts_of_one_name_that_differ_are_no_package(second: str) -> None:
    first = ("word/document.xml", b"<a>274</a>")
    with open_zip(package(first, (second, b"<a>999</a>"))) as archive, pytest.raises(Unreadable) as said:
        parts(archive)
    assert said.value.kind == "corrupt"
    with open_zip(package(first, (second, first[1]))) as archive:
        assert list(parts(archive)) == ["word/document.xml"]
