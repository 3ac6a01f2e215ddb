"""Files are whole or absent; locks yield from the dead; caches are never believed blindly."""

import os
import socket
import stat
import subprocess
import sys
from contextlib import suppress

import pandas as pd
import pytest

from yigai import store

TABLE = pd.DataFrame({"region": ["NA", "null", "湖南"], "value": [1.5, None, 2.0]})


def test_a_table_reads_back_as_it_was_written_with_regions_named_na(tmp_path):
    store.write_table(tmp_path, "cases", TABLE)
    pd.testing.assert_frame_equal(store.read_table(tmp_path, "cases"), TABLE)


def test_equal_tables_give_equal_bytes(tmp_path):
    assert store.parquet_bytes(TABLE) == store.parquet_bytes(TABLE.copy())


@pytest.mark.parametrize("start", store.FORMULA_STARTS)
def test_a_formula_in_a_page_is_text_in_the_csv(start):
    cell = f"{start}HYPERLINK(1)"
    data = store.csv_bytes(pd.DataFrame({"title": [cell], "n": [-3]})).decode("utf-8-sig")
    assert f"'{start}" in data
    assert ",-3" in data, "numbers stay numbers"


def test_a_failed_write_leaves_the_old_file_and_no_part(tmp_path, monkeypatch):
    path = store.write_text(tmp_path / "a.txt", "旧")

    def full_disk(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(store.Environment, match="No space left on device; free some space"):
        store.write_text(path, "新")
    assert path.read_text() == "旧"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_a_folder_in_use_names_its_holder(tmp_path):
    hold = "import sys, pathlib; from yigai import store\nwith store.lock(pathlib.Path(sys.argv[1])): print(1, flush=True); input()"
    command = [sys.executable, "-c", hold, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline()
        with pytest.raises(store.Environment, match=f"in use by process {holder.pid}@"), store.lock(tmp_path):
            pass
        holder.kill()
    with store.lock(tmp_path):
        assert (tmp_path / ".lock").read_text().startswith(str(os.getpid())), "a killed holder loses it"


@pytest.mark.parametrize("holder", [f"999999999@{socket.gethostname()}", "", "not a number"])
def test_a_dead_holder_loses_the_lock(tmp_path, holder):
    (tmp_path / ".lock").write_text(holder)
    with store.lock(tmp_path):
        assert (tmp_path / ".lock").read_text().startswith(str(os.getpid()))
    assert not (tmp_path / ".lock").exists()


def test_publication_replaces_whole_entries(tmp_path):
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "gone.csv").write_text("old")
    with store.staging(tmp_path) as stage:
        store.write_text(stage / "tables" / "new.csv", "new")
        store.publish(stage, tmp_path, ("tables",))
    assert [p.name for p in (tmp_path / "tables").iterdir()] == ["new.csv"]
    assert not list(tmp_path.glob(".stage*"))


@pytest.mark.parametrize("kill_at", range(8))
def test_a_publication_killed_at_any_rename_is_finished_by_the_next_run(tmp_path, monkeypatch, kill_at):
    names = ("clean", "tables", "manifest.json")
    for name in names:
        store.write_text(tmp_path / name, "old")
    whole, renames = os.replace, []

    def dies(source, target):
        if len(renames) == kill_at:
            raise KeyboardInterrupt  # stands for kill -9: nothing after it runs
        renames.append(target)
        whole(source, target)

    stage = tmp_path / ".stage-killed"
    for name in names:
        store.write_text(stage / name, "new")
    monkeypatch.setattr(os, "replace", dies)
    with suppress(KeyboardInterrupt):
        store.publish(stage, tmp_path, names)
    monkeypatch.setattr(os, "replace", whole)
    ready = (stage / store.READY).exists()
    if (tmp_path / "manifest.json").exists():
        assert len({(tmp_path / name).read_text() for name in names}) == 1, "with a manifest it is whole"
    with store.staging(tmp_path):
        texts = {(tmp_path / name).read_text() for name in names}
    assert texts == ({"new"} if ready or kill_at == 7 else {"old"})
    assert not list(tmp_path.glob(".stage*"))


def test_a_refused_run_leaves_the_results_before_it(tmp_path):
    store.write_text(tmp_path / "manifest.json", "{}")
    with pytest.raises(RuntimeError), store.staging(tmp_path) as stage:
        store.write_text(stage / "manifest.json", "half")
        raise RuntimeError
    assert (tmp_path / "manifest.json").read_text() == "{}"


def test_a_cache_entry_is_made_once_and_anew_when_forged(tmp_path, monkeypatch):
    monkeypatch.setenv("YIGAI_CACHE", str(tmp_path))
    made = []

    def make():
        made.append(1)
        return {"cases": TABLE}

    key = store.sha256(b"key")
    store.cached(key, make)
    pd.testing.assert_frame_equal(store.cached(key, make)["cases"], TABLE)
    assert len(made) == 1
    (entry,) = tmp_path.rglob("cases.parquet")
    entry.write_bytes(store.parquet_bytes(TABLE.assign(value=0.0)))
    pd.testing.assert_frame_equal(store.cached(key, make)["cases"], TABLE)
    assert len(made) == 2


def test_written_files_are_readable_by_others(tmp_path):
    path = store.write_text(tmp_path / "a.txt", "a")
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_a_tree_is_written_and_nothing_leaves_its_folder(tmp_path):
    store.write_tree(tmp_path / "site", [("a/b.html", b"1"), ("c.css", b"2")])
    assert (tmp_path / "site" / "a" / "b.html").read_bytes() == b"1"
    with pytest.raises(ValueError, match="leaves"):
        store.write_tree(tmp_path / "site", [("../x", b"")])
    assert not (tmp_path / "x").exists()


FORGED = ['["../../pages/p1.txt"]', '[".."]', "[]", '[""]', "[1]", "{}", "[" * 100_000, '["a\\u0000b"]', '[".ready.json"]', '["."]', "null"]


@pytest.mark.parametrize("forged", FORGED, ids=[text[:20] for text in FORGED])
def test_a_forged_list_of_a_stage_publishes_nothing(tmp_path, forged):
    store.write_text(tmp_path / "pages" / "p1.txt", "page")
    store.write_text(tmp_path / "out" / "manifest.json", "old")
    store.write_text(tmp_path / "out" / ".stage-x" / store.READY, forged)
    with store.staging(tmp_path / "out"):
        pass
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["manifest.json"]
    assert (tmp_path / "pages" / "p1.txt").read_text() == "page"


def test_a_stage_that_is_a_link_is_taken_away_and_what_it_leads_to_is_left(tmp_path):
    store.write_text(tmp_path / "theirs" / "clean", "theirs")
    store.write_json(tmp_path / "theirs" / store.READY, ["clean"])
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / ".stage-x").symlink_to(tmp_path / "theirs")
    with store.staging(tmp_path / "out"):
        pass
    assert list((tmp_path / "out").iterdir()) == []
    assert (tmp_path / "theirs" / "clean").read_text() == "theirs"


def test_what_a_killed_worker_left_half_written_is_not_published(tmp_path):
    with store.staging(tmp_path) as stage:
        store.write_text(stage / "tables" / "a.csv", "a")
        (stage / "tables" / ".part-x").write_text("half")
        store.publish(stage, tmp_path, ("tables",))
    assert [path.name for path in (tmp_path / "tables").iterdir()] == ["a.csv"]
