"""Publication: a run is built in a stage beside its results and moved to its final names at the end."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from yigai.store.files import PART, Environment, read_bytes, write_json

#: Stands in a stage whose entries are whole and only have to be moved to their final names.
READY = ".ready.json"
#: Where in a stage the results before go.
OLD = ".old"


@contextmanager
def staging(out: Path) -> Iterator[Path]:
    """A folder inside ``out`` in which a run is built; see :func:`publish`.

    What an earlier, killed run left there is published if it was whole, else removed. The name is
    new each time: a worker that outlives its killed run writes into no later one.
    """
    for left in sorted(out.glob(".stage*")):
        _settle(left, out)
    try:
        stage = Path(tempfile.mkdtemp(prefix=".stage-", dir=out))
    except OSError as problem:
        raise Environment(f"{out}: {problem.strerror}; choose another --out") from problem
    try:
        yield stage
    finally:
        if not (stage / READY).exists():
            shutil.rmtree(stage, ignore_errors=True)


def publish(stage: Path, out: Path, names: Sequence[str]) -> None:
    """Move the finished entries ``names`` of ``stage`` to their final place in ``out``.

    The last one is taken away first and put in place last: where it stands, the folder is whole.
    Killed in between, the next run finishes the moving. Raises Environment when it cannot.
    """
    for torn in stage.rglob(f"{PART}*"):  # of a worker that was killed, and its work done again
        torn.unlink()
    with suppress(AttributeError):
        os.sync()
    try:
        (stage / OLD).mkdir()
    except OSError as problem:
        raise Environment(f"{out}: {problem.strerror}; free some space and run again") from problem
    write_json(stage / READY, list(names))  # the last that needs space; from here on names are changed only
    _move(stage, out, names)


def _settle(left: Path, out: Path) -> None:
    """Publish the stage of a killed run that was whole, remove any other."""
    if left.is_symlink() or not left.is_dir():  # no stage of ours; what a link leads to is left alone
        left.unlink(missing_ok=True)
        return
    if names := _ready(left):
        with suppress(OSError):
            (left / OLD).mkdir(exist_ok=True)
        _move(left, out, names)
    shutil.rmtree(left, ignore_errors=True)


def _ready(stage: Path) -> list[str]:
    """The entries a whole stage is to publish; none where the list is missing, torn or forged."""
    try:
        names = json.loads(read_bytes(stage / READY))
    except (OSError, ValueError, RecursionError):
        return []
    plain = isinstance(names, list) and all(isinstance(name, str) and _plain(name) for name in names)
    return names if plain else []


def _plain(name: str) -> bool:
    fits = 0 < len(name.encode("utf-8", "surrogatepass")) <= 255  # what no disk can hold was never written
    return fits and Path(name).name == name and name not in ("..", READY, OLD) and "\0" not in name


def _move(stage: Path, out: Path, names: Sequence[str]) -> None:
    last = names[-1]
    try:
        for name in (last, *names):
            if (stage / name).exists() and os.path.lexists(out / name):
                os.replace(out / name, stage / OLD / name)
            if (stage / name).exists() and name != last:
                os.replace(stage / name, out / name)
        if (stage / last).exists():
            os.replace(stage / last, out / last)
        (stage / READY).unlink()
    except OSError as problem:
        raise Environment(f"{out}: {problem.strerror}; mend it and run again, the results are ready") from problem
