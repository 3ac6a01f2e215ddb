"""A folder belongs to one run at a time, to a dead one never."""

import os
import socket
import subprocess
import sys
import threading
import time

import pytest

from yigai import store
from yigai.store import holding

HERE = socket.gethostname()


def locked(folder):
    with store.lock(folder):
        return (folder / ".lock").read_text()


MINE = f"{os.getpid()}@{HERE}"
#: What may stand in a lock that nobody holds: of the dead, of a number given to another process since, no name at all.
LEFT = [
    f"999999999@{HERE}", f"{os.getppid()}@{HERE}", f"1@{HERE}", "", "not a number", "0@" + HERE, "-1@" + HERE, "²@" + HERE,
    "9" * 5000 + "@" + HERE, "@", "\0\0", "12@", "12\n@x",
]  # fmt: skip


@pytest.mark.parametrize("text", LEFT, ids=[text[:12].encode("unicode_escape").decode() or "empty" for text in LEFT])
def test_a_lock_nobody_holds_is_taken(tmp_path, text):
    (tmp_path / ".lock").write_text(text)
    assert locked(tmp_path) == MINE
    assert not (tmp_path / ".lock").exists()


def test_a_lock_that_is_no_text_is_taken(tmp_path):
    (tmp_path / ".lock").write_bytes(bytes(range(256)) * 4000)
    assert locked(tmp_path) == MINE


def test_a_holder_on_another_machine_that_shows_no_life_loses_it(tmp_path, monkeypatch):
    monkeypatch.setattr(holding, "BEAT", 0.02)
    (tmp_path / ".lock").write_text("12@elsewhere")
    assert locked(tmp_path) == MINE


def test_a_living_holder_on_another_machine_whose_locks_do_not_reach_us_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(holding, "BEAT", 0.02)
    monkeypatch.setattr(holding, "flocked", lambda file: True)  # as on a shared disk without shared locks
    with store.lock(tmp_path):
        (tmp_path / ".lock").write_text("12@elsewhere")
        with pytest.raises(store.Environment, match="in use by process 12@elsewhere; wait for it or choose"):
            locked(tmp_path)
        assert (tmp_path / ".lock").read_text() == "12@elsewhere", "the first is unharmed"
    assert not (tmp_path / ".lock").exists()


def test_a_lock_that_is_a_link_empties_nothing(tmp_path):
    kept = store.write_text(tmp_path / "kept", "kept")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / ".lock").symlink_to(kept)
    with pytest.raises(store.Environment, match="choose another --out"):
        locked(tmp_path / "out")
    assert kept.read_text() == "kept"


def test_a_lock_that_is_a_pipe_or_a_folder_is_refused_at_once(tmp_path):
    for make in (os.mkfifo, os.mkdir):
        folder = tmp_path / make.__name__
        folder.mkdir()
        make(folder / ".lock")
        with pytest.raises(store.Environment, match="choose another --out"):
            locked(folder)


def test_a_full_disk_while_the_lock_is_signed_leaves_nothing(tmp_path, monkeypatch):
    def full():
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(socket, "gethostname", full)
    with pytest.raises(store.Environment, match="No space left on device; choose another --out"), store.lock(tmp_path / "out"):
        pass
    assert not (tmp_path / "out").exists()


#: Takes the folder at the first line it is given, says how that went, and leaves it at the second.
HOLD = """
import pathlib, sys
from yigai import store
print("ready", flush=True)
sys.stdin.readline()
try:
    with store.lock(pathlib.Path(sys.argv[1])):
        print("held", flush=True)
        sys.stdin.readline()
except store.Environment as problem:
    print(problem, flush=True)
"""


def test_of_runs_begun_at_the_same_moment_one_holds_the_folder_and_the_others_name_it(tmp_path):
    command = [sys.executable, "-c", HOLD, str(tmp_path / "out")]
    runs = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) for _ in range(4)]
    assert [run.stdout.readline() for run in runs] == ["ready\n"] * 4
    for run in runs:
        run.stdin.write("take it\n")
    said = [run.stdout.readline().strip() for run in runs]
    for run in runs:
        run.communicate()
    (holder,) = [run.pid for run, line in zip(runs, said, strict=True) if line == "held"]
    assert sum(f"in use by process {holder}@{HERE}; wait for it" in line for line in said) == 3, said
    assert not (tmp_path / "out").exists()


def test_threads_that_take_and_leave_a_folder_are_never_in_it_together(tmp_path):
    inside, most, done = [], [], []

    def take():
        while done.count(threading.get_ident()) < 5:
            try:
                with store.lock(tmp_path / "out"):
                    inside.append(1)
                    most.append(len(inside))
                    time.sleep(0.001)
                    inside.pop()
                    done.append(threading.get_ident())
            except store.Environment as problem:
                assert "in use by" in str(problem)

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 20
    assert sorted(done.count(one) for one in set(done)) == [5] * 4
