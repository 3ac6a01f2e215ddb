"""The code at work: hashed when the package is imported, and again before what it measured is kept.

Code that is edited, or installed anew, while a run is at work would leave the results of the old code in the cache
under the name of the new. Everything is therefore kept under the name of the code that was there at the import;
once the files differ from it, what is made goes into a folder that no later run sees.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

Result = TypeVar("Result")

PACKAGE = Path(__file__).resolve().parent
#: Folders whose files decide no result (figures are set in the fonts, see run._key).
IDLE = frozenset({"__pycache__", "fonts"})
#: Packages whose version decides what pages measure as, or what is computed from that.
PACKAGES = (
    "jieba", "numpy", "opencc", "pandas", "pyahocorasick", "pyarrow", "pypinyin", "rjieba", "scikit-learn", "scipy",
)  # fmt: skip
#: Names the folder of results that no later run sees, for this process and those it starts.
PASSING = "YIGAI_PASSING"


class Edited(Exception):
    """The files of the package are no longer those that were imported."""


def hashes(room: str = "") -> dict[str, str]:
    """The hash of each file of the package (of one room, if named), by its path inside the package, in order."""
    found = {}
    for path in _files(PACKAGE / room):
        with suppress(FileNotFoundError), open(path, "rb") as file:  # gone since: edited
            found[path.relative_to(PACKAGE).as_posix()] = hashlib.file_digest(file, "sha256").hexdigest()
    return dict(sorted(found.items()))


def _files(top: Path) -> Iterator[Path]:
    if top.is_file():
        yield top
    for folder, folders, names in os.walk(top):
        folders[:] = [name for name in folders if name not in IDLE]
        yield from (Path(folder, name) for name in names if not name.startswith("."))  # those are an editor's own


#: The files as they were when the package was imported.
SEEN = hashes()


def adopt(seen: Mapping[str, str]) -> None:
    """Take what another process saw for what this one saw: a worker answers for the code of its run."""
    SEEN.clear()
    SEEN.update(seen)
    code_version.cache_clear()


@cache
def code_version(rooms: tuple[str, ...]) -> str:
    """The hash of the code and data in ``rooms`` of the package, and of the packages they stand on."""
    hashed = hashlib.sha256(" ".join(f"{name} {version(name)}" for name in PACKAGES).encode())
    for room in rooms:
        hashed.update("".join(f"{path}\0{digest}\0" for path, digest in _inside(SEEN, room)).encode())
    return hashed.hexdigest()


def _inside(files: Mapping[str, str], room: str) -> list[tuple[str, str]]:
    return [(path, digest) for path, digest in files.items() if path == room or path.startswith(f"{room}/")]


def everything() -> tuple[str, ...]:
    """Every room of the package."""
    return tuple(sorted({path.partition("/")[0] for path in SEEN}))


def check(rooms: tuple[str, ...]) -> None:
    """Raise Edited, in one line, where files of ``rooms`` are no longer those that were imported."""
    if os.environ.get(PASSING):
        return
    for room in rooms:
        before, after = _inside(SEEN, room), list(hashes(room).items())
        if before != after:
            name = min(set(before) ^ set(after))[0]
            raise Edited(f"{name} of yigai was edited while it was at work; what is made from now on is kept for no later run")


def passing(get: Callable[[], Result]) -> Result:
    """What ``get`` gives; where the code was edited, kept for this process alone."""
    try:
        return get()
    except Edited:
        pass_by()
        return get()


def pass_by() -> None:
    """Keep what is made from now on in a folder that this process and those it starts see alone."""
    if not os.environ.get(PASSING):
        os.environ[PASSING] = folder = tempfile.mkdtemp(prefix="yigai-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
