"""The walk over one portal in a thread of its own: a page that takes long to judge holds up no other portal.

The thread has its own event loop for the walk. What belongs to all portals (the downloader, the archive) stays in the
home loop and is called there. Both sides take turns: while one works for this portal, the other waits.
"""

from __future__ import annotations

import asyncio
import ctypes
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, TypeVar

from spiders.pages.page import Page
from spiders.walk.events import Stopped

T = TypeVar("T")

LONGEST_STEP = 30.0
"""Seconds of CPU between two questions to the portal. The heaviest honest page took two."""

_LOOK_EVERY = 1.0
"""Seconds between two looks at how long a step takes."""


class TooHeavy(Stopped):
    """Raised inside the walk when one step of it takes too long."""

    def __init__(self) -> None:
        super().__init__("too_heavy", f"a page took more than {LONGEST_STEP:g} seconds to judge")


class OwnThread:
    """Runs one walk. `heavy` is told the address of a page that takes too long, as far as it is known."""

    def __init__(self, heavy: Callable[[str | None], None]) -> None:
        self._heavy = heavy
        self._home: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._step: float | None = None
        """CPU seconds of the thread when its present step began; None while the home loop works for it."""

    async def run(self, walk: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Run `walk` to its end; raises what it raises. When this is cancelled the thread is left to itself."""
        home = self._home = asyncio.get_running_loop()
        ended: asyncio.Future[None] = home.create_future()

        def end(error: BaseException | None) -> None:
            if not ended.done():
                ended.set_result(None) if error is None else ended.set_exception(error)

        def work() -> None:
            error: BaseException | None = None
            self._step = time.thread_time()
            try:
                asyncio.run(walk())
            except BaseException as raised:  # noqa: BLE001 - handed over to the home loop
                error = raised
            self._step = None
            with suppress(RuntimeError):  # the home loop has gone: nobody waits
                home.call_soon_threadsafe(end, error)

        self._thread = threading.Thread(target=work, daemon=True)
        self._thread.start()
        watch = asyncio.ensure_future(self._watch())
        try:
            await ended
        finally:
            watch.cancel()

    def at_home(self, function: Callable[..., T], *arguments: Any) -> T:
        """Call `function` in the home loop and give back what it gives; at once where this is the home loop."""
        if self._home is None or threading.current_thread() is not self._thread:
            return function(*arguments)
        answer: Future[T] = Future()

        def call() -> None:
            try:
                answer.set_result(function(*arguments))
            except BaseException as error:  # noqa: BLE001 - raised again where it was called from
                answer.set_exception(error)

        self._step = None
        self._home.call_soon_threadsafe(call)
        try:
            return answer.result()
        finally:
            self._step = time.thread_time()

    async def awaited_at_home(self, ask: Callable[[], Awaitable[T]]) -> T:
        """The same for what takes time: `ask` is called, and its answer awaited, in the home loop."""
        if self._home is None or threading.current_thread() is not self._thread:
            return await ask()

        async def asked() -> T:
            return await ask()

        self._step = None
        try:
            return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(asked(), self._home))
        finally:
            self._step = time.thread_time()

    async def _watch(self) -> None:
        """Ends a step that takes too long, from outside: a walk that never comes back cannot end itself."""
        thread = self._thread
        assert thread is not None
        assert thread.ident is not None
        clock = time.pthread_getcpuclockid(thread.ident)
        while thread.is_alive():
            await asyncio.sleep(_LOOK_EVERY)
            began = self._step
            if began is None or not thread.is_alive() or time.clock_gettime(clock) - began < LONGEST_STEP:
                continue
            self._heavy(_page_in(sys._current_frames().get(thread.ident)))
            if self._step == began:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), ctypes.py_object(TooHeavy))
                return


def _page_in(frame: Any) -> str | None:
    """The address of the page that the innermost function which has one is looking at."""
    while frame is not None:
        for name in ("page", "self", "first"):
            if isinstance(held := frame.f_locals.get(name), Page):
                return held.url
        frame = frame.f_back
    return None
