"""A reader's decisions in overrides.csv win over the machine, in every table."""

import hashlib

import pytest

from yigai import corpus, parts

RAW = "某县医改方案\n自201410月起组建医共体。\n县域内就诊率达到九成。"
HEAD = "page,start,end,decision,after,reason\n"


def folder_with(tmp_path, rows):
    (tmp_path / "a.txt").write_text(RAW, encoding="utf-8")
    (tmp_path / "overrides.csv").write_text(HEAD + rows, encoding="utf-8")
    return tmp_path


def test_a_kept_wording_stands_in_the_clean_text(tmp_path):
    page = hashlib.sha256(RAW.encode()).hexdigest()[:12]
    at = RAW.index("201410月")
    found = corpus.read(folder_with(tmp_path, f"{page},{at},{at + 7},keep,,the page says so\n"))
    (document,) = found.documents
    assert [one.reason for one in document.overrides] == ["the page says so"]
    tables = parts.measure([document])
    assert any("201410月" in text for text in tables["sentences"]["text"])


def test_a_decision_about_another_page_changes_nothing(tmp_path):
    (document,) = corpus.read(folder_with(tmp_path, "ffff,0,3,keep,,\n")).documents
    assert document.overrides == ()


@pytest.mark.parametrize("rows", ["ab,0,3,maybe,,\n", "ab,x,3,keep,,\n"])
def test_a_table_of_other_words_is_refused_in_one_line(tmp_path, rows):
    with pytest.raises(corpus.BadInput, match=r"overrides\.csv: .*; columns are page, start"):
        corpus.read(folder_with(tmp_path, rows))
