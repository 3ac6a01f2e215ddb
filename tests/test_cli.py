"""The command line as a stranger meets it: one line, the right exit code, old results untouched."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from yigai import cli, publish, report, run, store, study

GOOD = "资兴市人民政府关于印发医改方案的通知\n组建{n}个紧密型医共体，县域内就诊率达到90%以上。\n到2025年再建{n}个专科。\n"


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("YIGAI_CACHE", str(tmp_path / "cache"))
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        monkeypatch.setenv(name, "1")


@pytest.fixture
def pages(tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    for n in (1, 2):
        (folder / f"p{n}.txt").write_text(GOOD.format(n=n), encoding="utf-8")
    return folder


@pytest.fixture
def called(capsys, tmp_path):
    """Run the command; give exit code and the lines of stderr that are no progress."""

    def call(*arguments):
        try:
            code = cli.main([str(argument) for argument in arguments])
        except SystemExit as end:  # argparse
            code = end.code
        lines = [line for line in capsys.readouterr().err.splitlines() if line.startswith("yigai:")]
        return code, lines

    return call


REFUSED = [
    ("no command", [], 2, "see yigai --help"),
    ("unknown command", ["report"], 2, "invalid choice"),
    ("unknown option", ["run", "--corpsu", "x"], 2, "--corpsu"),
    ("misspelt parameter", ["run", "-p", "n_topic", "5"], 2, "did you mean n_topics?"),
    ("mistyped parameter", ["run", "-p", "n_topics", "five"], 2, "is not a whole number"),
    ("a parameter that is code", ["run", "-p", "__import__('os')", "1"], 2, "no notebook takes this parameter"),
    ("unknown region", ["run", "-p", "regions", "atlantis"], 2, "atlantis"),
    ("region as a path", ["run", "-p", "regions", "../../etc"], 2, "../../etc"),
    ("regions of numbers", ["run", "-p", "regions", "[1]"], 2, "is not a list of texts"),
    ("region without pages", ["run", "--corpus", "{pages}", "-p", "regions", "liaoning"], 2, "no page of liaoning"),
    ("more topics than passages", ["run", "--corpus", "{pages}", "-p", "n_topics", "999"], 2, "999 topics for"),
    ("less than no topics", ["run", "--corpus", "{pages}", "-p", "n_topics", "-1"], 2, "n_topics: -1"),
    ("empty folder", ["run", "--corpus", "{empty}"], 2, "no pages here"),
    ("missing path", ["run", "--corpus", "{empty}/nowhere"], 2, "no such file or folder"),
    ("results inside the corpus", ["run", "--corpus", "{pages}", "--out", "{pages}/out"], 2, "lies inside the corpus"),
    ("results over the page itself", ["clean", "{pages}/p1.txt", "--out", "{pages}"], 2, "is the folder of the page"),
    ("no path", ["clean", ""], 2, "an empty path"),
    ("an escape in a name", ["clean", "{pages}/a\x1b[31m"], 2, "a?[31m"),
    ("a link in a ring", ["clean", "{pages}/../ring"], 2, "a link that leads to itself"),
    ("clean an empty folder", ["clean", "{empty}"], 2, "no pages here"),
    ("clean a page twice", ["clean", "{pages}", "{pages}/p1.txt"], 2, "p1: two pages of this name"),
    ("clean without --out", ["clean", "{pages}", "--no-out"], 2, "--out"),
    ("out is a file", ["clean", "{pages}", "--out", "{pages}/../file/x"], 3, "choose another --out"),
]


@pytest.mark.parametrize(("arguments", "code", "message"), [case[1:] for case in REFUSED], ids=[c[0] for c in REFUSED])
def test_what_cannot_be_done_is_one_line(called, pages, tmp_path, arguments, code, message):
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("")
    (tmp_path / "ring").symlink_to("ring")
    out = tmp_path / "out"
    filled = [a.replace("{pages}", str(pages)).replace("{empty}", str(tmp_path / "empty")) for a in arguments]
    if "--out" not in filled and "--no-out" not in filled and filled[:1] in (["run"], ["clean"]):
        filled += ["--out", str(out)]
    found, lines = called(*[a for a in filled if a != "--no-out"])
    assert (found, len(lines)) == (code, 1), lines
    assert message in lines[0]
    assert not out.exists(), "a refused run leaves no folder behind"
    assert sorted(path.name for path in pages.iterdir()) == ["p1.txt", "p2.txt"]


def test_one_document_is_a_report_without_a_comparison(called, pages, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(run, "execute", lambda *_, **__: None)
    monkeypatch.setattr(run, "grid", lambda *_: None)
    out, said = tmp_path / "out", []
    monkeypatch.setattr(cli, "progress", lambda: said.append)
    (pages / "p2.txt").write_text("")
    assert called("run", "--corpus", pages, "--out", out) == (0, [])
    assert [line for line in said if line.startswith("left out: p2.txt: ")]
    assert "1 document is no comparison: notebooks say so where they would compare" in said
    gate = store.read_table(out / "tables", "gate").set_index("check")
    assert gate.loc["documents", "severity"] == "refuse" and len(store.read_table(out / "tables", "keyness")) == 0
    assert (out / "site" / "cases" / "p1.html").exists()


def test_a_limit_that_leaves_no_page_is_named_with_the_page(called, pages, tmp_path):
    page = pages / "p1.txt"
    page.write_text("".join(GOOD.format(n=n) for n in range(2000)), encoding="utf-8")
    code, lines = called("run", "--corpus", page, "--out", tmp_path / "out", "-p", "page_seconds", 0.05)
    assert code == 2 and len(lines) == 1
    assert "no document is left: p1.txt: more than 0.05 s of computing" in lines[0] and "page_seconds" in lines[0].lower()
    assert not (tmp_path / "out").exists()


def test_an_unreadable_file_is_named_and_the_others_cleaned(called, pages, tmp_path):
    (pages / "gone.txt").symlink_to(pages / "nowhere")
    assert called("clean", pages, "--out", tmp_path / "out") == (0, [])
    assert (tmp_path / "out" / "p1.txt").read_text().startswith("资兴市人民政府")
    assert list(store.read_table(tmp_path / "out", "rejected")["file"]) == ["gone.txt"]
    assert not [path for path in (tmp_path / "out").iterdir() if path.name.startswith(".")]


def test_texts_of_an_earlier_call_are_named_since_no_table_lists_them(called, pages, tmp_path, monkeypatch):
    out, said = tmp_path / "out", []
    monkeypatch.setattr(cli, "progress", lambda: said.append)
    assert called("clean", pages, "--out", out) == (0, [])
    assert not [line for line in said if "also holds" in line]
    (pages / "p2.txt").unlink()
    assert called("clean", pages, "--out", out) == (0, [])
    assert [line for line in said if f"{out} also holds p2.txt, of no page cleaned now" in line]


FAULTS = [
    (OSError(28, "No space left on device", "x"), 3, "x: No space left on device; free some space"),
    (PermissionError(13, "Permission denied", "x"), 3, "x: Permission denied; mend it"),
    (MemoryError(), 3, "memory: not enough"),
    (store.Environment("x: y; z"), 3, "x: y; z"),
    (KeyboardInterrupt(), 3, "stopped: nothing was published"),
    (run.Failed("02.ipynb: cell 3"), 1, "02.ipynb: cell 3"),
    (RuntimeError("two\nlines"), 1, "RuntimeError: two lines; a bug"),
]


@pytest.mark.parametrize(("fault", "code", "message"), FAULTS, ids=[type(fault[0]).__name__ for fault in FAULTS])
def test_a_fault_leaves_the_old_results(called, pages, tmp_path, monkeypatch, fault, code, message):
    out = tmp_path / "out"
    store.write_text(out / "manifest.json", "old")

    def breaks(*_, **__):
        raise fault

    monkeypatch.setattr(report, "write_tables", breaks)
    found, lines = called("run", "--corpus", pages, "--out", out)
    assert (found, len(lines)) == (code, 1), lines
    assert message in lines[0]
    assert [path.name for path in out.iterdir()] == ["manifest.json"]
    assert (out / "manifest.json").read_text() == "old"


def test_a_full_disk_while_the_tables_are_written(called, pages, tmp_path, monkeypatch):
    out = tmp_path / "out"
    store.write_text(out / "manifest.json", "old")
    written = []

    def full_disk(number):
        written.append(number)
        if len(written) == 5:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    found, lines = called("run", "--corpus", pages, "--out", out)
    assert (found, len(lines)) == (3, 1), lines
    assert "No space left on device; free some space and run again" in lines[0]
    assert [path.name for path in out.iterdir()] == ["manifest.json"]


def test_a_folder_held_by_another_run_is_refused_before_any_work(called, pages, tmp_path, monkeypatch):
    monkeypatch.setattr(study, "load", None)
    command = [sys.executable, "-c", "import fcntl, sys; f = open(sys.argv[1], 'w'); f.write(sys.argv[2]); f.flush(); "
               "fcntl.flock(f, 2); print(1, flush=True); input()"]  # fmt: skip
    out = tmp_path / "out"
    out.mkdir()
    holder = f"{os.getpid()}@{socket.gethostname()}"
    with subprocess.Popen([*command, out / ".lock", holder], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        other.stdout.readline()
        found, lines = called("run", "--corpus", pages, "--out", out)
        other.kill()
    assert (found, len(lines)) == (3, 1)
    assert f"in use by process {holder}; wait for it or choose another --out" in lines[0]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
def test_a_signal_ends_the_run_in_one_line_and_clears_up(called, pages, tmp_path, monkeypatch, number):
    out = tmp_path / "out"

    def signalled(*_, **__):
        os.kill(os.getpid(), number)
        time.sleep(10)

    monkeypatch.setattr(report, "write_tables", signalled)
    found, lines = called("run", "--corpus", pages, "--out", out)
    assert (found, lines) == (3, ["yigai: stopped: nothing was published; run again, measured pages are kept"])
    assert not out.exists()


def test_pages_that_change_during_a_run_are_never_published(called, pages, tmp_path, monkeypatch):
    out = tmp_path / "out"
    store.write_text(out / "manifest.json", "old")

    def edits(todo, folder, say, *, made_of):
        (pages / "p1.txt").write_text("别的", encoding="utf-8")

    monkeypatch.setattr(run, "execute", edits)
    monkeypatch.setattr(publish, "site", lambda stage: None)
    found, lines = called("run", "--corpus", pages, "--out", out)
    assert (found, len(lines)) == (2, 1), lines
    assert "changed during the run, nothing was published; run again" in lines[0]
    assert (out / "manifest.json").read_text() == "old"


def test_a_corpus_that_the_results_would_replace_is_refused(called, pages, tmp_path):
    out = tmp_path / "out"
    (out / "raw").mkdir(parents=True)
    kept = (pages / "p1.txt").read_bytes()
    for page in pages.iterdir():
        (out / "raw" / page.name).write_bytes(page.read_bytes())
    code, (line,) = called("run", "--corpus", out / "raw", "--out", out)
    assert code == 2
    assert "where the results in" in line
    assert (out / "raw" / "p1.txt").read_bytes() == kept
