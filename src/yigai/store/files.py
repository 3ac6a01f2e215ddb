"""Files that are whole or absent: written under another name, flushed to the disk, then renamed."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

#: How the names of files begin that are not whole yet.
PART = ".part-"


class Environment(Exception):
    """The machine refuses: no space, no permission, a folder in use. Exit code 3."""


def read_bytes(path: Path) -> bytes:
    """The bytes of a file; what is put in its place, a pipe, a device, a link, would be read for ever.

    Raises OSError for anything but a file.
    """
    handle = os.open(path, os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOFOLLOW", "O_BINARY")))
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, f"{path.name} is no file")
    with os.fdopen(handle, "rb") as file:
        return file.read()


def write_bytes(path: Path, data: bytes) -> Path:
    """Write ``data`` to ``path`` whole or not at all; returns ``path``.

    Raises Environment when the disk is full or the folder cannot be written.
    """
    with whole_file(path) as file:
        file.write(data)
    return path


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file to write into that gets its name ``path`` at the end, on the disk, or is never seen.

    Raises Environment when the disk is full or the folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=PART, dir=path.parent)
    except OSError as problem:
        raise Environment(f"{path}: {problem.strerror}; choose another --out") from problem
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644)
        os.replace(name, path)
    except OSError as problem:
        Path(name).unlink(missing_ok=True)
        raise Environment(f"{path}: {problem.strerror}; free some space and run again") from problem
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_text(path: Path, text: str) -> Path:
    r"""Write ``text`` as UTF-8 with ``\n`` line ends, whole or not at all."""
    return write_bytes(path, encoded(text))


def encoded(text: str) -> bytes:
    """``text`` as UTF-8, lone surrogates and all."""
    return text.encode("utf-8", "surrogatepass")


def write_tree(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write many files (path inside ``folder``, bytes) of a stage that is renamed whole at the end.

    Not flushed one by one: a stage that a power cut tears never gets its final name. Raises
    Environment when the disk is full, ValueError for a path that leaves the folder.
    """
    for name, data in files:
        path = folder / name
        if not path.resolve().is_relative_to(folder.resolve()):
            raise ValueError(f"{name}: leaves {folder}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with open(path, "wb") as file:
                file.write(data)
        except OSError as problem:
            raise Environment(f"{path}: {problem.strerror}; free some space and run again") from problem


def write_json(path: Path, value: object) -> Path:
    """Write ``value`` as readable JSON with sorted keys, so that equal values give equal bytes."""
    return write_text(path, json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def sha256(data: bytes) -> str:
    """The hexadecimal SHA-256 of ``data``."""
    return hashlib.sha256(data).hexdigest()


def hashes(folder: Path, pattern: str = "*") -> dict[str, str]:
    """The SHA-256 of each file in ``folder`` whose name matches ``pattern``, by name."""
    found = {}
    for path in sorted(path for path in folder.glob(pattern) if path.is_file()):
        with open(path, "rb") as file:
            found[path.name] = hashlib.file_digest(file, "sha256").hexdigest()
    return found
