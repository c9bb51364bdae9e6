"""The parent side of `drawing`: one child process, ten seconds for a task, killed and replaced when it takes longer."""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from socket import socketpair

from harvester.site.drawing.drawing import NotDrawn

SECONDS = 10.0
START_SECONDS = 60.0
TASKS_PER_PROCESS = 500
"""The child is replaced after so many tasks: native libraries leak a little."""


class Artist:
    """Does the tasks of `drawing.TASKS` in a process of its own, one at a time."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._queue = ThreadPoolExecutor(1, "artist")
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None
        self._tasks = 0

    def warm(self) -> None:
        """Start the child now, so that the first visitor does not wait for its imports."""
        self._queue.submit(self._ready)

    async def do(self, task: str, *arguments: object) -> object:
        """The task's value. Raises NotDrawn with one line when it failed, crashed or took too long."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._queue, self._do, task, arguments)

    def _do(self, task: str, arguments: tuple[object, ...]) -> object:
        connection = self._ready()
        try:
            connection.send((task, arguments))
            if not connection.poll(self.seconds):
                self._kill()
                raise NotDrawn(f"took longer than {self.seconds:g} seconds")
            outcome, value = connection.recv()
        except (EOFError, BrokenPipeError, ConnectionResetError) as error:
            self._kill()
            raise NotDrawn("the drawing process crashed") from error
        self._tasks += 1
        if self._tasks >= TASKS_PER_PROCESS:
            self._kill()
        if outcome == "failed":
            raise NotDrawn(str(value))
        return value

    def _ready(self) -> Connection:
        if self._connection is not None:
            return self._connection
        ours, theirs = socketpair()
        with theirs:
            command = f"from harvester.site.drawing.drawing import serve; serve({theirs.fileno()})"
            self._process = subprocess.Popen(
                [sys.executable, "-c", command],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(path or os.getcwd() for path in sys.path)},
            )
        self._connection = Connection(ours.detach())
        self._tasks = 0
        if not self._connection.poll(START_SECONDS):
            self._kill()
            raise NotDrawn("the drawing process did not start")
        with contextlib.suppress(EOFError):
            self._connection.recv()
        return self._connection

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def close(self) -> None:
        """End the child; it must not outlive the server."""
        self._queue.submit(self._kill).result()
        self._queue.shutdown()
