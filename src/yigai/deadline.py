"""A deadline on computing: one page that would take for ever is stopped, whatever rule it caught.

Seconds of computing, not of waiting: on a busy machine a page gets as much work as on an idle one,
so the same pages are stopped there.
"""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

#: Seconds of computing one page may take; ``$YIGAI_PAGE_SECONDS`` sets another limit.
PAGE_SECONDS = 60.0
#: A rule that swallows the stop is stopped again after so many seconds.
AGAIN = 5.0
#: One that comes while Python takes an object down or collects garbage would be lost there: it comes again so much later.
SOON = 0.05
#: How often another thread's clock is looked at, in seconds.
LOOK = 0.25


class OutOfTime(BaseException):
    """The computing took longer than allowed; no ``except Exception`` of a parser can swallow it."""


def page_seconds() -> float:
    """The limit for one page, in seconds of computing."""
    try:
        given = float(os.environ.get("YIGAI_PAGE_SECONDS", ""))
    except ValueError:
        return PAGE_SECONDS
    return given if 0 < given < float("inf") else PAGE_SECONDS


@contextmanager
def after(seconds: float) -> Iterator[None]:
    """Raise OutOfTime inside the block after ``seconds`` of computing.

    In the main thread a timer of the system stops the block, also inside a regular expression.
    Python hands signals to that thread alone: another thread (a dask worker's) is watched by its
    own clock and stopped between two steps of Python. Where there is neither, nothing is limited.
    """
    if threading.current_thread() is not threading.main_thread():
        with _watched(seconds):
            yield
        return
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        if _in_destructor(frame):
            signal.setitimer(signal.ITIMER_VIRTUAL, SOON, AGAIN)
        else:
            raise OutOfTime(f"{seconds:g} s of computing are over")

    before = signal.signal(signal.SIGVTALRM, stop)
    left, again = signal.setitimer(signal.ITIMER_VIRTUAL, seconds, AGAIN)
    begun = time.process_time()
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
        if left:  # a block around this one goes on with the time it has left
            used = time.process_time() - begun
            signal.setitimer(signal.ITIMER_VIRTUAL, max(left - used, 0.001), again)


def _in_destructor(frame: FrameType | None) -> bool:
    """Whether Python would swallow what is raised here: in a destructor, or in what the collector of garbage calls."""
    called = {getattr(one, "__code__", None) for one in gc.callbacks}
    while frame:
        if frame.f_code.co_name == "__del__" or frame.f_code in called:
            return True
        frame = frame.f_back
    return False


@contextmanager
def _watched(seconds: float) -> Iterator[None]:
    clock = _thread_clock()
    if clock is None:
        yield
        return
    thread = threading.get_ident()
    limit = clock() + seconds
    ended = threading.Event()
    turn = threading.Lock()

    def watch() -> None:
        while not ended.wait(LOOK):
            with turn:
                if not ended.is_set() and clock() > limit:
                    _raise_in(thread, OutOfTime)

    watcher = threading.Thread(target=watch, name="deadline", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        with turn:
            ended.set()
            _raise_in(thread, None)  # one that was sent and has not arrived


def _thread_clock() -> Callable[[], float] | None:
    """The clock of this thread's computing, which another thread may read."""
    try:
        number = time.pthread_getcpuclockid(threading.get_ident())
    except (AttributeError, OSError):
        return None
    return lambda: time.clock_gettime(number)


def _raise_in(thread: int, error: type[BaseException] | None) -> None:
    ctypes.pythonapi.PyThreadState_SetAsyncExc(
        ctypes.c_ulong(thread), ctypes.py_object(error) if error else None
    )
