"""Disks of every size that is too small: `python -m benchmarks.faults.disk [--steps 12] [--tables]` (root: it mounts a tmpfs).

Results, cache, or both lie on a disk of so many kB, from nothing to enough. A run that fails ends with
exit code 3 and one line, the results before it stand, nothing half-written is left and no lock; once the
disk has grown the next run gives every file as a run on a large disk. ``--tables``: all tables, not cleaning alone.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.faults import kills
from yigai import store

PAGES = 6
CLEAN = ("-m", "yigai", "clean")
#: The kB of a disk that is large enough.
ENOUGH = 64_000


@contextmanager
def disk(place: Path) -> Iterator[Path]:
    """A small disk of its own."""
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={ENOUGH}k", "tmpfs", str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def resize(place: Path, size: int) -> None:
    """Let the disk be of another size, in kB; never smaller than what is on it."""
    subprocess.run(["mount", "-o", f"remount,size={size}k", str(place)], check=True)


def used(place: Path) -> int:
    """The kB that lie on the disk."""
    about = os.statvfs(place)
    return (about.f_blocks - about.f_bfree) * about.f_frsize // 1024


def run(what: tuple[str, ...], pages: Path, out: Path, cache: Path) -> tuple[int, str]:
    """Exit code and what is said."""
    paths = [str(pages)] if what == CLEAN else ["--corpus", str(pages)]
    done = subprocess.run(
        [sys.executable, *what, *paths, "--out", str(out)],
        env={**os.environ, "YIGAI_CACHE": str(cache)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stderr


def problems(what: tuple[str, ...], pages: Path, out: Path, cache: Path, small: Path, size: int, wanted: dict[str, str]) -> list[str]:
    """What is wrong about a run on a disk with so many kB left."""
    old = store.write_text(out / "old results" / "old.txt", "old")
    resize(small, used(small) + max(size, 4))  # 0 would mean without limit
    case = kills.Run(what, pages, out, cache)
    code, said = run(what, pages, out, cache)
    wrong = []
    if code:
        wrong += [f"exit {code}"] if code != 3 else []
        wrong += kills.one_line(said)
        wrong += [f"left {name}" for name in (*case.rest(), *set(case.visible()) - {"old results/old.txt"})]
    resize(small, ENOUGH)
    if code:
        again, said = run(what, pages, out, cache)
        wrong += [f"then exit {again}: {said[-200:]}"] if again else []
    wrong += ["old results are gone"] if not old.exists() else []
    found = {name: value for name, value in case.visible().items() if name != "old results/old.txt"}
    wrong += [f"differs: {name}" for name in sorted(wanted) if found.get(name) != wanted[name]][:5]
    print(f"{size:>6} kB: exit {code}{', then as ever' if code else ''}", flush=True)
    return wrong


def main() -> None:
    """Fill disks; exit 1 if anything was torn."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, default=12)
    parser.add_argument("--tables", action="store_true")
    given = parser.parse_args()
    what, failed, tried = kills.TABLES_ALONE if given.tables else CLEAN, 0, 0
    with tempfile.TemporaryDirectory() as name, disk(Path(name) / "small") as small:
        place = Path(name)
        pages = kills.small(place / "pages", PAGES)
        code, said = run(what, pages, small / "calm", small / "cache")
        if code:
            raise SystemExit(said)
        need, wanted = used(small), kills.Run(what, pages, small / "calm", place).visible()
        print(f"{len(wanted)} files, {need} kB with the cache")
        for label, out, cache in (
            ("results", small / "out", place / "cache"),
            ("cache", place / "out", small / "cache"),
            ("both", small / "out", small / "cache"),
        ):
            print(f"{label} on the small disk", flush=True)
            for step in range(given.steps):
                for folder in (*small.iterdir(), place / "out", place / "cache"):
                    shutil.rmtree(folder, ignore_errors=True)
                tried += 1
                if wrong := problems(what, pages, out, cache, small, need * step // given.steps, wanted):
                    failed += 1
                    print("WRONG", label, wrong)
    print(f"{tried} disks, {failed} wrong")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
