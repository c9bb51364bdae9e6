"""Scrapy's per-request log lines are left out: what matters is an event, and one line a portal."""

from __future__ import annotations

from typing import Any

from scrapy.logformatter import LogFormatter


class SilentLogFormatter(LogFormatter):
    """Says nothing of single pages and items."""

    def crawled(self, *args: Any, **kwargs: Any) -> None:  # type: ignore[override]
        """Every page."""

    def scraped(self, *args: Any, **kwargs: Any) -> None:  # type: ignore[override]
        """Every item."""
