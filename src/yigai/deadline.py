"""A deadline on computing: one page that would take for ever is stopped, whatever rule it caught.

Seconds of computing, not of waiting: on a busy machine a page gets as much work as on an idle one,
so the same pages are stopped there.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

#: Seconds of computing one page may take; ``$YIGAI_PAGE_SECONDS`` sets another limit.
PAGE_SECONDS = 60.0
#: A rule that swallows the stop is stopped again after so many seconds.
AGAIN = 5.0


class OutOfTime(Exception):
    """The computing took longer than allowed."""


def page_seconds() -> float:
    """The limit for one page, in seconds of computing."""
    try:
        given = float(os.environ.get("YIGAI_PAGE_SECONDS", ""))
    except ValueError:
        return PAGE_SECONDS
    return given if given > 0 else PAGE_SECONDS


@contextmanager
def after(seconds: float) -> Iterator[None]:
    """Raise OutOfTime inside the block after ``seconds`` of computing.

    Python hands signals to the main thread alone: in another thread, and on systems without
    interval timers, the block runs without a limit.
    """
    main = threading.current_thread() is threading.main_thread()
    if not (main and hasattr(signal, "setitimer")):
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise OutOfTime(f"{seconds:g} s of computing are over")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
