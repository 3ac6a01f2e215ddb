"""Every hostile file of benchmarks.faults.cases is kept or refused as it says there, and every file is counted."""

import os
import subprocess
import time

import pytest

from benchmarks.faults import cases
from yigai import corpus

#: Takes seconds by its nature; `python -m benchmarks.faults.nasty` has it too.
SLOW = {"PDF of many operators"}
LISTED = [(group, case) for group, cases_of in cases.ALL.items() for case in cases_of if case.name not in SLOW]


@pytest.fixture
def pages(tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "good.txt").write_text(cases.GOOD, encoding="utf-8")
    yield folder
    subprocess.run(["rm", "-rf", str(folder)], check=True)  # shutil stops at folders without end


@pytest.mark.parametrize("case", [case for _, case in LISTED], ids=[f"{group}: {case.name}" for group, case in LISTED])
def test_a_hostile_file_is_kept_or_refused(pages, case):
    case.put(pages)
    begun = time.process_time()
    found = corpus.read(pages)
    assert time.process_time() - begun < 10
    kept = [page for page in found.documents if page.file != "good.txt"]
    refused = found.rejected.to_dict("records")
    assert len(kept) == case.kept
    assert bool(refused) == bool(case.refused) or case.kept == 0
    assert all(case.refused in row["reason"] for row in refused)
    assert all(row["remedy"] and not set("\n\r") & set("".join(row.values())) for row in refused)
    assert not case.holds or any(case.holds in page.raw for page in kept)
    assert not any("root:" in page.raw for page in found.documents)
    assert len({page.doc.casefold() for page in found.documents}) == len(found.documents)
    assert not any(set("/\\\n") & set(page.doc) or page.doc.startswith((".", "-")) for page in found.documents)
    names = [entry for entry in os.listdir(pages) if (pages / entry).is_file() and not entry.endswith("s.csv")]
    assert len(found.documents) + len(refused) >= len(names), "a file was lost"


@pytest.mark.parametrize("name", cases.WHOLE)
def test_a_table_beside_the_pages_that_cannot_be_used_is_one_line(pages, name):
    file, data, word = cases.WHOLE[name]
    (pages / file).write_bytes(data)
    with pytest.raises(corpus.BadInput) as refused:
        corpus.read(pages)
    assert word in str(refused.value)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 600


BESIDE = {
    "pipe": lambda path: os.mkfifo(path),
    "device": lambda path: path.symlink_to("/dev/zero"),
    "password file": lambda path: path.symlink_to("/etc/passwd"),
    "ring": lambda path: path.symlink_to(path.name),
    "folder": lambda path: path.mkdir(),
}


@pytest.mark.parametrize("kind", BESIDE)
@pytest.mark.parametrize("file", ["sources.csv", "overrides.csv"])
def test_what_is_no_table_beside_the_pages_is_refused_unread(pages, kind, file):
    BESIDE[kind](pages / file)
    with pytest.raises(corpus.BadInput, match=file) as refused:
        corpus.read(pages)
    assert "root" not in str(refused.value)


def test_a_stream_gives_what_reading_gives(pages):
    for number, name in enumerate(("b/a.txt", "a.txt", "c.jsonl", "d.txt")):
        (pages / name).parent.mkdir(exist_ok=True)
        (pages / name).write_text(f'{{"text": "第{number}号通知"}}\n[1]\n' if name.endswith("l") else f"第{number}号")
    (pages / "e.txt").write_text("")
    read = corpus.read(pages)
    streamed = list(corpus.stream(pages))
    kept = sorted((page for page in streamed if isinstance(page, corpus.Document)), key=lambda page: page.doc)
    refused = sorted(page for page in streamed if isinstance(page, corpus.Rejected))
    assert tuple(kept) == read.documents
    assert refused == [tuple(row) for row in read.rejected.itertuples(index=False)]
    assert len(streamed) == 7


def test_a_stream_begins_before_the_corpus_is_read(tmp_path):
    rows = "".join(f'{{"text": "第{n}号通知"}}\n' for n in range(20_000))
    (tmp_path / "t.jsonl").write_text(rows, encoding="utf-8")
    begun = time.process_time()
    assert next(iter(corpus.stream(tmp_path))).doc == "t-000001"
    assert time.process_time() - begun < 1


def test_values_of_a_table_that_cannot_be_are_dropped_and_remarked(tmp_path):
    (tmp_path / "t.csv").write_text("日期,体裁,地区,text\n2024/2/31,galaxy,仙女座,通知一\n2024年2月3日,方案规划,山西,通知二\n", encoding="utf-8")
    found = corpus.read(tmp_path)
    assert [page.given for page in found.documents] == [{}, {"published": "2024-02-03", "genre": "plan", "region": "山西"}]
    assert len(found.notes) == 3


def test_many_files_of_one_name_are_named_in_no_time():
    from yigai.corpus.document import Names

    names, begun = Names(), time.process_time()
    assert len({names.take("index") for _ in range(50_000)}) == 50_000
    assert time.process_time() - begun < 3


def test_a_file_that_takes_too_long_is_refused_and_says_which_limit(pages):
    (pages / "x.pdf").write_bytes(cases.pdf(b"BT (a) Tj ET " * 300_000))
    found = corpus.read(pages, limits=corpus.Limits(seconds=0.2))
    assert "0.2 s of computing" in found.rejected.iloc[0]["reason"]
    assert "Limits.seconds" in found.rejected.iloc[0]["remedy"]
