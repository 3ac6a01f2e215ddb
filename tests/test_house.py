"""House rules: notebooks read like the style card says, and the lock and its neighbours agree."""

import ast
import re
import tomllib
from importlib.metadata import requires
from pathlib import Path

import nbformat
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def code_cells(path):
    return [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]


def test_the_notebooks_of_the_design_are_there():
    names = {path.stem for path in NOTEBOOKS}
    assert names >= {"01_clean", "02_topics", "03_models", "04_compare", "region"}


@each_notebook
def test_one_parameters_cell_without_derived_values(path):
    tagged = [c for c in code_cells(path) if "parameters" in c.metadata.get("tags", [])]
    assert len(tagged) == 1
    for node in ast.parse(tagged[0].source).body:
        ast.literal_eval(node.value)


@each_notebook
def test_logic_lives_in_the_package(path):
    for cell in code_cells(path):
        for node in ast.walk(ast.parse(cell.source)):
            assert not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda), cell.source
        assert len(cell.source.splitlines()) <= 15, cell.source


@each_notebook
def test_nothing_depends_on_place(path):
    for cell in code_cells(path):
        assert not re.search(r"sys\.path|^[!%]|Path\(|open\(|chdir", cell.source, re.M), cell.source
    assert not re.search(r"/(home|root|tmp|work)/", path.read_text())


@each_notebook
def test_stored_outputs_come_from_one_fresh_kernel(path):
    counts = [cell.execution_count for cell in code_cells(path)]
    assert counts == list(range(1, len(counts) + 1))


@each_notebook
def test_no_errors_and_no_noise_on_stderr(path):
    for cell in code_cells(path):
        for output in cell.outputs:
            assert output.output_type != "error"
            assert output.get("name") != "stderr"


@each_notebook
def test_prose_and_code_keep_each_other_company(path):
    cells = nbformat.read(path, as_version=4).cells
    prose = sum(cell.cell_type == "markdown" for cell in cells)
    code = len(cells) - prose
    assert 0.6 <= prose / code <= 2.0
    assert cells[0].cell_type == "markdown"
    assert "?" in cells[0].source.splitlines()[0], "the title is the question"


@each_notebook
def test_metadata_carries_no_time_and_the_plain_kernel(path):
    book = nbformat.read(path, as_version=4)
    assert book.metadata.kernelspec.name == "python3"
    assert "papermill" not in book.metadata
    assert all("execution" not in cell.metadata for cell in book.cells)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "src").rglob("*.py")), ids=lambda p: str(p.relative_to(ROOT / "src"))
)
def test_only_the_store_writes_and_only_the_plot_room_draws(path):
    room = path.relative_to(ROOT / "src" / "yigai").parts[0]
    source = path.read_text()
    if room != "plot":
        assert not re.search(r"^\s*(import|from) matplotlib", source, re.M)
    if room != "store":
        assert not re.search(r"(?<!store)\.(write_text|write_bytes)\(|\.to_parquet\(", source)


def test_environment_yml_holds_only_python_pip_and_the_lock():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    assert environment["name"] == "yigai"
    plain = [item for item in environment["dependencies"] if isinstance(item, str)]
    assert [item.split("=")[0] for item in plain] == ["python", "pip"]
    assert environment["dependencies"][-1] == {"pip": ["-r requirements.lock"]}


def test_every_requirement_is_satisfied_in_the_lock():
    locked = {}
    for line in (ROOT / "requirements.lock").read_text().splitlines():
        if found := re.match(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^ ;\\]+)", line):
            locked.setdefault(canonicalize_name(found[1]), set()).add(found[2])
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["test"]
    for text in wanted:
        requirement = Requirement(text)
        versions = locked.get(canonicalize_name(requirement.name), set())
        assert any(requirement.specifier.contains(v) for v in versions), text
    assert requires("yigai"), "the project itself is installed"


def test_seeds_are_the_five_pages_byte_for_byte():
    import hashlib

    pages = sorted((ROOT / "seeds").glob("*.txt"))
    assert len(pages) == 5
    assert hashlib.sha256(b"".join(page.read_bytes() for page in pages)).hexdigest() == SEEDS


SEEDS = "110f9843331996fcde032b1cce357231b94f3179f635f5d99a50faa00e7485d6"
