"""A folder held for one run: the lock names its holder and yields from a dead one."""

from __future__ import annotations

import errno
import os
import re
import socket
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO

from yigai.store.files import Environment

try:
    import fcntl
except ImportError:  # Windows: folders are not locked there
    fcntl = None  # type: ignore[assignment]

NAME = ".lock"
#: How often a lock is tried, every quarter of a second, while the workers of a killed run are ending.
PATIENCE = 40
#: Seconds between two signs of life of a holder, for machines that share a disk but not its locks.
BEAT = 1.0
#: Process and machine, as a holder writes them.
HOLDER = re.compile(r"([1-9][0-9]{0,8})@(.{1,255})").fullmatch


@contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Hold ``folder`` for one run; names the holder when refused, yields from a dead one.

    The system itself frees the lock of a process that was killed. A folder that was made for the
    run and stayed empty is removed. Raises Environment when a living process holds the folder.
    """
    with ExitStack() as released:
        try:
            if not folder.exists():
                released.callback(_without_empty, folder)
            held = released.enter_context(_acquired(folder))
            released.callback(_without_lock, folder, held)
            held.truncate(0)
            held.seek(0)
            held.write(f"{os.getpid()}@{socket.gethostname()}".encode())
        except OSError as problem:
            raise Environment(f"{folder}: {problem.strerror}; choose another --out") from problem
        with _beating(held):
            yield


def _without_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


def _without_lock(folder: Path, held: IO[bytes]) -> None:
    with suppress(OSError):
        if _stands(folder / NAME, held):
            (folder / NAME).unlink()


def _acquired(folder: Path) -> IO[bytes]:
    for _ in range(PATIENCE):
        folder.mkdir(parents=True, exist_ok=True)  # each time: a run that ends takes an empty folder away
        file = opened(folder / NAME)
        try:
            mine, holder = flocked(file), file.read(300).decode("utf-8", "replace")
            stands = _stands(folder / NAME, file)  # or its holder removed it between our two steps
            if stands and _alive(holder, mine, file):
                raise Environment(f"{folder}: in use by process {holder}; wait for it or choose another --out")
        except BaseException:
            file.close()
            raise
        if mine and stands:
            return file
        file.close()
        if stands:
            time.sleep(0.25)  # it is just being signed, or the last worker of a killed run is ending
    raise Environment(f"{folder}: in use by the workers of a killed run; wait, or choose another --out")


def opened(path: Path) -> IO[bytes]:
    """A file to be locked, made where it is not; never one a link leads to, which would be emptied."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    handle = os.open(path, flags, 0o644)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, f"{path.name} is no file")
    return os.fdopen(handle, "r+b", buffering=0)


def flocked(file: IO[bytes]) -> bool:
    """Whether the system gave us the lock of ``file``: it has it while the file is open, until this process ends."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _stands(path: Path, file: IO[bytes]) -> bool:
    try:
        return os.path.samestat(os.lstat(path), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


def _alive(holder: str, mine: bool, file: IO[bytes]) -> bool:
    """Whether the holder lives: of a lock that is ``mine`` only one on another machine, whose locks may not reach us."""
    named = HOLDER(holder)
    if named is None:
        return False
    if named[2] != socket.gethostname():
        return not mine or _beats(file)
    if mine:
        return False
    try:
        os.kill(int(named[1]), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _beats(file: IO[bytes]) -> bool:
    """Whether somebody gives signs of life: the time of the lock changes while we look."""
    before = os.fstat(file.fileno()).st_mtime_ns
    time.sleep(3 * BEAT)
    return os.fstat(file.fileno()).st_mtime_ns != before


@contextmanager
def _beating(held: IO[bytes]) -> Iterator[None]:
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(BEAT):
            with suppress(OSError):
                os.utime(held.fileno())

    thread = threading.Thread(target=beat, name="lock", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
