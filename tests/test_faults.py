"""Whatever dies, hangs or changes during a run: every page is accounted for, and the next run gives the same."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from yigai import clean, parts, report, run, store, study
from yigai.corpus import walk

PAGE = "资兴市人民政府关于医改的通知\n组建{n}个紧密型医共体，县域内就诊率达到90%以上。\n"


@pytest.fixture
def pages(tmp_path, monkeypatch):
    monkeypatch.setenv("YIGAI_CACHE", str(tmp_path / "cache"))
    for number in range(4):
        store.write_text(tmp_path / "pages" / f"p{number}.txt", PAGE.format(n=number))
    return tmp_path / "pages"


#: A way of measuring that kills its process: at every page with 毒 in it, or once, at the first page.
DEADLY = """
import os, pathlib, sys
from yigai import parts, spool, store, study, workers
def always(documents):
    if any("毒" in page.raw for page in documents):
        os.kill(os.getpid(), 9)
    return parts._measured(documents)
def once(documents):
    mark = pathlib.Path(os.environ["YIGAI_CACHE"]) / "was killed"
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), 9)
    return parts._measured(documents)
def main(pages, how, few):
    workers.FEW = int(few)
    store.ensure_cache()
    stage = parts.Stage(how, globals()[how], rooms=("parts.py",))
    found = spool.read(pages).parts
    workers.measure(found, study.silent, stages=(stage,))
    tables = [stage.tables(part) for part in found]
    print(sorted(doc for one in tables for doc in one["documents"]["doc"]))
    print([row for one in tables for row in one["rejected"].to_dict("records")])
"""


@pytest.fixture
def measured(tmp_path, pages):
    """Measure the pages in a process of its own, in the way named; gives its exit code and what it says."""
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "deadly.py").write_text(DEADLY, encoding="utf-8")

    def call(how, few):
        answer = subprocess.run(
            [sys.executable, "-c", f"import deadly; deadly.main({str(pages)!r}, {how!r}, {few})"],
            env={**os.environ, "PYTHONPATH": f"{tmp_path / 'code'}:{Path(parts.__file__).parents[1]}"},
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert answer.returncode in (0, -signal.SIGKILL), answer.stderr
        return answer.returncode, answer.stdout.splitlines()

    return call


@pytest.mark.parametrize("few", [0, 100], ids=["in workers", "in the run itself"])
def test_a_page_that_kills_whatever_measures_it_is_set_aside_by_name_and_stays_so(pages, measured, few):
    store.write_text(pages / "p2.txt", "毒" + PAGE)
    answers = [measured("always", few) for _ in range(2 if few == 0 else 3)]
    if few:
        assert answers.pop(0)[0] == -signal.SIGKILL, "where there are no workers the run dies, once"
    for code, (kept, rejected) in answers:
        assert code == 0
        assert kept == "['p0', 'p1', 'p3']"
        assert "'file': 'p2.txt'" in rejected
        assert "killed the worker 3 times" in rejected
    assert answers[0] == answers[1]


def test_a_worker_that_dies_once_costs_no_page(measured):
    assert measured("once", 0) == (0, ["['p0', 'p1', 'p2', 'p3']", "[]"])


def test_a_run_that_was_killed_and_no_page_to_blame_costs_no_page(measured):
    assert measured("once", 100)[0] == -signal.SIGKILL
    assert measured("once", 100) == (0, ["['p0', 'p1', 'p2', 'p3']", "[]"])


def test_a_mark_stands_while_something_is_made_and_is_the_dead_ones_only(tmp_path, monkeypatch):
    monkeypatch.setenv("YIGAI_CACHE", str(tmp_path))
    with store.begun("ab1") as died:
        assert not died
        with store.begun("ab1") as again:
            assert not again, "its maker lives"
    assert not list(tmp_path.rglob("*.begun"))
    store.write_text(tmp_path / "ab" / "ab1.begun", "")
    with store.begun("ab1") as died:
        assert died
    with pytest.raises(ValueError, match="x"), store.begun("ab1"):
        raise ValueError("x")
    with store.begun("ab1") as died:
        assert not died, "an error is no death"


def dies_once(mark, value):
    if value == 3 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return value


def dies(value):
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_killed_process_of_the_notebooks_is_begun_again(tmp_path):
    calls = [(tmp_path / "mark", value) for value in range(6)]
    assert list(run._in_pool(dies_once, calls)) == list(range(6))
    with pytest.raises(store.Environment, match="notebooks: their processes are killed; free some memory"):
        list(run._in_pool(dies, [(1,)]))


def added_up(said, total):
    (line,) = [line for line in said if " in = " in line]
    counts = [int(word) for word in line.split(";")[0].split() if word.isdigit()]
    assert counts[0] == sum(counts[1:]) == total, line
    return counts[1:]


def test_a_page_that_is_gone_when_its_turn_comes_is_rejected_by_name(pages, tmp_path, monkeypatch):
    content, said = walk.content, []

    def gone(file, *rest):
        (pages / "p3.txt").unlink(missing_ok=True)
        return content(file, *rest)

    monkeypatch.setattr(walk, "content", gone)
    report.clean_only([pages], tmp_path / "out", say=said.append)
    assert added_up(said, 4) == [3, 1, 0]
    (row,) = store.read_table(tmp_path / "out", "rejected").to_dict("records")
    assert row["file"] == "p3.txt"


def test_a_page_without_end_is_set_aside_by_name_and_stays_so(pages, tmp_path, monkeypatch):
    monkeypatch.setenv("YIGAI_PAGE_SECONDS", "0.3")
    monkeypatch.setattr(parts, "USUAL_SECONDS", 0.3)
    whole = clean.text

    def hangs(raw, **options):
        while "组建2个" in raw:
            pass
        return whole(raw, **options)

    monkeypatch.setattr(clean, "text", hangs)
    for _ in range(2):
        said = []
        report.clean_only([pages], tmp_path / "out", say=said.append)
        assert added_up(said, 4) == [3, 1, 0]
        (row,) = store.read_table(tmp_path / "out", "rejected").to_dict("records")
        assert (row["file"], "more than 0.3 s of computing" in row["reason"]) == ("p2.txt", True)
        monkeypatch.setattr(clean, "text", whole)  # the next run has it from the cache


def test_pages_changed_and_taken_away_between_a_killed_run_and_the_next_leave_nothing_old(pages, tmp_path, monkeypatch):
    case = study.load(str(pages))
    assert len(case.documents) == 4  # measured, then killed: the cache is all that is left
    store.write_text(pages / "p1.txt", PAGE.format(n=77))
    (pages / "p0.txt").unlink()
    report.write_tables(study.load(str(pages)), tmp_path / "resumed")
    monkeypatch.setenv("YIGAI_CACHE", str(tmp_path / "another"))
    report.write_tables(study.load(str(pages)), tmp_path / "fresh")
    assert store.hashes(tmp_path / "resumed") == store.hashes(tmp_path / "fresh")
    assert "77个" in "".join(store.read_table(tmp_path / "resumed", "sentences")["text"])


def test_two_runs_with_one_cache_at_the_same_moment_are_both_right(pages, tmp_path):
    def start(out):
        return subprocess.Popen([sys.executable, "-m", "yigai", "clean", str(pages), "--out", str(tmp_path / out)])

    runs = [start("one"), start("two")]
    assert [process.wait() for process in runs] == [0, 0]
    assert start("warm").wait() == 0
    assert store.hashes(tmp_path / "one") == store.hashes(tmp_path / "two") == store.hashes(tmp_path / "warm")
    assert not list(tmp_path.rglob(".part-*"))


DAMAGE = {
    "cut short": lambda entry: [os.truncate(path, 100) for path in entry.glob("*.parquet")],
    "rubbish": lambda entry: (entry / "texts.parquet").write_bytes(bytes(range(256)) * 99),
    "an empty list": lambda entry: (entry / "hashes.json").write_text(""),
    "another kind of list": lambda entry: (entry / "hashes.json").write_text("[1, 2]"),
    "a list nested without end": lambda entry: (entry / "hashes.json").write_text("[" * 100_000),
    "a folder for a table": lambda entry: [(entry / "texts.parquet").unlink(), (entry / "texts.parquet").mkdir()],
    "another table's bytes": lambda entry: (entry / "texts.parquet").write_bytes((entry / "edits.parquet").read_bytes()),
    "a table is gone": lambda entry: (entry / "texts.parquet").unlink(),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_cache_costs_time_and_nothing_else(pages, tmp_path, damage):
    report.clean_only([pages], tmp_path / "before")
    for entry in (tmp_path / "cache").glob("*/*"):
        damage(entry)
    report.clean_only([pages], tmp_path / "after")
    assert store.hashes(tmp_path / "before") == store.hashes(tmp_path / "after")


def test_where_the_cache_is_full_another_is_taken_and_where_all_is_full_it_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("YIGAI_CACHE", str(tmp_path / "cache"))
    write, full = store.keeping._try, [tmp_path / "cache"]

    def fills(folder):
        if folder in full or "all" in full:
            raise OSError(28, "No space left on device")
        write(folder)

    monkeypatch.setattr(store.keeping, "_try", fills)
    store.ensure_cache()
    assert store.cache_folder() != tmp_path / "cache"
    assert store.cached(store.sha256(b"k"), lambda: {"t": pd.DataFrame({"a": [1]})})["t"]["a"].tolist() == [1]
    full.append("all")
    with pytest.raises(store.Environment, match="No space left on device; free some space, or set YIGAI_CACHE"):
        store.ensure_cache()


def test_a_half_written_file_of_long_ago_is_taken_away_a_young_one_is_not(tmp_path, monkeypatch):
    monkeypatch.setenv("YIGAI_CACHE", str(tmp_path))
    key = store.sha256(b"k")
    entry = tmp_path / key[:2] / key
    for name, age in ((".part-old", 9999), (".part-new", 0)):
        store.write_text(entry / name, "half")
        os.utime(entry / name, (time.time() - age,) * 2)
    store.cached(key, lambda: {"t": pd.DataFrame({"a": [1]})})
    assert sorted(path.name for path in entry.iterdir()) == [".part-new", "hashes.json", "t.parquet"]


def test_ctrl_c_while_the_program_is_still_loading_is_one_line(pages, tmp_path):
    command = [sys.executable, "-m", "yigai", "clean", str(pages), "--out", str(tmp_path / "out")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None and "numpy" not in Path(f"/proc/{process.pid}/maps").read_text():
            time.sleep(0.005)
        process.send_signal(signal.SIGINT)
        said = process.communicate()[1].splitlines()
    assert (process.returncode, said[-1:]) == (3, ["yigai: stopped: nothing was published; run again, measured pages are kept"])
    assert not [line for line in said if "Traceback" in line]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", [lambda pages, out: report.clean_only([pages], out), lambda pages, out: study.load(str(pages))], ids=["clean", "run"])
def test_a_forged_cache_in_which_a_page_is_missing_is_refused(pages, tmp_path, command):
    command(pages, tmp_path / "before")
    for entry in (tmp_path / "cache").glob("*/*"):
        short = {path.stem: store.parquet_bytes(pd.read_parquet(path).iloc[1:]) for path in entry.glob("*.parquet")}
        store.keeping._write_cached(entry, short)
    with pytest.raises(store.Environment, match="tells of 3 pages, 4 were read; remove it and run again"):
        command(pages, tmp_path / "after")
    assert not (tmp_path / "after").exists()


DIES = """
import os, pathlib
mark = pathlib.Path({mark!r})
if not mark.exists():
    mark.touch()
    os.kill(os.getpid(), 9)
print("done")
"""


def test_a_notebook_whose_kernel_is_killed_is_begun_again_and_leaves_nothing_unfinished(tmp_path):
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(DIES.format(mark=str(tmp_path / "mark")))])
    nbformat.write(book, tmp_path / "a.ipynb")
    said = []
    run.execute([run.Task(tmp_path / "a.ipynb", "a", ())], tmp_path / "out", lambda name, took: said.append(name))
    assert said == ["a"]
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["a.ipynb"]
    assert "done" in (tmp_path / "out" / "a.ipynb").read_text()
