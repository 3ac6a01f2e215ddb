"""A forged cache is made anew: nothing is run, nothing hangs, no result changes."""

import os

import pandas as pd
import pytest

from benchmarks.faults import forged
from yigai import deadline, store

TABLE = pd.DataFrame({"城市": ["营口", "阳泉"], "n": [1, 2]})


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("YIGAI_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("forge", forged.ENTRIES.values(), ids=list(forged.ENTRIES))
def test_a_forged_entry_of_the_cache_is_made_anew(tmp_path, forge):
    store.cached("ab12", lambda: {"table": TABLE})
    for path in list((tmp_path / "cache").rglob("*.*")):
        if path.is_file():
            forge(path)
    with deadline.after(20):
        assert store.cached("ab12", lambda: {"table": TABLE})["table"].equals(TABLE)
    assert not (tmp_path / "PWNED").exists()


@pytest.mark.parametrize("forge", [forged.piped, forged.endless, forged.folder])
def test_only_a_file_is_read(tmp_path, forge):
    (tmp_path / "manifest.json").write_text("{}")
    assert store.read_bytes(tmp_path / "manifest.json") == b"{}"
    forge(tmp_path / "manifest.json")
    handles = len(os.listdir("/dev/fd"))
    with pytest.raises(OSError, match=r"is no file|symbolic|links"):
        store.read_bytes(tmp_path / "manifest.json")
    assert len(os.listdir("/dev/fd")) == handles
