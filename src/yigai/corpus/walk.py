"""The files of a folder: every one is named once, links and devices are not followed, nothing outside is opened."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from yigai.corpus.decode import CONTROL
from yigai.corpus.document import BadInput, Limits, Refused, Rejected

# What stands beside pages and is none of them; a page may well be called notice_2024.txt.
BESIDE = frozenset(
    {"license", "notice", "sources.csv", "overrides.csv", "thumbs.db", "desktop.ini"}
    | {f"{name}{end}" for name in ("readme", "license") for end in ("", ".md", ".txt", ".rst", ".html")}
)
#: How the names of hidden files and of Office's locks begin; what such a name ends in tells whether it may be a page.
HIDDEN = (".", "~$")
READ = frozenset(
    (".txt", ".md", ".html", ".htm", ".xhtml", ".docx", ".pdf", ".csv", ".tsv", ".xlsx", ".jsonl", ".ndjson", ".parquet")
)
#: No waiting for a pipe, no following of a link, no changing of line ends; where a system has no such flag it is 0.
OPENING = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOFOLLOW", "O_BINARY"))
FOLDERS_BESIDE = frozenset({"__macosx", "__pycache__"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One file, named by its path inside the folder."""

    name: str
    path: Path


def folder_of(top: Path) -> Path:
    """Give the folder in which sources.csv would stand; raises BadInput for a path that is nothing."""
    try:
        kind = os.stat(top).st_mode
    except (OSError, ValueError) as error:
        why = {PermissionError: "permission denied", ValueError: "no valid path"}.get(
            type(error), "no such file or folder"
        )
        raise BadInput(f"{top}: {why}; give the folder or file with the pages") from None
    if not (stat.S_ISDIR(kind) or stat.S_ISREG(kind)):
        raise BadInput(f"{top}: a device, pipe or socket; give a folder or a file")
    return top if stat.S_ISDIR(kind) else top.parent


def inside(top: Path, limits: Limits) -> Iterator[Entry | Rejected]:
    """Name the files in the order of their path within the folder; hidden ones and READMEs are not pages."""
    if not top.is_dir():
        yield Entry(printable(top.name), top)
        return
    found: list[Entry | Rejected] = []
    waiting = [top]  # a list and no recursion: folders may be nested as deep as the disk allows
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as listed:
                entries = sorted(listed, key=lambda entry: entry.name)
        except OSError as error:
            name = printable(folder.relative_to(top).as_posix())
            found.append(Rejected(name, f"a folder that cannot be read ({error.strerror})", "check its permissions"))
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if not entry.name.startswith(".") and entry.name.lower() not in FOLDERS_BESIDE:
                    waiting.append(Path(entry.path))
            elif entry.name.lower() not in BESIDE:
                name = printable(Path(entry.path).relative_to(top).as_posix())
                if not entry.name.startswith(HIDDEN):
                    found.append(Entry(name, Path(entry.path)))
                elif Path(entry.name).suffix.lower() in READ:
                    found.append(Rejected(name, "a hidden file, by its name", "rename it if it is a page"))
        if len(found) > limits.files:
            raise BadInput(f"{top}: more than {limits.files} files; split the folder, or raise Limits.files")
    yield from sorted(found, key=lambda one: (one[0], "") if isinstance(one, Rejected) else (one.name, str(one.path)))


def printable(name: str) -> str:
    r"""Write a file name that is not valid text, or breaks the line, in a form that can be printed.

    >>> printable("a\nb\udcff.txt")
    'a b?.txt'
    """
    spaced = " ".join(name.splitlines()).replace("\t", " ")
    return CONTROL.sub("?", spaced.encode("utf-8", "replace").decode("utf-8"))


def opened(file: Path, top: Path, allowed: int, remedy: str) -> BinaryIO:
    """Open a regular file inside the folder; devices, pipes and links that lead outside are refused."""
    try:
        if file.is_symlink():  # its end is opened, and that must be no link: names can be given away meanwhile
            file = check_link(file, top) if top.is_dir() else file.resolve(strict=True)
        handle = os.open(file, OPENING)
    except (OSError, ValueError, RuntimeError) as error:
        if file.exists() and stat.S_ISSOCK(file.stat().st_mode):
            raise Refused("a device, pipe or socket, not a file", "remove it from the folder") from None
        raise Refused(f"cannot be read ({why(error)})", "check that it exists and may be read") from None
    stream = os.fdopen(handle, "rb") if stat.S_ISREG(os.fstat(handle).st_mode) else None
    if stream is None:  # judged by what was opened: a name can be given to something else meanwhile
        os.close(handle)
        raise Refused("a device, pipe or socket, not a file", "remove it from the folder")
    size = os.fstat(handle).st_size
    if size > allowed:
        stream.close()
        raise Refused(f"{size:,} bytes, more than the limit of {allowed:,}", remedy)
    return stream


def check_link(file: Path, top: Path) -> Path:
    """Give the end of a link; refuse one that leads to itself, to nothing, to a folder, or out of the folder."""
    try:
        target = file.resolve(strict=True)
    except RuntimeError:
        raise Refused("a link that leads to itself", "remove it from the folder") from None
    except OSError as error:
        reason = "a link that leads to itself" if error.errno == errno.ELOOP else "a link that leads nowhere"
        raise Refused(reason, "remove it from the folder") from None
    if not target.is_relative_to(top.resolve()):
        raise Refused("a link that leads outside the folder", "copy what it leads to into the folder")
    if target.is_dir():
        raise Refused("a link to a folder, which is not followed", "copy the folder")
    return target


def content(file: Path, top: Path, allowed: int, remedy: str) -> bytes:
    """Read a file whole, never more than is allowed."""
    with opened(file, top, allowed, remedy) as stream:
        try:
            data = stream.read(allowed + 1)
        except OSError as error:
            raise Refused(f"cannot be read ({why(error)})", "check the disk, or fetch the page again") from None
    if len(data) > allowed:
        raise Refused(f"more than the limit of {allowed:,} bytes", remedy)
    return data


def why(error: Exception) -> str:
    """Say what the system said."""
    return error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
