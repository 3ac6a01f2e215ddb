"""The parameters of notebooks: which there are, what a user may give, checked before anything runs.

papermill, which puts the parameters in, only warns on a misspelt one and runs with the default, and
pastes parameter names unescaped into a cell; the checks here exist for these two.
"""

from __future__ import annotations

import ast
import json
import keyword
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from yigai import limits, store

#: Runs once for each point of the sensitivity grid, with parameters of the run's choice.
GRID = "sensitivity"
#: What the runner itself passes to the notebooks; users name them by other options.
OWN = ("corpus", "region", "topic_ids")
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


class BadParameter(ValueError):
    """A parameter that no notebook takes, or of the wrong type. Exit code 2."""


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
    cells = json.loads(source.read_text(encoding="utf-8"))["cells"]
    tagged = [cell for cell in cells if "parameters" in cell["metadata"].get("tags", [])]
    tree = ast.parse("\n".join("".join(cell["source"]) for cell in tagged))
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
    yigai.parameters.BadParameter: n_topic: no notebook takes this parameter; did you mean n_topics?
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
