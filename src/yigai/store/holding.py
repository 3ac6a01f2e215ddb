"""A folder held for one run: the lock names its holder and yields from a dead one."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from yigai.store.files import Environment

try:
    import fcntl
except ImportError:  # Windows: folders are not locked there
    fcntl = None  # type: ignore[assignment]

#: How often a lock is tried, every quarter of a second, while the workers of a killed run are ending.
PATIENCE = 40


@contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Hold ``folder`` for one run; names the holder when refused, yields from a dead one.

    The system itself frees the lock of a process that was killed. A folder that was made for the
    run and stayed empty is removed. Raises Environment when a living process holds the folder.
    """
    new = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        held = _acquire(folder / ".lock")
    except OSError as problem:
        raise Environment(f"{folder}: {problem.strerror}; choose another --out") from problem
    try:
        yield
    finally:
        (folder / ".lock").unlink(missing_ok=True)
        held.close()
        if new:
            with suppress(OSError):
                folder.rmdir()


def _acquire(path: Path) -> IO[str]:
    for _ in range(PATIENCE):
        file = open(path, "a+", encoding="utf-8")  # noqa: SIM115 (it stays open as long as it is held)
        if _flocked(file):
            if path.exists() and os.path.samestat(path.stat(), os.fstat(file.fileno())):
                file.truncate(0)
                file.write(f"{os.getpid()}@{socket.gethostname()}")
                file.flush()
                return file
            file.close()  # its holder removed it between our two steps
            continue
        file.seek(0)
        holder = file.read()
        file.close()
        if _alive(holder):
            raise Environment(
                f"{path.parent}: in use by process {holder}; wait for it or choose another --out"
            )
        time.sleep(0.25)  # a killed run whose last worker is just ending
    raise Environment(f"{path.parent}: in use by the workers of a killed run; wait, or choose another --out")


def _flocked(file: IO[str]) -> bool:
    if fcntl is None:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _alive(holder: str) -> bool:
    pid, _, host = holder.partition("@")
    if not pid.isdigit():
        return False
    if host != socket.gethostname():
        return True  # a shared disk: another machine's process cannot be looked at from here
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
