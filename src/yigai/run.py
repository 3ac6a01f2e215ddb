"""Run the notebooks: kernels in worker processes, results published whole."""

from __future__ import annotations

import ast
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pandas as pd

from yigai import code, limits, store, workers
from yigai.ipynb import nbformat
from yigai.parameters import GRID as GRID
from yigai.parameters import BadParameter as BadParameter
from yigai.parameters import check_parameters as check_parameters
from yigai.parameters import declared, notebooks_folder
from yigai.parameters import parse as parse
from yigai.parameters import sources as sources

if TYPE_CHECKING:
    from nbformat import NotebookNode

#: The measuring notebooks in reading order; ``region`` runs once per region, the essay on the
#: five seed pages only on the seeds.
MEASURING = ("01_clean", "02_topics", "03_models", "04_compare")
REGION = "region"
#: On more pages the points of the sensitivity grid are drawn in one process instead of a notebook each, which would
#: read the corpus anew.
MOST_GRID = 200
FINDINGS = "05_findings"
#: How many processes may die before a run ends.
TRIES = 3
#: Notebooks at work at the same time, and what their kernels are started with.
AT_ONCE = min(os.cpu_count() or 1, 4)
KERNEL = ["--IPKernelApp.log_level=CRITICAL"]


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

    Those that were lost with a process that was killed are made again, until TRIES processes were; when the code
    is edited meanwhile, what is still to do is kept for this run alone.
    """
    given = deaths = 0
    while True:
        try:
            for result in _pooled(function, calls[given:]):
                given += 1
                yield result
            return
        except code.Edited:
            code.pass_by()
        except (BrokenProcessPool, Died) as died:
            deaths += 1
            if deaths < TRIES:
                continue
            if isinstance(died, Died):
                raise
            raise store.Environment("notebooks: their processes are killed; free some memory and run again") from None


def _pooled(function: Callable[..., Any], calls: Sequence[tuple[Any, ...]]) -> Iterator[Any]:
    nbformat()  # once, where processes are forks of this one
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
    nbformat()
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
    text = _remembered(task, folder, made_of) if made_of else _executed(task, folder)
    store.write_text(folder / f"{task.name}.ipynb", text)
    return task.name, time.monotonic() - began


def _remembered(task: Task, folder: Path, made_of: str) -> str:
    """The notebook executed, from the cache while all it is made of is the same.

    Raises code.Edited where it would be kept under a wrong name: its kernel imports the code as it is now.
    """

    def make() -> dict[str, pd.DataFrame]:
        code.check(code.everything())
        made = pd.DataFrame({"text": [_executed(task, folder)]})
        code.check(code.everything())
        return {"notebook": made}

    return str(store.cached(_key(task, made_of), make)["notebook"]["text"].iloc[0])


def _key(task: Task, made_of: str) -> str:
    fonts = store.hashes(code.PACKAGE / "data" / "fonts")  # figures are set in them; nothing that is measured is
    made = [code.code_version(code.everything()), repr(fonts), made_of, repr(task.parameters), task.source.read_text(encoding="utf-8")]
    return store.sha256("\n".join(made).encode())


def _executed(task: Task, folder: Path) -> str:
    return nbformat().writes(published(_finished(task, folder))) + "\n"


def _finished(task: Task, folder: Path, kernel: Any = None) -> NotebookNode:
    """The notebook executed, in a kernel of its own or in one it shares; as far as it came under ``folder/failed`` if a cell fails.

    papermill puts the parameters in; it would also write the whole notebook twice a cell, which took a fifth of the time.
    """
    book = _with_parameters(task)
    from nbclient import NotebookClient  # not sooner: they import nbformat as it comes
    from nbclient.exceptions import CellExecutionError, CellTimeoutError

    allowed = limits.cell_seconds()
    client = NotebookClient(book, km=kernel, kernel_name="python3", timeout=allowed, record_timing=False, extra_arguments=KERNEL)
    try:
        client.execute()
    except RuntimeError:  # DeadKernelError, or one that died before it answered
        raise Died(f"{task.name}.ipynb: its kernel died; free some memory and run again") from None
    except (CellExecutionError, CellTimeoutError) as problem:
        nbformat().write(book, folder / "failed" / f"{task.name}.ipynb")
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


def _with_parameters(task: Task) -> NotebookNode:
    """The notebook of a task with its parameters, nothing executed yet."""
    from papermill.parameterize import parameterize_notebook

    book = nbformat().read(task.source, as_version=4)
    for cell in book.cells:
        cell.metadata.setdefault("tags", [])
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    if not task.parameters:
        return book
    book.metadata.setdefault("papermill", {})
    return parameterize_notebook(book, dict(task.parameters), kernel_name="python3", language="python")


def _reached(book: NotebookNode) -> tuple[int, str]:
    """The number and the first line of the last code cell that was begun."""
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    begun = [(number, cell.source.split("\n")[0][:60]) for number, cell in enumerate(code, 1) if cell.execution_count]
    return begun[-1] if begun else (1, code[0].source.split("\n")[0][:60] if code else "")


def published(book: NotebookNode) -> NotebookNode:
    """``book`` without times, machine paths and papermill's own records, ready to publish."""
    book.metadata.pop("papermill", None)
    for cell in book.cells:
        tags = cell.metadata.get("tags", [])
        cell.metadata = nbformat().NotebookNode({"tags": tags} if tags else {})
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
