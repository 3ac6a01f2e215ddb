"""Kill a run at random moments, go on, compare: `python -m benchmarks.faults.kills [--kills 20] [--whole 3]`.

A run is killed with SIGKILL (the run alone, not its workers, as the system does when memory ends)
somewhere between its start and its end, and started again until it finishes; every file must then
be byte for byte that of a run nobody disturbed, no process may be left, no file half-written.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.scale import corpus
from yigai import store

PAGES, SIZE = 60, 400
#: Measures in worker processes and writes all tables, with small parts so that there is much to tear.
TABLES = """
import sys
from pathlib import Path
from yigai import parts, report, store, study, workers
parts.PAGES, workers.FEW = 8, 0
out = Path(sys.argv[2])
with store.lock(out), store.staging(out) as stage:
    case = study.load(sys.argv[1])
    report.write_texts(case, stage)
    report.write_tables(case, stage / "tables")
    store.publish(stage, out, ("clean", "raw", "tables"))
"""


def command(pages: Path, out: Path, whole: bool) -> list[str]:
    """The run to be killed: the tables alone, or everything with notebooks and site."""
    if whole:
        return [sys.executable, "-m", "yigai", "run", "--corpus", str(pages), "--out", str(out)]
    return [sys.executable, "-c", TABLES, str(pages), str(out)]


def hashes(out: Path) -> dict[str, str]:
    """The hash of every file below ``out``."""
    return {
        str(path.relative_to(out)): store.sha256(path.read_bytes())
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


def left_over(marker: str) -> list[str]:
    """Processes that still carry ``marker`` (the path of this trial) in command line or environment."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if marker.encode() in (place / "environ").read_bytes():
                found.append((place / "cmdline").read_bytes().replace(b"\0", b" ").decode()[:100])
        except OSError:
            continue
    return found


def start(pages: Path, out: Path, cache: Path, whole: bool) -> subprocess.Popen[bytes]:
    """Start a run in a session of its own."""
    return subprocess.Popen(
        command(pages, out, whole),
        env={**os.environ, "YIGAI_CACHE": str(cache)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def trial(pages: Path, place: Path, seconds: float, wanted: dict[str, str], whole: bool, dice: random.Random) -> str:
    """One killed run and its resumption; '' or what is wrong."""
    out, cache = place / "out", place / "cache"
    place.mkdir()
    victim = start(pages, out, cache, whole)
    moment = dice.uniform(0.05, seconds)
    try:
        victim.wait(moment)
        note = f"was done before {moment:.1f} s"
    except subprocess.TimeoutExpired:
        os.kill(victim.pid, signal.SIGKILL)
        victim.wait()
        note = f"killed after {moment:.1f} s"
    torn = {name for name in hashes(out) if ".stage" not in name and name != ".lock"} if out.exists() else set()
    wrong = [name for name in torn if hashes(out).get(name) != wanted.get(name)]
    again = start(pages, out, cache, whole)
    said = again.communicate()[1].decode()
    if again.returncode:
        return f"{note}; the next run ended with {again.returncode}: {said[-300:]}"
    found = hashes(out)
    time.sleep(3)
    problems = {
        "half-written": wrong,
        "different": sorted(name for name in wanted if found.get(name) != wanted[name]),
        "too many": sorted(set(found) - set(wanted)),
        "left running": left_over(str(cache)),
    }
    print(f"{note}: {len(torn)} files then, {len(found)} after resuming", flush=True)
    return "; ".join(f"{note}: {what} {names[:5]}" for what, names in problems.items() if names)


def small(folder: Path) -> Path:
    """Write PAGES small pages into ``folder``."""
    folder.mkdir()
    for name, text in corpus.pages(PAGES):
        (folder / f"{name}.txt").write_text(text[:SIZE], encoding="utf-8")
    return folder


def trials(kills: int, whole: bool, seed: int) -> int:
    """How many of so many kills went wrong."""
    dice, wrong = random.Random(seed), 0
    with tempfile.TemporaryDirectory() as place:
        pages = small(Path(place) / "pages")
        begun = time.monotonic()
        calm = start(pages, Path(place) / "out", Path(place) / "calm", whole)
        said = calm.communicate()[1].decode()
        if calm.returncode:
            raise SystemExit(said)
        seconds, wanted = time.monotonic() - begun, hashes(Path(place) / "out")
        print(f"undisturbed: {seconds:.1f} s, {len(wanted)} files", flush=True)
        for number in range(kills):
            if problem := trial(pages, Path(place) / f"t{number}", seconds, wanted, whole, dice):
                print("WRONG", problem, flush=True)
                wrong += 1
    return wrong


def main() -> None:
    """Kill, resume, compare; exit 1 if anything was torn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--whole", type=int, default=3)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    asked = ((options.kills, False), (options.whole, True))
    wrong = sum(trials(kills, whole, options.seed) for kills, whole in asked if kills)
    print(f"{options.kills + options.whole} kills, {wrong} wrong")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
