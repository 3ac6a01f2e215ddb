"""Pages are taken again while what they are made of is the same, and a site so made is that of a build from nothing."""

import json

import pytest

from yigai import publish
from yigai.publish import build, material

EVERY = ["000", "003", "004"]


def tree(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def changed(name, column, value, doc="003"):
    """The tables with one value of one document (or of every row, without one) changed."""

    def change(tables):
        table = tables[name]
        mine = table["doc"] == doc if "doc" in table else slice(None)
        tables[name] = table.assign(**{column: table[column].where(~mine, value) if "doc" in table else value})
        return tables

    return change


# What changes, the documents whose pages are made again, whether the pages of notebooks are.
CHANGES = {
    "nothing": (lambda tables: tables, [], False),
    "the status of a sentence": (changed("codes", "status", "rule"), ["003"], True),
    "a number": (changed("indicators", "value", 88.0), ["003"], True),
    "a title": (changed("documents", "title", "别的标题"), ["003"], True),
    "a place, which its neighbours name": (changed("documents", "county", "安化县"), EVERY, True),
    "a term of a region": (changed("keyness", "log_odds", 3.3), [], False),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_makes_again_what_shows_it_and_gives_the_site_of_a_build_from_nothing(runs, tmp_path, monkeypatch, what):
    change, documents, notebooks = CHANGES[what]
    publish.site(runs(tmp_path / "before"))
    made, sheets = [], []
    leaves, sheet = build.document_leaves, build._sheet
    monkeypatch.setattr(build, "document_leaves", lambda one, to: made.append(one.case.doc) or leaves(one, to))
    monkeypatch.setattr(build, "_sheet", lambda *a: sheets.append(a) or sheet(*a))
    after = runs(tmp_path / "after", change=change)
    again = tree(publish.site(after))
    assert (made, bool(sheets)) == (documents, notebooks)
    monkeypatch.setenv("YIGAI_CACHE", str(tmp_path / "nothing"))
    assert tree(publish.site(after)) == again
    assert made == [*documents, *EVERY], "from nothing, every document is made"


def test_a_page_of_a_notebook_follows_its_notebook(runs, tmp_path, monkeypatch):
    out = runs(tmp_path / "run")
    publish.site(out)
    path = out / "notebooks" / "01_clean.ipynb"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"cells": []}))
    drawn = []
    sheet = build._sheet
    monkeypatch.setattr(build, "_sheet", lambda *a: drawn.append(a[-2]) or sheet(*a))
    publish.site(out)
    assert drawn == ["notebooks/01_clean.html"] * 2


def test_names_of_documents_that_have_no_page_are_those_found_one_by_one(tmp_path, monkeypatch):
    said = {f"d{n:03d}": f"联系人何庆光说第{n}项工作。\n编辑：{family}小明" for n, family in enumerate("赵钱孙李周吴郑王冯陈")}
    for folder in ("clean", "raw"):
        (tmp_path / folder).mkdir()
        for doc, text in said.items():
            (tmp_path / folder / f"{doc}.txt").write_text(text, encoding="utf-8")
    monkeypatch.setattr(material, "GROUP", 2)
    whole = material._names_unseen(tmp_path, list(said))
    single = {doc: material._names_unseen(tmp_path, [doc])[doc] for doc in said}
    assert whole == single and all("何庆光" in names.words for names in whole.values())
    (tmp_path / "clean" / "d003.txt").write_text("联系人何庆光说。\n编辑：孙建国", encoding="utf-8")
    searched = []
    found = material._names_in
    monkeypatch.setattr(material, "_names_in", lambda texts: searched.extend(texts) or found(texts))
    again = material._names_unseen(tmp_path, list(said))
    assert 0 < len(searched) < len(said), "only its group"
    assert {doc for doc in said if again[doc] != whole[doc]} == {"d003"}
