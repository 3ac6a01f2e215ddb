"""A command measured from outside: wall seconds, CPU seconds, and the memory of its whole tree of processes."""

from __future__ import annotations

import os
import resource
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

#: How often the tree is looked at, in seconds.
LOOK = 0.5


class Measured(NamedTuple):
    """What a command took. `memory_mb`: highest sum over its processes of the memory that each has for itself,
    shared pages divided among those that share them (PSS); `largest_mb`: the largest single process (RSS);
    `others`: CPU seconds that everything else on the machine took meanwhile, 0 where the system does not tell.
    """

    seconds: float
    cpu: float
    memory_mb: float
    largest_mb: float
    said: str
    others: float = 0.0


def run(command: Sequence[str], environment: Mapping[str, str]) -> Measured:
    """Run a command to its end; raises subprocess.CalledProcessError when it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun, busy_before = time.monotonic(), busy()
    with subprocess.Popen(command, env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True) as process:
        peak = _Peak(process.pid)
        peak.start()
        said, _ = process.communicate()
        peak.ended.set()
        peak.join()
    took, busy_after = time.monotonic() - begun, busy()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, said)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    others = max(busy_after - busy_before - cpu, 0.0)
    memory, largest = round(peak.together / 1024), round(peak.largest / 1024)
    return Measured(round(took, 2), round(cpu, 2), memory, largest, said, round(others, 1))


def busy() -> float:
    """CPU seconds that all processes of the machine have taken since it was started."""
    try:
        first = Path("/proc/stat").read_text().splitlines()[0].split()
    except OSError:
        return 0.0
    user, nice, system, _idle, _waiting, *interrupts = map(int, first[1:8])
    return float(user + nice + system + sum(interrupts)) / os.sysconf("SC_CLK_TCK")


class _Peak(threading.Thread):
    """The highest memory of a process and all that descend from it, in kB."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self._root = root
        self.ended = threading.Event()
        self.together = self.largest = 0

    def run(self) -> None:
        """Look again and again until the command has ended."""
        while not self.ended.wait(LOOK):
            sizes = [_size(pid) for pid in family(self._root)]
            self.together = max(self.together, sum(pss for pss, _ in sizes))
            self.largest = max([self.largest, *(rss for _, rss in sizes)])


def family(root: int) -> list[int]:
    """A process and all that descend from it."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError, IndexError):
            continue
    found = [root]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def _size(pid: int) -> tuple[int, int]:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0, 0
    found = {line.split(":")[0]: int(line.split()[1]) for line in lines[1:] if line.endswith("kB")}
    return found.get("Pss", 0), found.get("Rss", 0)
