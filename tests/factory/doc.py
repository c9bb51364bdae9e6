"""Reports as .doc and .rtf by LibreOffice, where it is installed: from the .docx of the factory."""

from __future__ import annotations

from random import Random

from parsers.formats.word.libreoffice import converted
from tests.factory import docx
from tests.factory.story import Story

STYLES = ("word", "runs", "revisions", "controls", "layout")


def render(story: Story, random: Random, style: str = "word", to: str = "doc") -> bytes:
    """A .doc (or .rtf) made from the .docx of that style. Raises `Unreadable` where LibreOffice is absent."""
    return converted(docx.render(story, random, style), ".docx", to)
