"""A walk in its own thread: the loop of all portals is never held up, and a step without end is ended from outside."""

from __future__ import annotations

import asyncio
import re
import threading
import time

import pytest

from spiders.pages.fetch import Fetch
from spiders.pages.page import Page
from spiders.walk import own_thread
from spiders.walk.own_thread import OwnThread, TooHeavy


def busy(seconds: float) -> int:
    """Python code that computes and asks nobody."""
    count, until = 0, time.thread_time() + seconds
    while time.thread_time() < until:
        count += 1
    return count


async def longest_gap(until: asyncio.Future[None]) -> float:
    """The longest time that the loop did not come round."""
    longest, last = 0.0, time.monotonic()
    while not until.done():
        await asyncio.sleep(0.01)
        longest, last = max(longest, time.monotonic() - last), time.monotonic()
    return longest


async def test_a_walk_that_computes_does_not_hold_up_the_loop() -> None:
    async def walk() -> None:
        busy(2.0)

    thread = OwnThread(lambda _: None)
    running, began = asyncio.ensure_future(thread.run(walk)), time.monotonic()
    gap = await longest_gap(running)
    assert gap < (time.monotonic() - began) / 2
    await running


async def test_what_belongs_home_is_done_at_home() -> None:
    home, seen = threading.get_ident(), []

    async def asked() -> int:
        seen.append(threading.get_ident())
        await asyncio.sleep(0)
        return 7

    async def walk() -> None:
        seen.append(threading.get_ident())
        seen.append(thread.at_home(threading.get_ident))
        assert await thread.awaited_at_home(asked) == 7
        with pytest.raises(ZeroDivisionError):
            thread.at_home(lambda: 1 // 0)

    thread = OwnThread(lambda _: None)
    await thread.run(walk)
    walked, *at_home = seen
    assert walked != home
    assert at_home == [home, home]
    assert thread.at_home(threading.get_ident) == home


async def test_what_the_walk_raises_comes_out() -> None:
    async def walk() -> None:
        raise LookupError("gone")

    with pytest.raises(LookupError, match="gone"):
        await OwnThread(lambda _: None).run(walk)


async def test_a_step_without_end_is_ended_and_its_page_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_thread, "LONGEST_STEP", 0.3)
    monkeypatch.setattr(own_thread, "_LOOK_EVERY", 0.05)
    told: list[str | None] = []
    page = Page(Fetch("http://a.example/x"), "http://a.example/x", 200, "text/html", b"<p>")

    def judge(page: Page) -> None:
        while True:
            re.search("a", page.url)

    async def walk() -> None:
        judge(page)

    with pytest.raises(TooHeavy):
        await OwnThread(told.append).run(walk)
    assert told == ["http://a.example/x"]


async def test_many_short_steps_are_no_long_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_thread, "LONGEST_STEP", 0.4)
    monkeypatch.setattr(own_thread, "_LOOK_EVERY", 0.02)

    async def walk() -> None:
        for _ in range(6):
            busy(0.1)
            thread.at_home(lambda: None)

    thread = OwnThread(lambda _: None)
    await thread.run(walk)
