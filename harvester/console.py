"""A console for what portals wrote: tables and colours are ours, no character that a terminal obeys is theirs."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from harvester.printable import printable


class SafeConsole(Console):
    """rich's, with the text of every segment made printable; its own control codes pass."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """As rich has it."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(printable(segment.text), segment.style)
