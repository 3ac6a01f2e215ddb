"""A corpus larger than what is shown: some documents have pages, all stand in the tables, the pages say so."""

import pandas as pd
import pytest

from yigai import publish
from yigai.publish import bounds, build, cases, downloads, glances, material


def documents(regions):
    return pd.DataFrame({"doc": [f"{at:03d}" for at in range(len(regions))], "region": regions})


@pytest.mark.parametrize(
    ("regions", "most", "expected"),
    [
        pytest.param("abc", 3, ("000", "001", "002"), id="a small corpus is shown whole"),
        pytest.param("aaaab", 2, ("000", "004"), id="every region has a document before any has two"),
        pytest.param("aaaabb", 4, ("000", "001", "004", "005"), id="then as many of each"),
        pytest.param("aaaaaa", 2, ("000", "001"), id="one region gives its first"),
    ],
)
def test_documents_shown(tmp_path, regions, most, expected):
    assert bounds.chosen(tmp_path, documents(list(regions)), most=most) == expected


def test_documents_of_quoted_passages_come_first(tmp_path):
    (tmp_path / "tables").mkdir()
    (tmp_path / "notebooks").mkdir()
    near = pd.DataFrame([("003", 1, 0.9), ("001", 1, 0.1)], columns=["doc", "topic", "similarity"])
    near.to_parquet(tmp_path / "tables/passage_topics.parquet")
    (tmp_path / "notebooks/a.ipynb").write_text('"<td>002</td>"')
    assert bounds.chosen(tmp_path, documents(list("aaaaa")), most=3) == ("001", "002", "003")


@pytest.fixture(scope="module")
def large(runs, tmp_path_factory):
    """The three-page run of which the run itself chose one document to be shown."""
    out = runs(tmp_path_factory.mktemp("large"))
    (out / "tables/shown").mkdir()
    for path in (out / "tables").glob("*.parquet"):
        table = pd.read_parquet(path)
        table[table["doc"] == "003"].to_parquet(out / "tables/shown" / path.name) if "doc" in table else table.to_parquet(out / "tables/shown" / path.name)
    held = downloads.HELD_CELLS
    downloads.HELD_CELLS = 0
    try:
        publish.site(out)
    finally:
        downloads.HELD_CELLS = held
    return out


def test_only_the_chosen_have_pages_and_the_pages_say_so(large):
    made = large / "site"
    assert [path.stem for path in (made / "evidence").glob("*.html")] == ["003"]
    for page in ("data", "cases/index", "numbers/index", "search"):
        assert "1 of 3 documents are shown" in (made / f"{page}.html").read_text("utf-8")
        assert "3 份文档中的 1 份" in (made / f"zh/{page}.html").read_text("utf-8")


def test_a_small_corpus_has_no_such_note(site):
    assert "documents are shown" not in (site / "data.html").read_text("utf-8")


def test_tables_that_are_streamed_hold_all_rows_masked(large, site):
    for name in ("documents", "sentences", "codes", "indicators", "edits", "gate", "keyness"):
        for form in ("csv", "parquet"):
            read = {"csv": pd.read_csv, "parquet": pd.read_parquet}[form]
            streamed, whole = (read(folder / f"data/{name}.{form}").astype(str) for folder in (large / "site", site))
            pd.testing.assert_frame_equal(streamed, whole)
    assert "何庆光".encode() not in b"".join(path.read_bytes() for path in (large / "site/data").glob("*.csv"))


def test_rows_come_in_parts_as_they_come_whole(large, site, monkeypatch):
    monkeypatch.setattr(bounds, "BATCH", 2)
    parts = list(material.read(large).whole.batches("sentences"))
    assert len(parts) > 1 and pd.concat(parts)["text"].tolist() == pd.read_parquet(site / "data/sentences.parquet")["text"].tolist()


def test_counts_of_the_matrix_are_of_all_documents(large, run):
    some, every = material.read(large), material.read(run)
    found = cases.cases(every)
    coded = {doc: cases.coded(rows) for doc, rows in every.of("codes").items()}
    whole = {(row["code"], column["name"].en): cell["counts"] for seen in [glances.glance([*found] * 5, coded, build_addresses(every, found))] for row in seen["rows"] for column, cell in zip(seen["columns"], row["cells"], strict=True)}
    seen = glances.glance_of_all(some.whole, found)
    for row in seen["rows"]:
        for column, cell in zip(seen["columns"], row["cells"], strict=True):
            assert [(status, 5 * count) for status, count in cell["counts"]] == whole[row["code"], column["name"].en]


def test_of_a_very_large_corpus_only_the_shown_rows_are_given(large, monkeypatch):
    monkeypatch.setattr(bounds, "WHOLE", 2)
    made = dict(build.files(material.read(large)))
    assert b"000" not in made["data/sentences.csv"] and b"003" in made["data/sentences.csv"]
    assert "so do the tables to download" in made["data.html"].decode()


def build_addresses(read, found):
    return build._addresses(read, found)
