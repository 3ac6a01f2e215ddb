"""Publication: a run is built in a stage beside its results and moved to its final names at the end."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from yigai.store.files import Environment, write_json

#: Stands in a stage whose entries are whole and only have to be moved to their final names.
READY = ".ready.json"


@contextmanager
def staging(out: Path) -> Iterator[Path]:
    """A folder inside ``out`` in which a run is built; see :func:`publish`.

    What an earlier, killed run left there is published if it was whole, else removed. The name is
    new each time: a worker that outlives its killed run writes into no later one.
    """
    for left in sorted(out.glob(".stage*")):
        _move(left, out)
        shutil.rmtree(left, ignore_errors=True)
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
    with suppress(AttributeError):
        os.sync()
    write_json(stage / READY, list(names))
    _move(stage, out)


def _move(stage: Path, out: Path) -> None:
    try:
        names = [Path(name).name for name in json.loads((stage / READY).read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError):
        return
    try:
        (stage / ".old").mkdir(exist_ok=True)
        for name in (names[-1], *names):
            if (stage / name).exists() and (out / name).exists():
                os.replace(out / name, stage / ".old" / name)
            if (stage / name).exists() and name != names[-1]:
                os.replace(stage / name, out / name)
        if (stage / names[-1]).exists():
            os.replace(stage / names[-1], out / names[-1])
        (stage / READY).unlink()
    except OSError as problem:
        raise Environment(f"{out}: {problem.strerror}; mend it and run again, the results are ready") from problem
