"""Processes whose clock is wrong, with all their children: a library laid before the C library's own."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

SOURCE = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
static long moved(void) { const char *by = getenv("CLOCK_MOVED"); return by ? atol(by) : 0; }
int clock_gettime(clockid_t clock, struct timespec *now) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) real = dlsym(RTLD_NEXT, "clock_gettime");
    int answer = real(clock, now);
    if (clock == CLOCK_REALTIME) now->tv_sec += moved();
    return answer;
}
int gettimeofday(struct timeval *now, void *zone) {
    struct timespec real;
    clock_gettime(CLOCK_REALTIME, &real);
    now->tv_sec = real.tv_sec;
    now->tv_usec = real.tv_nsec / 1000;
    return 0;
}
time_t time(time_t *now) {
    struct timespec real;
    clock_gettime(CLOCK_REALTIME, &real);
    if (now) *now = real.tv_sec;
    return real.tv_sec;
}
"""


def moved_clock(folder: Path, seconds: int) -> dict[str, str]:
    """The environment of a process whose clock is `seconds` ahead (negative: behind). Needs a C compiler."""
    library = folder / "moved_clock.so"
    if not library.exists():
        source = folder / "moved_clock.c"
        source.write_text(SOURCE)
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    return os.environ | {"LD_PRELOAD": str(library), "CLOCK_MOVED": str(seconds)}


def can_move() -> bool:
    """Is there a C compiler?"""
    return shutil.which("cc") is not None
