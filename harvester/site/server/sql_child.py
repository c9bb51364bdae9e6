"""The child process that answers visitors' SQL."""

from __future__ import annotations

import os
import resource
import shutil
import socket
import threading
from pathlib import Path

MEGABYTES = 2048
"""Address space of the child."""


NICENESS = 15


def serve(data: str, descriptor: int) -> None:
    """The child: accept on the socket that it is given until the other side is gone."""
    import uvicorn

    from harvester.site.server.site import Site

    listening = socket.socket(fileno=descriptor)
    threading.Thread(target=_end_with_parent, args=[listening.getsockname()], daemon=True).start()
    os.nice(NICENESS)
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20, MEGABYTES << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    config = uvicorn.Config(
        Site(Path(data), sql_apart=False),
        log_level="warning",
        lifespan="off",
        forwarded_allow_ips="*",
        date_header=False,
        server_header=False,
    )
    uvicorn.Server(config).run(sockets=[listening])


def _end_with_parent(address: str) -> None:
    """Nobody writes to our standard input: it can be read only when the other side closed it, or was killed."""
    os.read(0, 1)
    shutil.rmtree(Path(address).parent, ignore_errors=True)
    os._exit(0)
