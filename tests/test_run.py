"""Parameters are checked before anything runs; published notebooks carry no machine and no time."""

import subprocess
import sys

import nbformat
import pytest

from yigai import compare, deadline, limits, run, study
from yigai.run import BadParameter


@pytest.fixture
def notebook(tmp_path):
    cell = nbformat.v4.new_code_cell(
        'corpus = ""  # folder or file\nregions: list = []\nn_topics: int = 0\nshare = 0.5',
        metadata={"tags": ["parameters"]},
    )
    path = tmp_path / "nb.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    return path


def test_parameters_are_read_with_their_defaults(notebook):
    assert run.declared(notebook) == {"corpus": "", "regions": [], "n_topics": 0, "share": 0.5}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"n_topic": 3}, "did you mean n_topics?"),
        ({"zzz": 3}, "known: cell_seconds, n_topics, page_seconds, regions, share"),
        ({"n_topics": "many"}, 'n_topics: "many" is not a whole number'),
        ({"n_topics": 2.5}, "is not a whole number"),
        ({"n_topics": True}, "is not a whole number"),
        ({"regions": [1]}, "is not a list of texts"),
        ({"share": "half"}, "is not a number"),
        ({"corpus": "x"}, "use --corpus PATH"),
        ({"__import__('os')": 1}, "no notebook takes this parameter"),
    ],
)
def test_a_wrong_parameter_is_refused_with_a_remedy(notebook, given, message):
    with pytest.raises(BadParameter) as refused:
        run.check_parameters(given, [notebook])
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)


OUT_OF_RANGE = [
    ("random_state", -1), ("random_state", 2**32), ("n_terms", 0), ("n_terms", 10**12), ("resamples", -5),
    ("sample_size", 0), ("most", -1), ("scope", "everything"), ("term", "a\nb"), ("term", "a\x1b[31m"), ("term", "医" * 300), ("parent", "\u202e"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), OUT_OF_RANGE)
def test_a_value_no_notebook_can_work_with_is_refused_before_anything_runs(name, value):
    sources = sorted(run.notebooks_folder().glob("*.ipynb"))
    with pytest.raises(BadParameter, match=name) as refused:
        run.check_parameters({name: value}, sources)
    assert len(str(refused.value)) < 250


@pytest.mark.parametrize("value", ["[" * 100_000, "9" * 5000, "1e999", "NaN", '{"a": 1}', "!!python/object:x.y {}"])
def test_any_text_is_parsed_and_none_is_a_number_of_topics(value):
    sources = sorted(run.notebooks_folder().glob("*.ipynb"))
    with pytest.raises(BadParameter, match="n_topics"):
        run.check_parameters({"n_topics": run.parse(value)}, sources)


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ({"regions": "hunan"}, {"regions": ["hunan"]}),
        ({"share": 1}, {"share": 1.0}),
        ({"n_topics": 4}, {"n_topics": 4}),
    ],
)
def test_a_right_parameter_is_taken(notebook, given, taken):
    assert run.check_parameters(given, [notebook]) == taken


def test_a_published_notebook_has_no_folder_no_time_and_no_papermill_record():
    injected = nbformat.v4.new_code_cell(
        '# Parameters\ncorpus = "/somewhere/pages"', metadata={"tags": ["injected-parameters"]}
    )
    injected.metadata["execution"] = {"iopub.execute_input": "2026-11-22T00:00:00Z"}
    book = nbformat.v4.new_notebook(cells=[injected], metadata={"papermill": {"duration": 3}})
    text = nbformat.writes(run.published(book))
    assert "somewhere" not in text
    assert "corpus = 'pages'" in run.published(book).cells[0].source
    assert "2026" not in text
    assert "papermill" not in text
    assert run.published(book).cells[0].id == "injected-parameters", "an id drawn at random makes runs differ"


def test_an_executed_notebook_is_taken_from_the_cache_while_nothing_has_changed(tmp_path, monkeypatch):
    monkeypatch.setenv("YIGAI_CACHE", str(tmp_path / "cache"))
    source = tmp_path / "clock.ipynb"
    cell = nbformat.v4.new_code_cell("import time\nprint(time.time_ns())")
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), source)
    made = {}
    for name, made_of in (("first", {"clock": "a"}), ("same", {"clock": "a"}), ("other", {"clock": "b"}), ("unnamed", {})):
        run.execute([run.Task(source, "clock", ())], tmp_path / name, lambda *_: None, made_of=made_of)
        made[name] = (tmp_path / name / "clock.ipynb").read_text()
    assert made["first"] == made["same"]
    assert len(set(made.values())) == 3


def test_a_cell_that_takes_too_long_is_named_with_the_limit_that_allows_more(tmp_path, monkeypatch):
    source = tmp_path / "slow.ipynb"
    cells = [nbformat.v4.new_code_cell("x = 1"), nbformat.v4.new_code_cell("import time\ntime.sleep(60)")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), source)
    with limits.held({"cell_seconds": 1}), pytest.raises(run.Failed) as stopped:
        run.execute([run.Task(source, "slow", ())], tmp_path / "out", lambda *_: None)
    said = str(stopped.value)
    assert said.startswith("slow.ipynb: cell 2 (import time) took more than 1 s") and "-p cell_seconds N" in said


@pytest.mark.parametrize(("name", "value"), [("page_seconds", 0), ("page_seconds", "long"), ("cell_seconds", 0.5), ("cell_seconds", -1)])
def test_a_limit_is_checked_like_a_parameter(name, value):
    with pytest.raises(BadParameter, match=name):
        run.check_parameters({name: value}, run.sources())


def test_limits_are_held_as_long_as_the_run_lasts(monkeypatch):
    monkeypatch.setenv("YIGAI_PAGE_SECONDS", "7")
    monkeypatch.delenv("YIGAI_CELL_SECONDS", raising=False)
    with limits.held({"page_seconds": 2.5, "cell_seconds": 9}):
        assert (deadline.page_seconds(), limits.cell_seconds()) == (2.5, 9)
    assert (deadline.page_seconds(), limits.cell_seconds()) == (7, 3600)


def test_a_failing_notebook_is_named_with_cell_and_error_and_kept_apart(tmp_path):
    source = tmp_path / "broken.ipynb"
    cells = [nbformat.v4.new_code_cell("x = 1"), nbformat.v4.new_code_cell("1 / 0")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), source)
    with pytest.raises(run.Failed, match=r"broken\.ipynb: cell 2 stopped with ZeroDivisionError"):
        run.execute([run.Task(source, "broken", ())], tmp_path / "out", lambda *_: None)
    assert not (tmp_path / "out" / "broken.ipynb").exists()
    assert (tmp_path / "out" / "failed" / "broken.ipynb").exists()


def test_the_grid_takes_no_parameter_from_the_user_that_it_varies_itself():
    assert run.GRID not in [path.stem for path in run.sources()]
    with pytest.raises(BadParameter, match="stop_words"):
        run.check_parameters({"stop_words": "kept"}, run.sources())
    with pytest.raises(BadParameter, match="kept from the run"):
        run.check_parameters({"topic_ids": [1]}, run.sources())


PAGES = {
    "a": "甲市深化医改方案\n全面推进紧密型县域医共体建设，实行人员、财务、药品统一管理。\n落实双向转诊制度。\n",
    "b": "乙市深化医改方案\n推进紧密型县域医共体建设。\n医共体实行药品统一管理，完善双向转诊。\n",
    "c": "丙市深化医改方案\n发展远程医疗，建设影像中心。\n医保支付按病种付费，药品集中带量采购。\n",
}


def test_a_point_run_by_papermill_concludes_what_one_process_concludes(tmp_path, monkeypatch):
    (tmp_path / "pages").mkdir()
    for name, text in PAGES.items():
        (tmp_path / "pages" / f"{name}.txt").write_text(text, encoding="utf-8")
    monkeypatch.setenv("YIGAI_CACHE", str(tmp_path / "notebooks"))
    points = [{}, {"stop_words": "kept"}, {"rules_off": ["width"], "leave_out": "c"}]
    run.grid(points, {}, str(tmp_path / "pages"), tmp_path / "out")
    settings = [compare.Setting(), compare.Setting(stop_words="kept"), compare.Setting(rules_off=("width",), leave_out="c")]
    case = study.load(str(tmp_path / "pages"))
    assert [one in case.undrawn() for one in settings[:2]] == [False, False], "a notebook left its point in the cache"
    drawn = [case.conclusions(one) for one in settings]
    monkeypatch.setenv("YIGAI_CACHE", str(tmp_path / "here"))
    again = study.load(str(tmp_path / "pages"))
    for one, by_notebook in zip(settings, drawn, strict=True):
        assert again.conclusions(one).equals(by_notebook)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_run_begins_without_the_grammars_of_addresses():
    """A checker of JSON builds 39 of them when it finds them, a second of computing in every process."""
    code = "import sys; from yigai import run; run.declared(run.sources()[0]); assert 'nbformat' not in sys.modules; run.nbformat().v4.new_notebook(); assert 'lark' not in sys.modules; assert 'rfc3987_syntax' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).returncode == 0
