"""Parts hold still when the corpus grows; no page sinks the others; every way of working is the same."""

import os
import subprocess
import sys
import time
import warnings
from pathlib import Path

import pandas as pd
import pytest

from yigai import clean, code, parts, store, study, workers
from yigai.corpus import Document

SENTENCE = "某市组建了{n}个紧密型医共体，县域内就诊率达到{n}0%以上。"


def page(name, text=""):
    body = text or SENTENCE.format(n=len(name))
    return Document(name, f"{name}.txt", store.sha256(body.encode()), "utf-8", f"{name}的医改\n{body}", {})


@pytest.fixture
def pages(monkeypatch):
    monkeypatch.setattr(parts, "PAGES", 8)
    return [page(f"d{n:03d}") for n in range(24)]


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("YIGAI_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv(code.PASSING, raising=False)  # set where the code was edited during the tests before


def test_a_page_more_changes_one_part(pages):
    before = {part.key for part in parts.cut(pages)}
    after = {part.key for part in parts.cut([*pages, page("d0005")])}
    assert len(before) > 1
    assert len(after - before) == 1


def test_parts_keep_every_page_once_in_the_order_of_names(pages):
    found = [document.doc for part in parts.cut(reversed(pages)) for document in part.documents]
    assert found == sorted(document.doc for document in pages)


def test_what_is_said_of_a_page_in_sources_csv_is_part_of_its_key():
    plain = page("a")
    told = Document(*(getattr(plain, n) for n in ("doc", "file", "sha256", "encoding", "raw")), {"level": "county"})
    assert parts.Part((plain,)).key != parts.Part((told,)).key


def test_a_page_that_breaks_the_measuring_is_set_aside_by_name(monkeypatch):
    whole = clean.text

    def breaks(raw, **options):
        if "毒" in raw:
            raise RuntimeError("a bug\nin a rule")
        return whole(raw, **options)

    monkeypatch.setattr(clean, "text", breaks)
    tables = parts.measure([page("a"), page("poison", "毒"), page("z")])
    assert list(tables["documents"]["doc"]) == ["a", "z"]
    (row,) = tables["rejected"].to_dict("records")
    assert row["file"] == "poison.txt"
    assert row["reason"] == "measuring it stopped with RuntimeError: a bug in a rule"
    assert set(tables["sentences"]["doc"]) == {"a", "z"}


def test_measured_page_by_page_or_together_the_tables_are_equal(pages):
    few = pages[:3]
    together = parts.measure(few)
    for name, table in together.items():
        one_by_one = parts.joined([parts.measure([document])[name] for document in few])
        pd.testing.assert_frame_equal(table, one_by_one, check_dtype=False)


def test_from_the_cache_or_fresh_the_tables_are_equal_to_the_type(pages):
    part = parts.Part(tuple(pages[:2]))
    fresh = part.tables()
    for name, table in part.tables().items():
        pd.testing.assert_frame_equal(table, fresh[name])
        pd.testing.assert_frame_equal(part.table(name), fresh[name])


def test_processes_give_the_tables_of_one_process(pages, monkeypatch, tmp_path):
    cut = parts.cut(pages)
    workers.measure(cut, study.silent)
    alone = [store.parquet_bytes(part.table("sentences")) for part in cut]
    monkeypatch.setenv("YIGAI_CACHE", str(tmp_path / "other"))
    monkeypatch.setattr(workers, "FEW", 0)
    workers.measure(cut, study.silent)
    assert [store.parquet_bytes(part.table("sentences")) for part in cut] == alone


def test_a_scheduler_that_does_not_answer_is_bad_input(pages, monkeypatch):
    monkeypatch.setattr(workers, "ANSWER", 1)
    with pytest.raises(study.BadInput, match=r"tcp://127\.0\.0\.1:1: no dask scheduler answers"):
        workers.measure(parts.cut(pages), study.silent, scheduler="tcp://127.0.0.1:1")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at processes under /proc")
def test_workers_end_with_a_run_that_was_killed():
    begin = "import os, time; from yigai import workers; pool = workers._pool(1); print(pool.submit(os.getpid).result(), flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", begin], stdout=subprocess.PIPE) as run:
        worker = int(run.stdout.readline())
        run.kill()
    for _ in range(100):
        if not Path(f"/proc/{worker}").exists():
            return
        time.sleep(0.1)
    raise AssertionError("a worker outlives its run")


def test_a_dask_cluster_gives_the_tables_of_one_process(pages, monkeypatch, tmp_path):
    distributed = pytest.importorskip("distributed", reason="dask is an extra: pip install 'yigai[cluster]'")
    cut = parts.cut(pages)
    workers.measure(cut, study.silent)
    alone = [store.parquet_bytes(part.table(name)) for part in cut for name in part.tables()]
    settings = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": None}
    monkeypatch.setenv("YIGAI_CACHE", str(tmp_path / "theirs"))
    monkeypatch.setattr(workers, "AHEAD", 1)  # fewer on their way than there are parts
    assert len(cut) > 2, "more than two are on their way at a time"
    said = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # dask's own: ports and clocks of a busy machine
        with distributed.LocalCluster(**settings, silence_logs=50) as cluster:
            monkeypatch.setenv("YIGAI_CACHE", str(tmp_path / "other"))
            workers.measure(cut, said.append, scheduler=cluster.scheduler_address)
    assert (tmp_path / "theirs").is_dir(), "the workers measured by themselves"
    assert len(said) == 1 + len(cut), "each part is told as it comes"
    assert said[-1].startswith("measured 24 of 24 pages")
    assert [store.parquet_bytes(part.table(name)) for part in cut for name in part.tables()] == alone


class Bomb:
    """Unpickling it ends the process at once, as a crash in compiled code would."""

    def __reduce__(self):
        return os._exit, (1,)

    def __repr__(self):
        return "bomb"


def test_a_page_that_kills_its_worker_is_set_aside_and_the_others_measured(monkeypatch):
    deadly = Document("b", "b.txt", "0", "utf-8", "毒", {"level": Bomb()})
    part = parts.Part((page("a"), deadly, page("c")))
    monkeypatch.setattr(workers, "FEW", 0)
    workers.measure([part], study.silent)
    assert list(part.table("documents")["doc"]) == ["a", "c"]
    (row,) = part.table("rejected").to_dict("records")
    assert row["file"] == "b.txt"
    assert "killed the worker 3 times" in row["reason"]


def test_a_page_without_edits_changes_no_type_of_the_table_of_edits():
    dirty = page("dirty", "他们协(xié)助(zhù)群众，推(tuī)进(jìn)改(gǎi)革(gé)。")
    kept = parts.measure([page("plain"), dirty])["edits"]
    assert len(kept)
    assert set(kept["doc"]) == {"dirty"}
    pd.testing.assert_frame_equal(kept, parts.measure([dirty])["edits"])
