"""What is kept is named after everything it is made of: nothing old is taken for new."""

import ast
import shutil
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from yigai import code, counted, parts, run, store, study, trials
from yigai.publish import kept

PACKAGE = Path(code.__file__).parent
#: Rooms that decide no result: they keep, read and hand over.
SILENT = {"store", "code.py", "study.py"}
#: Of it pages use the words of health alone, which ask nobody else.
SUBJECT = "compare/subject.py"
#: What is kept, the rooms that make it, and the rooms in its name.
KEPT = {
    "a page measured": ([room for room in parts.ROOMS if room != SUBJECT], parts.ROOMS),
    "what documents say": (parts.TOLD.rooms, (*parts.ROOMS, *parts.TOLD.rooms)),
    "words": (counted.ROOMS, (*parts.ROOMS, *counted.ROOMS)),
    "topics": (["topics"], study.TOPIC_ROOMS),
    "conclusions": (trials.COMPARING_ROOMS, trials.COMPARING_ROOMS),
}
#: The packages that measuring imports by another name than they are installed by; None: what decides no result.
INSTALLED = {"ahocorasick": "pyahocorasick", "sklearn": "scikit-learn", "yaml": None, "threadpoolctl": None}
#: What makes texts of files; their hash is in the name.
READING = "corpus"


def sources(room):
    place = PACKAGE / room
    return sorted(place.rglob("*.py")) if place.is_dir() else [place]


def imported(path):
    """The modules a file imports, by their whole names; what only types need does not count."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing = {id(inner) for node in ast.walk(tree) if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) in typing:
            continue
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "yigai":
            yield from (f"yigai.{name.name}" for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module


def places_of(module):
    """The room a module of ours is in, and the module itself, as they may stand in a name."""
    parts = module.split(".")[1:]
    return {"/".join(parts[:end]) + ending for end in (1, len(parts)) for ending in ("", ".py")}


@pytest.mark.parametrize("what", KEPT)
def test_no_room_is_used_whose_code_is_not_in_the_name(what):
    makers, named = KEPT[what]
    used = {name for maker in makers for path in sources(maker) if path.suffix == ".py" for name in imported(path)}
    own = [name for name in used if name.startswith("yigai.")]
    assert [name for name in sorted(own) if not places_of(name) & (SILENT | set(named))] == []


def test_every_package_that_measures_or_compares_is_in_the_name():
    makers = [path for room in (*trials.COMPARING_ROOMS, "counted.py") if room != READING for path in sources(room) if path.suffix == ".py"]
    outside = {name.split(".")[0] for path in makers for name in imported(path)} - set(__import__("sys").stdlib_module_names) - {"yigai"}
    assert {name for one in outside if (name := INSTALLED.get(one, one))} <= set(code.PACKAGES)


PAGE = "{place}人民政府关于深化医改的实施方案\n组建3个紧密型医共体，县域内就诊率达到90%以上。\n推进三医联动改革，医保基金打包付费。\n"


@pytest.fixture
def pages(tmp_path):
    for number, place in enumerate(("湖南省资兴市", "辽宁省海城市")):
        store.write_text(tmp_path / "pages" / f"p{number}.txt", PAGE.format(place=place))
    return tmp_path / "pages"


def test_a_decision_of_a_reader_that_changes_no_card_draws_conclusions_anew(pages):
    before = study.load(str(pages))
    raw = before.pages[0].raw
    at = raw.index("紧密型")
    row = f"{store.sha256(raw.encode())},{at},{at + 3},replace,松散型,read the scan"
    store.write_text(pages / "overrides.csv", f"page,start,end,decision,after,reason\n{row}\n")
    after = study.load(str(pages))
    assert list(before.sentences["text"]) != list(after.sentences["text"])
    assert before.documents.equals(after.documents), "the documents table does not show it"
    assert trials._key(before, "conclusions") != trials._key(after, "conclusions")
    assert trials._key(after, "conclusions") == trials._key(study.load(str(pages)), "conclusions")


def test_topics_are_kept_with_the_words_that_stand_in_flagged_spans(pages):
    case = study.load(str(pages))
    row = case.sentences.iloc[1]
    unsure = case.flagged.iloc[:0].reindex(range(1)).assign(doc=row["doc"], start=int(row["start"]), end=int(row["start"]) + 2)
    other = case.sentences.assign(text=case.sentences["text"].where(case.sentences.index != 1, "改建" + row["text"][2:]))

    def model(sentences):
        case.tables._made.update(sentences=sentences, flagged=unsure)
        return replace(case).topic_model[1]["text"].iloc[0]

    assert model(case.sentences).startswith("组建")
    assert model(other).startswith("改建")


@pytest.fixture
def task(tmp_path):
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("print('figure')")])
    nbformat.write(book, tmp_path / "a.ipynb")
    return run.Task(tmp_path / "a.ipynb", "a", ())


def test_figures_are_drawn_anew_in_other_fonts(task, monkeypatch):
    before = run._key(task, "tables")
    assert run._key(task, "tables") == before != run._key(task, "other tables")
    monkeypatch.setattr(store, "hashes", lambda folder: {"other.otf": "0"})
    assert run._key(task, "tables") != before


@pytest.fixture
def edited(tmp_path, monkeypatch):
    """A copy of the package that is edited by the function this gives."""
    monkeypatch.setattr(code, "PACKAGE", tmp_path / "yigai")
    monkeypatch.setenv("YIGAI_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv(code.PASSING, "")
    shutil.copytree(PACKAGE, tmp_path / "yigai", ignore=shutil.ignore_patterns("__pycache__", "fonts"))
    seen = dict(code.SEEN)
    code.adopt(code.hashes())

    def edit(name):
        path = tmp_path / "yigai" / name
        path.write_bytes(path.read_bytes() + b"\n")

    yield edit
    code.adopt(seen)


def entries(tmp_path):
    return len(list((tmp_path / "cache").rglob("hashes.json")))


@pytest.mark.parametrize(("how", "left"), [("as it was", 1), ("facts/duties.py", 0)])
def test_a_notebook_that_ran_while_code_was_edited_is_kept_for_no_later_run(task, edited, tmp_path, monkeypatch, how, left):
    ran = []

    def executed(task, folder):
        ran.append(task.name)
        if how != "as it was" and len(ran) == 1:
            edited(how)
        return "{}"

    monkeypatch.setattr(run, "_executed", executed)
    monkeypatch.setattr(run, "_pooled", lambda function, calls: (function(*call) for call in calls))
    run.execute([task], tmp_path / "out", lambda *_: None, made_of={"a": "tables"})
    assert (tmp_path / "out" / "a.ipynb").read_text() == "{}"
    assert entries(tmp_path) == left


@pytest.mark.parametrize(("how", "left"), [("as it was", 1), ("templates/case.html", 0)])
def test_a_page_printed_while_templates_were_edited_is_kept_for_no_later_run(edited, tmp_path, how, left):
    def printed():
        if how != "as it was":
            edited(how)
        return [("a.html", b"a")]

    assert kept.files(kept.key(how), printed) == [("a.html", b"a")]
    assert entries(tmp_path) == left
