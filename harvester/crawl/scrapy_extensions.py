"""What we add to Scrapy itself: delays counted from the end of an answer, and no log line for every page and item."""

from __future__ import annotations

from time import monotonic
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.extensions.throttle import AutoThrottle
from scrapy.logformatter import LogFormatter

LONGEST_DELAY = 60.0
"""A Crawl-delay beyond this would take a portal of a hundred pages half a day; it is kept at this."""


def slow_down(crawler: Crawler, delay: float) -> None:
    """From now on at least `delay` seconds between requests, whatever AutoThrottle thinks."""
    assert crawler.engine is not None
    downloader = crawler.engine.downloader
    throttle = crawler.get_extension(AutoThrottle)
    floor = max(min(delay, LONGEST_DELAY), throttle.mindelay if throttle else 0.0)
    if throttle is not None:
        throttle.mindelay = floor
        throttle.maxdelay = max(throttle.maxdelay, floor)
    downloader._delay = max(downloader._delay, floor)
    for slot in downloader.slots.values():
        slot.delay = max(slot.delay, floor)
        slot.lastseen = monotonic()


def longest_delay(crawler: Crawler) -> float:
    """Seconds between requests that the visit kept at its end: the portal's own, or what robots.txt asked for."""
    throttle = crawler.get_extension(AutoThrottle) if crawler.extensions else None
    return throttle.mindelay if throttle else crawler.settings.getfloat("DOWNLOAD_DELAY")


class DelayAfterResponse:
    """Counts the portal's delay from the end of an answer, not from its beginning: a slow host gets its rest too.

    What AutoThrottle adds is a share of the latency and counts from the beginning, as Scrapy has it.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        crawler.signals.connect(self.rest, signals.response_downloaded)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> DelayAfterResponse:
        """Scrapy's constructor."""
        return cls(crawler)

    def rest(self) -> None:
        """One answer has come in."""
        assert self.crawler.engine is not None
        throttle = self.crawler.get_extension(AutoThrottle)
        floor = throttle.mindelay if throttle else 0.0
        for slot in self.crawler.engine.downloader.slots.values():
            slot.lastseen = max(slot.lastseen, monotonic() - (slot.delay - floor))


class SilentLogFormatter(LogFormatter):
    """Says nothing of single pages and items: what matters is an event, and one line a portal."""

    def crawled(self, *args: Any, **kwargs: Any) -> None:  # type: ignore[override]
        """Every page."""

    def scraped(self, *args: Any, **kwargs: Any) -> None:  # type: ignore[override]
        """Every item."""
