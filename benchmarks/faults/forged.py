"""What somebody else may put where the cache and the results of an earlier run are expected: data for tests."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from pathlib import Path


class Payload:
    """An object whose unpickling makes a file PWNED."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        """Say what unpickling would call."""
        return os.system, ("touch PWNED",)


PICKLE = pickle.dumps(Payload())
#: Manifests of an earlier run that are none.
MANIFESTS: dict[str, bytes] = {
    "no JSON": b"{", "empty": b"", "nested lists": b"[" * 100_000, "nested objects": b'{"a":' * 50_000, "a list": b"[]", "a number": b"5",
    "null": b"null", "a pickle": PICKLE, "rubbish": b"\xff\xfe\x00" * 99, "a topic that is a word": b'{"next_topic": "x"}',
    "a topic without end": b'{"next_topic": 1e999}', "a topic that is no number": b'{"next_topic": NaN}',
    "a topic that is a list": b'{"next_topic": [1]}', "a number of 5,000 figures": b'{"next_topic": ' + b"9" * 5000 + b"}",
    "lists for maps": b'{"inputs": [1], "parameters": [1], "packages": 5}',
}  # fmt: skip


def piped(path: Path) -> None:
    """A pipe in place of a file: reading it never ends."""
    path.unlink()
    os.mkfifo(path)


def endless(path: Path) -> None:
    """A link to a device that never ends."""
    path.unlink()
    path.symlink_to("/dev/zero")


def folder(path: Path) -> None:
    """A folder in place of a file."""
    path.unlink()
    path.mkdir()


#: What becomes of each file of a cache entry.
ENTRIES: dict[str, Callable[[Path], object]] = {
    "pickles": lambda path: path.write_bytes(PICKLE),
    "empty files": lambda path: path.write_bytes(b""),
    "cut files": lambda path: path.write_bytes(path.read_bytes()[:-9]),
    "nested lists": lambda path: path.write_bytes(b"[" * 100_000),
    "paths as names": lambda path: path.write_bytes(b'{"../../../../etc/passwd": "x"}'),
    "pipes": piped,
    "links without end": endless,
    "folders": folder,
}
