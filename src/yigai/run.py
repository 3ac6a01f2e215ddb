"""Run the notebooks: parameters checked first, kernels in worker processes, results published whole.

papermill, which puts the parameters in, only warns on a misspelt one and runs with the default, and
pastes parameter names unescaped into a cell; the checks here exist for these two.
"""

from __future__ import annotations

import ast
import json
import keyword
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import nbformat
import pandas as pd

from yigai import limits, store, workers
from yigai.code import code_version

#: The measuring notebooks in reading order; ``region`` runs once per region, the essay on the
#: five seed pages only on the seeds.
MEASURING = ("01_clean", "02_topics", "03_models", "04_compare")
REGION = "region"
#: Runs once for each point of the sensitivity grid; on more pages than MOST_GRID the points are drawn in one
#: process instead, because each notebook would read the corpus anew.
GRID = "sensitivity"
MOST_GRID = 200
FINDINGS = "05_findings"
#: How many processes may die before a run ends.
TRIES = 3
#: Notebooks at work at the same time, and what their kernels are started with.
AT_ONCE = min(os.cpu_count() or 1, 4)
KERNEL = ["--IPKernelApp.log_level=CRITICAL"]
#: What the runner itself passes to the notebooks; users name them by other options.
OWN = ("corpus", "region", "topic_ids")


class BadParameter(ValueError):
    """A parameter that no notebook takes, or of the wrong type. Exit code 2."""


class Failed(RuntimeError):
    """A notebook stopped with an error; the message names the notebook, the cell and the error."""


class Died(Failed):
    """The kernel of a notebook died, which says nothing about the notebook."""


@dataclass(frozen=True)
class Task:
    """One notebook to run: its source, the name of its output and its parameters."""

    source: Path
    name: str
    parameters: tuple[tuple[str, Any], ...]


def notebooks_folder() -> Path:
    """The folder of the project's notebooks: of the checkout, wherever the caller stands.

    Raises store.Environment when the package runs without its checkout.
    """
    folder = Path(__file__).resolve().parents[2] / "notebooks"
    if not folder.is_dir():
        raise store.Environment(f"{folder}: no notebooks there; run yigai from a clone of the project")
    return folder


def sources() -> list[Path]:
    """The notebooks whose parameters a run takes: all but that of the grid, which the run itself varies."""
    return [path for path in sorted(notebooks_folder().glob("*.ipynb")) if path.stem != GRID]


@cache
def declared(source: Path) -> dict[str, Any]:
    """The parameters of a notebook with their defaults, read from its ``parameters`` cell."""
    book = nbformat.read(source, as_version=4)
    cells = [cell for cell in book.cells if "parameters" in cell.metadata.get("tags", [])]
    tree = ast.parse("\n".join(cell.source for cell in cells))
    return dict(pair for node in tree.body if (pair := _assignment(node)))


def _assignment(node: ast.stmt) -> tuple[str, Any] | None:
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id, ast.literal_eval(node.value)
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
        return node.target.id, ast.literal_eval(node.value)
    return None


def parse(value: str) -> Any:
    """The value of ``-p NAME VALUE``: JSON where it is JSON, else the text itself.

    >>> parse('["hunan"]'), parse("12"), parse("辽宁")
    (['hunan'], 12, '辽宁')
    """
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


def check_parameters(given: Mapping[str, Any], sources: Iterable[Path]) -> dict[str, Any]:
    """``given`` with every name known to a notebook and every value of its default's type.

    Raises BadParameter with the nearest known name, or the type wanted.

    >>> check_parameters({"n_topic": 5}, sorted(notebooks_folder().glob("0*.ipynb")))
    Traceback (most recent call last):
    yigai.run.BadParameter: n_topic: no notebook takes this parameter; did you mean n_topics?
    """
    known: dict[str, Any] = {}
    for source in sources:
        known |= {name: value for name, value in declared(source).items() if name not in OWN}
    known |= {name: usual for name, (_, usual) in limits.LIMITS.items()}
    return {name: _checked(name, value, known) for name, value in given.items()}


def _checked(name: str, value: Any, known: Mapping[str, Any]) -> Any:
    if not name.isidentifier() or keyword.iskeyword(name) or name not in known:
        near = get_close_matches(name, known, n=1)
        hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(sorted(known))}"
        if name in OWN:
            hint = _HINTS[name]
        raise BadParameter(f"{name}: no notebook takes this parameter; {hint}")
    wanted = type(known[name])
    if wanted is list and isinstance(value, str):
        value = [value]
    if wanted is float and type(value) is int:
        value = float(value)
    if type(value) is not wanted or (wanted is list and not all(isinstance(v, str) for v in value)):
        shown = json.dumps(known[name], ensure_ascii=False)
        raise BadParameter(
            f"{name}: {_shown(value)} is not a {_TYPE_NAMES.get(wanted, wanted.__name__)}; "
            f"write a value like the default {shown}"
        )
    return _in_range(name, value)


def _in_range(name: str, value: Any) -> Any:
    """``value`` where a notebook can work with it; it would stop in a cell otherwise, after minutes."""
    low, high = RANGES.get(name, (value, value))
    if not low <= value <= high:
        raise BadParameter(f"{name}: {_shown(value)} is out of range; write a number from {low} to {high}")
    if name in CHOICES and value not in CHOICES[name]:
        raise BadParameter(f"{name}: {_shown(value)} is not known; write one of {', '.join(CHOICES[name])}")
    if isinstance(value, str) and not (len(value) <= LONGEST_TEXT and value.isprintable()):
        raise BadParameter(f"{name}: {_shown(value)} is no text of one line; write at most {LONGEST_TEXT} characters")
    return value


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:80]}…"


#: The least and the largest value a notebook can work with.
RANGES = {
    "random_state": (0, 2**32 - 1), "sample_size": (1, 1_000_000), "examples_each": (1, 100),
    "n_terms": (1, 1_000), "resamples": (10, 100_000),
    "most": (0, 1_000_000_000), "page_seconds": (0.001, 1_000_000), "cell_seconds": (1, 1_000_000),
}  # fmt: skip
CHOICES = {"scope": ("all", "health")}
LONGEST_TEXT = 200
_HINTS = {
    "corpus": "use --corpus PATH", "region": "use -p regions '[\"hunan\"]'",
    "topic_ids": "ids are kept from the run that stands in --out",
}  # fmt: skip
_TYPE_NAMES = {list: "list of texts", str: "text", int: "whole number", float: "number", bool: "true or false"}


def tasks(given: Mapping[str, Any], corpus: str, regions: Sequence[str], topic_ids: Sequence[int] = ()) -> list[Task]:
    """What to run, in order: the measuring notebooks, a page per region, on the seeds the essay."""
    kept = {"topic_ids": list(topic_ids)} if topic_ids else {}
    folder = notebooks_folder()
    names: list[tuple[str, str, dict[str, str]]] = [(name, name, {}) for name in MEASURING]
    names += [(REGION, f"{REGION}_{slug}", {"region": slug}) for slug in regions]
    if not corpus and not given:
        names += [(FINDINGS, FINDINGS, {})]
    return [
        _task(folder / f"{source}.ipynb", name, {**given, **own, **kept, "corpus": corpus})
        for source, name, own in names
        if (folder / f"{source}.ipynb").exists()
    ]


def _task(source: Path, name: str, given: Mapping[str, Any]) -> Task:
    defaults = declared(source)
    wanted = {key: value for key, value in given.items() if key in defaults and value != defaults[key]}
    return Task(source, name, tuple(sorted(wanted.items())))


def execute(
    todo: Sequence[Task], folder: Path, say: Callable[[str, float], None], *, made_of: Mapping[str, str] = MappingProxyType({})
) -> None:
    """Run every task into ``folder/<name>.ipynb``, two at a time, reporting each as it ends.

    ``made_of`` says of each task, by its name, what its results are made of (hashes of pages and
    tables, versions): with the code, the notebook and the parameters unchanged too, what was
    executed before is taken from the cache; a task it does not name always runs. Raises Failed for
    the first notebook that stops with an error; its output so far stays under ``folder/failed``.
    """
    (folder / "failed").mkdir(parents=True, exist_ok=True)
    for name, took in _in_pool(_execute_one, [(task, folder, made_of.get(task.name, "")) for task in todo]):
        say(name, took)
    (folder / "failed").rmdir()


def grid(points: Sequence[Mapping[str, Any]], given: Mapping[str, Any], corpus: str, folder: Path) -> None:
    """Run the notebook of the grid once for each point (its parameters); the conclusions stay in the cache.

    The points of a worker share one kernel, so what all of them import is imported once; the notebook
    names every variable it reads, so none hangs on the point before. Raises Failed like `execute`.
    """
    (folder / "failed").mkdir(parents=True, exist_ok=True)
    source = notebooks_folder() / f"{GRID}.ipynb"
    todo = [_task(source, f"{GRID}_{n}", {**given, **point, "corpus": corpus}) for n, point in enumerate(points)]
    for _ in _in_pool(_execute_points, [(todo[n::AT_ONCE], folder) for n in range(min(AT_ONCE, len(todo)))]):
        pass
    (folder / "failed").rmdir()


def _in_pool(function: Callable[..., Any], calls: Sequence[tuple[Any, ...]]) -> Iterator[Any]:
    """The results of the calls in order, each in a worker process; the workers end with the run.

    Those that were lost with a process that was killed are made again, until TRIES processes were.
    """
    given = 0
    for tried in range(1, TRIES + 1):
        try:
            for result in _pooled(function, calls[given:]):
                given += 1
                yield result
            return
        except BrokenProcessPool:
            if tried == TRIES:
                raise store.Environment("notebooks: their processes are killed; free some memory and run again") from None
        except Died:
            if tried == TRIES:
                raise


def _pooled(function: Callable[..., Any], calls: Sequence[tuple[Any, ...]]) -> Iterator[Any]:
    pool = ProcessPoolExecutor(
        max_workers=max(1, min(len(calls), AT_ONCE)), initializer=workers.serve, initargs=(os.getpid(),)
    )
    futures: list[Future[Any]] = []
    try:
        futures += [pool.submit(function, *call) for call in calls]
        for future in futures:
            yield future.result()
    finally:
        serving = list((getattr(pool, "_processes", None) or {}).values())
        pool.shutdown(wait=False, cancel_futures=True)
        if not all(future.done() for future in futures):
            for process in serving:
                process.terminate()  # whoever stops a run does not wait for its notebooks


def _execute_points(todo: Sequence[Task], folder: Path) -> None:
    from jupyter_client import KernelManager

    kernel = KernelManager(kernel_name="python3")
    kernel.start_kernel(extra_arguments=KERNEL)
    try:
        for task in todo:
            _finished(task, folder, kernel)
    finally:
        kernel.shutdown_kernel(now=True)


def _execute_one(task: Task, folder: Path, made_of: str) -> tuple[str, float]:
    began = time.monotonic()
    if made_of:
        made = [code_version(_every_room()), made_of, repr(task.parameters), task.source.read_text(encoding="utf-8")]
        key = store.sha256("\n".join(made).encode())
        kept = store.cached(key, lambda: {"notebook": pd.DataFrame({"text": [_executed(task, folder)]})})
        text = str(kept["notebook"]["text"].iloc[0])
    else:
        text = _executed(task, folder)
    store.write_text(folder / f"{task.name}.ipynb", text)
    return task.name, time.monotonic() - began


def _every_room() -> tuple[str, ...]:
    rooms = (path.name for path in Path(__file__).parent.iterdir())
    return tuple(sorted(name for name in rooms if not name.startswith((".", "__pycache__"))))


def _executed(task: Task, folder: Path) -> str:
    return nbformat.writes(published(_finished(task, folder))) + "\n"


def _finished(task: Task, folder: Path, kernel: Any = None) -> nbformat.NotebookNode:
    """The notebook executed, in a kernel of its own or in one it shares; as far as it came under ``folder/failed`` if a cell fails.

    papermill puts the parameters in; it would also write the whole notebook twice a cell, which took a fifth of the time.
    """
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError

    book = _with_parameters(task)
    allowed = limits.cell_seconds()
    client = NotebookClient(book, km=kernel, kernel_name="python3", timeout=allowed, record_timing=False, extra_arguments=KERNEL)
    try:
        client.execute()
    except RuntimeError:  # DeadKernelError, or one that died before it answered
        raise Died(f"{task.name}.ipynb: its kernel died; free some memory and run again") from None
    except (CellExecutionError, CellTimeoutError) as problem:
        nbformat.write(book, folder / "failed" / f"{task.name}.ipynb")
        number, first = _reached(book)
        if isinstance(problem, CellExecutionError):
            raise Failed(
                f"{task.name}.ipynb: cell {number} stopped with {problem.ename}: "
                f"{problem.evalue}; open the notebook in JupyterLab with these parameters to look"
            ) from None
        raise Failed(
            f"{task.name}.ipynb: cell {number} ({first}) took more than {allowed} s, the limit cell_seconds; "
            "choose fewer pages or regions, or allow more with -p cell_seconds N"
        ) from None
    return book


def _with_parameters(task: Task) -> nbformat.NotebookNode:
    """The notebook of a task with its parameters, nothing executed yet."""
    from papermill.parameterize import parameterize_notebook

    book = nbformat.read(task.source, as_version=4)
    for cell in book.cells:
        cell.metadata.setdefault("tags", [])
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    if not task.parameters:
        return book
    book.metadata.setdefault("papermill", {})
    return parameterize_notebook(book, dict(task.parameters), kernel_name="python3", language="python")


def _reached(book: nbformat.NotebookNode) -> tuple[int, str]:
    """The number and the first line of the last code cell that was begun."""
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    begun = [(number, cell.source.split("\n")[0][:60]) for number, cell in enumerate(code, 1) if cell.execution_count]
    return begun[-1] if begun else (1, code[0].source.split("\n")[0][:60] if code else "")


def published(book: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """``book`` without times, machine paths and papermill's own records, ready to publish."""
    book.metadata.pop("papermill", None)
    for cell in book.cells:
        tags = cell.metadata.get("tags", [])
        cell.metadata = nbformat.NotebookNode({"tags": tags} if tags else {})
        if "injected-parameters" in tags:
            cell.id = "injected-parameters"  # papermill draws one at random, and no two runs were equal
            cell.source = _without_folders(cell.source)
    return book


def _without_folders(source: str) -> str:
    lines = []
    for line in source.splitlines():
        if line.startswith("corpus = "):
            line = f"corpus = {Path(ast.literal_eval(line.removeprefix('corpus = '))).name!r}"
        lines.append(line)
    return "\n".join(lines)
