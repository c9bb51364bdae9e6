"""The `harvester` command, with a power cut so many seconds after one of its stages has begun.

    python -m tests.killing crawl 0.4 run --data DIR …

A child that only sleeps kills the whole process group, as a power cut does: nobody is asked, no thread has to be heard.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
import time
from typing import Any

STAGES = {
    "crawl": "harvester.run.crawl_in_child",
    "parse": "harvester.run.parse",
    "relate": "harvester.run.update_touched_reports",
    "publish": "harvester.run.publish",
    "export": "harvester.export.package.fill",
    "rebuild": "harvester.maintain.rebuild.Restoring",
}
"""Stage -> the function with which it begins."""


def power_cut(seconds: float) -> None:
    """The whole group is killed in so many seconds, whatever it is at by then."""
    group = os.getpgid(0)
    if os.fork() == 0:
        time.sleep(seconds)
        os.killpg(group, signal.SIGKILL)
        os._exit(0)


def arm(stage: str, seconds: float) -> None:
    """Lay the power cut where the stage begins."""
    module, _, name = STAGES[stage].rpartition(".")
    holder = importlib.import_module(module)
    begin = getattr(holder, name)

    def begun(*arguments: Any, **options: Any) -> Any:
        power_cut(seconds)
        return begin(*arguments, **options)

    setattr(holder, name, begun)
    if stage == "publish":  # also where nothing has changed since the last publication
        importlib.import_module("harvester.publish.stage").last_publication = lambda *_: None  # type: ignore[attr-defined]


if __name__ == "__main__":
    from harvester.cli import main

    arm(sys.argv[1], float(sys.argv[2]))
    main(sys.argv[3:])
