"""A disk that is full from the n-th step on, for every n: old results stand, nothing half-written is left."""

import builtins
import io
import os
import tempfile

import pandas as pd
import pyarrow as pa
import pytest

from yigai import report, store
from yigai.corpus import BadInput

TABLE = pd.DataFrame({"region": ["NA", "湖南"], "value": [1.5, 2.0]})
NAMES = ("clean", "tables", "manifest.json")


class Disk:
    """Counts the steps that need space (making, writing, flushing); all from ``full`` on fail."""

    def __init__(self, monkeypatch, full=10**9):
        self.steps, self.full = 0, full
        for module, name in ((os, "mkdir"), (os, "fsync"), (tempfile, "mkstemp"), (tempfile, "mkdtemp")):
            monkeypatch.setattr(module, name, self.needs_space(getattr(module, name)))
        monkeypatch.setattr(os, "fdopen", self.opened)
        whole = builtins.open
        monkeypatch.setattr(
            builtins, "open", lambda file, mode="r", *rest, **more: self.opened(file, mode) if mode == "wb" else whole(file, mode, *rest, **more)
        )

    def step(self):
        self.steps += 1
        if self.steps >= self.full:
            raise OSError(28, "No space left on device")

    def needs_space(self, function):
        def checked(*given, **more):
            self.step()
            return function(*given, **more)

        return checked

    def opened(self, file, mode, buffering=-1):
        disk = self

        class Raw(io.FileIO):
            def write(self, data):
                disk.step()
                return super().write(data)

        if mode == "rb":
            return io.BufferedReader(io.FileIO(file, mode))
        raw = Raw(file, mode)
        return raw if buffering == 0 else io.BufferedWriter(raw)


def run(out):
    with store.lock(out), store.staging(out) as stage:
        store.cached(store.sha256(b"key"), lambda: {"cases": TABLE})
        store.write_tree(stage / "clean", [("a.txt", b"1"), ("b/c.txt", b"2")])
        store.write_table(stage / "tables", "cases", TABLE)
        store.write_pieces(stage / "tables", "pieces", [pa.Table.from_pandas(TABLE)] * 2)
        store.write_json(stage / "manifest.json", {})
        store.publish(stage, out, NAMES)


def files(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def steps(tmp_path, monkeypatch):
    """How many steps a run takes."""
    monkeypatch.setenv("YIGAI_CACHE", str(tmp_path / "cache of the count"))
    with monkeypatch.context() as patch:
        disk = Disk(patch)
        run(tmp_path / "count")
    return disk.steps


def test_a_disk_full_from_any_step_on_leaves_the_old_results_and_nothing_else(tmp_path, monkeypatch, steps):
    out, wanted = tmp_path / "out", files(tmp_path / "count")
    assert steps > 20
    refused = 0
    for full in range(1, steps + 1):
        monkeypatch.setenv("YIGAI_CACHE", str(tmp_path / f"cache{full}"))
        old = {name: store.write_text(out / name / "old" if "." not in name else out / name, "old") for name in NAMES}
        before = files(out)
        with monkeypatch.context() as patch:
            Disk(patch, full)
            try:
                run(out)
            except store.Environment as problem:
                assert "No space left on device; " in str(problem)
                refused += 1
        if files(out) == before:
            assert not list(tmp_path.rglob(".part-*"))
            assert not list(out.glob(".*")), f"step {full} left something"
            run(out)
        assert files(out) == wanted, f"step {full}"
        for path in old.values():
            path.unlink(missing_ok=True)
        assert store.cached(store.sha256(b"key"), lambda: {"cases": TABLE})["cases"].equals(TABLE)
    assert refused > 15


def test_a_new_folder_is_gone_when_nothing_can_be_written_into_it(tmp_path, monkeypatch, steps):
    monkeypatch.setenv("YIGAI_CACHE", str(tmp_path / "cache"))
    for full in range(1, steps // 2):
        with monkeypatch.context() as patch:
            Disk(patch, full)
            with pytest.raises(store.Environment, match="No space left"):
                run(tmp_path / "new")
        assert not (tmp_path / "new").exists(), f"step {full}"


def test_cleaning_on_a_disk_full_from_any_step_on(tmp_path, monkeypatch):
    pages = tmp_path / "pages"
    for number in (1, 2):
        store.write_text(pages / f"p{number}.txt", f"资兴市关于医改的通知\n组建{number}个紧密型医共体。\n")
    monkeypatch.setenv("YIGAI_CACHE", str(tmp_path / "cache"))
    with monkeypatch.context() as patch:
        disk = Disk(patch)
        report.clean_only([pages], tmp_path / "whole")
    wanted = files(tmp_path / "whole")
    assert {"p1.txt", "p2.txt", "edits.csv"} <= set(wanted)
    out, refused = tmp_path / "out", 0
    for full in range(1, disk.steps + 2):
        with monkeypatch.context() as patch:
            Disk(patch, full)
            try:
                report.clean_only([pages], out)
            except (store.Environment, BadInput) as problem:
                assert "No space left" in str(problem)
                assert not out.exists() or not list(out.iterdir()), f"step {full}"
                refused += 1
            else:
                assert files(out) == wanted
                for path in out.iterdir():
                    path.unlink()
                out.rmdir()
    assert refused > 8
