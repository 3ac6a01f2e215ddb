"""A corpus larger than what is shown: the same tables, part by part, whatever happens on the way."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from yigai import counted, parts, primed, report, spool, store, study

PLACES = ("湖南省资兴市", "辽宁省海城市", "湖南省安化县", "辽宁省营口市")
THEMES = (
    "组建{n}个紧密型医共体，县域内就诊率达到{m}%以上，医保基金打包付费、结余留用。",
    "家庭医生签约服务{n}万人，双向转诊{m}例，基层首诊稳步推进。",
    "公立医院薪酬制度改革，{n}家医院取消药品加成，药品集中采购{m}种。",
)


def text(number):
    place = PLACES[number % len(PLACES)]
    body = "\n".join(THEMES[(number + line) % 3].format(n=number + line, m=60 + line) for line in range(4))
    return f"{place}人民政府关于深化医改的实施方案（{number}）\n{body}\n第{number}批编号{number * 37}的任务由{place}卫生健康局负责。\n"


@pytest.fixture
def pages(tmp_path, monkeypatch):
    monkeypatch.setenv("YIGAI_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(parts, "PAGES", 4)
    folder = tmp_path / "pages"
    for number in range(16):
        store.write_text(folder / f"p{number:02d}.txt", text(number))
    store.write_text(folder / "p99.txt", "转载：" + text(3))
    return folder


@pytest.fixture
def few(monkeypatch):
    """So few documents are shown, and so few held in memory, that the corpus is a large one."""
    monkeypatch.setattr(study, "SHOWN", 8)
    monkeypatch.setattr(spool, "FEW", 5)


def written(folder, corpus):
    case = study.load(str(corpus))
    report.write_tables(case, folder)
    return case, {path.name: path.read_bytes() for path in folder.iterdir()}


OF_PAGES = [name for name in report.TABLES if name in parts.NAMES]


def test_tables_of_pages_are_the_bytes_of_a_small_corpus(pages, tmp_path, monkeypatch):
    _, small = written(tmp_path / "small", pages)
    monkeypatch.setattr(study, "SHOWN", 8)
    monkeypatch.setattr(spool, "FEW", 5)
    monkeypatch.setenv("YIGAI_CACHE", str(tmp_path / "other"))
    case, large = written(tmp_path / "large", pages)
    assert case.large
    assert not {"sentences", "codes", "edits", "matrix", "synopses"} & set(case.tables._made), "none was held as a whole"
    assert len(OF_PAGES) >= 12
    for name in OF_PAGES:
        for kind in ("parquet", "csv"):
            assert large[f"{name}.{kind}"] == small[f"{name}.{kind}"], name


@pytest.mark.usefixtures("few")
def test_words_counted_part_by_part_give_the_keyness_of_all_tokens(pages):
    case = study.load(str(pages))
    whole = study.compare.keyness(case.tokens, case.region_of)
    assert len(whole) > 20
    pd.testing.assert_frame_equal(case._keyness_in_parts(), whole)


@pytest.mark.usefixtures("few")
def test_topics_are_those_of_the_shown_and_every_passage_has_its_place(pages):
    case = study.load(str(pages))
    shown = case.shown(study.SHOWN)
    assert len(shown.kept) == 8
    assert set(shown.kept["region"].value_counts()) == {4}
    mine = case.passage_topics.merge(shown.passage_topics, on=["doc", "passage"], suffixes=("", "_shown"), validate="1:1")
    assert len(mine) == len(shown.passage_topics)
    assert (mine["topic"] == mine["topic_shown"]).all()
    assert list(case.topics["label"]) == list(shown.topics["label"])
    assert set(case.passage_topics["doc"]) == set(case.kept["doc"])
    sizes = case.passage_topics["topic"].value_counts()
    assert all(sizes.get(topic, 0) == size for topic, size in zip(case.topics["topic"], case.topics["size"], strict=True))


@pytest.mark.usefixtures("few")
def test_a_changed_page_gives_the_tables_of_a_run_from_nothing(pages, tmp_path, monkeypatch):
    written(tmp_path / "before", pages)
    (pages / "p05.txt").write_text(text(5) + "另建3个区域医疗中心。\n", encoding="utf-8")
    measured = []
    surely = parts._surely

    def noted(make, documents):
        measured.extend(documents)
        return surely(make, documents)

    monkeypatch.setattr(parts, "_surely", noted)
    _, again = written(tmp_path / "again", pages)
    assert 0 < len(measured) < 12, "the other parts come from the cache"
    monkeypatch.setenv("YIGAI_CACHE", str(tmp_path / "nothing"))
    _, fresh = written(tmp_path / "fresh", pages)
    assert again == fresh


@pytest.mark.usefixtures("few")
def test_a_study_left_for_kernels_is_the_study(pages, tmp_path, monkeypatch):
    case = study.load(str(pages), most=8)
    with primed.kernels({primed.asked(str(pages), [], 8): case}, tmp_path):
        monkeypatch.setattr(spool, "read", None)  # a kernel reads no page
        held = study.load(str(pages), most=8)
    assert primed.NOTE not in os.environ
    for name in ("documents", "sentences", "matrix", "synopses", "rejected"):
        pd.testing.assert_frame_equal(getattr(held, name), getattr(case, name))
    assert [page.raw for page in held.pages] == [page.raw for page in case.pages]
    assert study.load.__kwdefaults__["most"] == 0, "alone, load gives every document"


def test_the_share_hardly_moves_when_a_page_comes():
    documents = pd.DataFrame({"doc": [f"d{n}" for n in range(200)], "region": ["hunan", "shanxi"] * 100})
    more = pd.concat([documents, pd.DataFrame({"doc": ["new"], "region": ["hunan"]})], ignore_index=True)
    before, after = study.even_share(documents, 50), study.even_share(more, 50)
    assert len(set(before) ^ set(after)) <= 2


@pytest.mark.usefixtures("few")
def test_the_sum_of_pages_adds_up(pages):
    store.write_text(pages / "empty.txt", "")
    case = study.load(str(pages))
    assert report.accounting(case) == "18 in = 16 kept + 1 rejected + 1 duplicates"


def test_texts_of_a_killed_run_are_swept(tmp_path, monkeypatch):
    monkeypatch.setenv("YIGAI_CACHE", str(tmp_path))
    monkeypatch.setattr(spool, "FEW", 1)
    hold = "import time; from yigai import spool; s = spool._Spool(); print(s.laid().file, flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", hold], stdout=subprocess.PIPE, text=True) as run:
        left = Path(run.stdout.readline().strip())
        mine = spool._Spool()
        assert left.exists(), "a living run keeps its texts"
        run.kill()
    spool._Spool()
    assert not left.exists()
    assert Path(mine.laid().file).exists()


PIECES = [pa.table({"doc": [f"d{n}"] * 50, "text": ["组建医共体，" * 20] * 50}) for n in range(40)]


def test_a_full_disk_in_the_middle_of_a_table_leaves_no_piece_of_it(tmp_path, monkeypatch):
    monkeypatch.setattr(store.tables, "BLOCK", 200)
    whole, calls = store.csv_rows, []

    def full(columns):
        calls.append(1)
        if len(calls) == 4:
            raise OSError(28, "No space left on device")
        return whole(columns)

    monkeypatch.setattr(store.tables, "csv_rows", full)
    with pytest.raises(store.Environment, match="No space left on device; free some space"):
        store.write_pieces(tmp_path, "sentences", iter(PIECES))
    assert list(tmp_path.iterdir()) == []


def test_pieces_are_written_as_the_whole(tmp_path, monkeypatch):
    whole = pa.concat_tables(PIECES).to_pandas()
    store.write_table(tmp_path / "whole", "t", whole)
    assert store.write_pieces(tmp_path / "pieces", "t", iter(PIECES)) == len(whole)
    monkeypatch.setattr(store.tables, "BLOCK", 300)
    store.write_pieces(tmp_path / "blocks", "t", iter(PIECES))
    pd.testing.assert_frame_equal(store.read_table(tmp_path / "blocks", "t"), whole)
    assert (tmp_path / "pieces" / "t.csv").read_bytes() == (tmp_path / "whole" / "t.csv").read_bytes()
    assert (tmp_path / "blocks" / "t.csv").read_bytes() == (tmp_path / "whole" / "t.csv").read_bytes()


STREAM = """
import sys, time, pathlib
import pyarrow as pa
from yigai import store
out = pathlib.Path(sys.argv[1])
store.tables.BLOCK = 50
def pieces():
    for n in range(400):
        print(n, flush=True)
        time.sleep(0.005)
        yield pa.table({"doc": [f"d{n}"] * 50, "text": ["组建医共体，" * 20] * 50})
with store.lock(out), store.staging(out) as stage:
    store.write_pieces(stage / "tables", "sentences", pieces())
    store.publish(stage, out, ("tables",))
"""


def test_kill_9_while_a_table_is_passed_on_tears_nothing(tmp_path):
    store.write_text(tmp_path / "tables" / "sentences.csv", "old")
    for seen in (3, 40, 200):
        with subprocess.Popen([sys.executable, "-c", STREAM, str(tmp_path)], stdout=subprocess.PIPE, text=True) as run:
            for _ in range(seen):
                run.stdout.readline()
            run.send_signal(signal.SIGKILL)
        assert (tmp_path / "tables" / "sentences.csv").read_text() == "old"
    subprocess.run([sys.executable, "-c", STREAM, str(tmp_path)], check=True, stdout=subprocess.DEVNULL)
    again = (tmp_path / "tables" / "sentences.parquet").read_bytes()
    fresh = tmp_path / "fresh"
    subprocess.run([sys.executable, "-c", STREAM, str(fresh)], check=True, stdout=subprocess.DEVNULL)
    assert (fresh / "tables" / "sentences.parquet").read_bytes() == again
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fresh", "tables"]


def test_counts_of_a_part_are_those_of_its_passages(pages):
    found = spool.read(pages)
    one = counted.of(found.parts[0])
    assert one.counts.shape == (len(one.passages), len(one.words))
    again = counted.of(found.parts[0])
    assert (one.counts != again.counts).nnz == 0
    assert "医共体" in "".join(one.words)
