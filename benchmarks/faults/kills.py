"""Harm a run at random moments, go on, compare: `python -m benchmarks.faults.kills [--tables 20] [--whole 3] [--harm …]`.

``--tables`` counts runs that measure in workers and write all tables, ``--whole`` runs of everything
with notebooks and site, each harmed at a random moment between its start and its end:

run     SIGKILL of the run alone, not of its workers, as the system does when memory ends
group   SIGKILL of the run and all its processes
worker  SIGKILL of one of its processes: the run itself must go on or end in one line
TERM, INT, HUP  that signal to the whole group, as a shutdown, Ctrl-C, a closed terminal send it:
        the run must end within SOON seconds, exit code 3, with one line and its folder cleared
Unless it finished it is then started again; every file must be byte for byte that of a run nobody
disturbed, no process may be left, no file half-written.
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
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.scale import corpus
from yigai import store

PAGES, SIZE = 60, 400
#: Seconds within which a run that is asked to stop has stopped.
SOON = 10.0
#: Seconds after which the processes of a killed run are gone.
GONE = 15.0
STOPPED = "yigai: stopped: nothing was published; run again, measured pages are kept"
#: The command line, but only measuring (in worker processes, with small parts so that there is much to
#: tear) and writing of all tables.
TABLES = """
import sys
from yigai import cli
def tables(options):
    from pathlib import Path
    from yigai import parts, report, store, study, workers
    parts.PAGES, workers.FEW = 8, 0
    corpus, out, say = options.corpus, Path(options.out), cli.progress()
    with store.lock(out), store.staging(out) as stage:
        case = study.load(corpus, say=say)
        report.write_texts(case, stage)
        report.write_tables(case, stage / "tables")
        store.publish(stage, out, ("clean", "raw", "tables"))
cli._run = tables
sys.exit(cli.main(["run", *sys.argv[1:]]))
"""


TABLES_ALONE, WHOLE = ("-c", TABLES), ("-m", "yigai", "run")


@dataclass(frozen=True)
class Run:
    """A run to be harmed: what it runs, of which pages, into which folder, with which cache."""

    what: tuple[str, ...]
    pages: Path
    out: Path
    cache: Path

    def start(self) -> subprocess.Popen[str]:
        """Start it in a session of its own."""
        return subprocess.Popen(
            [sys.executable, *self.what, "--corpus", str(self.pages), "--out", str(self.out)],
            env={**os.environ, "YIGAI_CACHE": str(self.cache)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def processes(self) -> dict[int, str]:
        """The processes of this run (they carry its cache in their environment) and their command lines."""
        found = {}
        for place in sorted(Path("/proc").glob("[0-9]*")):
            try:
                if str(self.cache).encode() in (place / "environ").read_bytes():
                    found[int(place.name)] = (place / "cmdline").read_bytes().replace(b"\0", b" ").decode()[:100]
            except OSError:
                continue
        return found

    def visible(self) -> dict[str, str]:
        """The hash of every file of the results, without what is still being made."""
        hidden = (".stage", store.holding.NAME)
        files = (path for path in sorted(self.out.rglob("*")) if path.is_file()) if self.out.exists() else ()
        return {
            str(path.relative_to(self.out)): store.sha256(path.read_bytes())
            for path in files
            if not path.relative_to(self.out).parts[0].startswith(hidden)
        }

    def rest(self) -> list[str]:
        """What a run that ended may not leave: stages, locks, half-written files."""
        names = [path.name for path in self.out.glob(".*")] if self.out.exists() else []
        return names + [path.name for path in (*self.out.rglob(".part-*"), *self.cache.rglob(".part-*"))]


Dice = random.Random


def kill_run(run: Run, victim: subprocess.Popen[str], dice: Dice) -> list[str]:
    """Kill the run alone."""
    victim.kill()
    victim.communicate()
    return []


def kill_group(run: Run, victim: subprocess.Popen[str], dice: Dice) -> list[str]:
    """Kill the run and every process of its group."""
    os.killpg(victim.pid, signal.SIGKILL)
    victim.communicate()
    return []


def kill_worker(run: Run, victim: subprocess.Popen[str], dice: Dice) -> list[str]:
    """Kill one of its processes; the run must go on, or end in one line."""
    while victim.poll() is None:
        if others := sorted(set(run.processes()) - {victim.pid}):
            hit = dice.choice(others)
            print("  hit", run.processes().get(hit, "one that is gone")[-60:])
            try:
                os.kill(hit, signal.SIGKILL)
            except ProcessLookupError:
                continue
            break
        time.sleep(0.05)
    said = victim.communicate()[1]
    return [] if victim.returncode == 0 else [*one_line(said), *([] if victim.returncode == 3 else [f"exit {victim.returncode}"])]


def ask(number: signal.Signals, *, says: str = STOPPED) -> Harm:
    """Send a signal to the whole group; the run must end soon, with one line and nothing left."""

    def asked(run: Run, victim: subprocess.Popen[str], dice: Dice) -> list[str]:
        begun = time.monotonic()
        os.killpg(victim.pid, number)
        said = victim.communicate()[1]
        took = time.monotonic() - begun
        early = victim.returncode == -number and not said  # before it could listen
        if victim.returncode == 0 or early:
            return [f"left {name}" for name in run.rest()]
        wrong = one_line(said, says) if says else []
        wrong += [f"exit {victim.returncode}"] if victim.returncode != 3 else []
        wrong += [f"ended only after {took:.1f} s"] if took > SOON else []
        return wrong + [f"left {name}" for name in run.rest()]

    return asked


def one_line(said: str, wanted: str = "yigai: ") -> list[str]:
    """What is wrong about what a run says when it ends: one line, after its progress."""
    rows = said.splitlines()
    last = [row for row in rows if not row.strip()[:1].isdigit()]
    return [] if len(last) == 1 and last[0].startswith(wanted) else [f"said {last[-5:]}"]


Harm = Callable[[Run, subprocess.Popen[str], Dice], list[str]]
HARM: dict[str, Harm] = {
    "run": kill_run,
    "group": kill_group,
    "worker": kill_worker,
    "TERM": ask(signal.SIGTERM),
    "INT": ask(signal.SIGINT),
    "HUP": ask(signal.SIGHUP, says=""),  # with the terminal closed nobody reads what is said
}


def trial(run: Run, harm: str, seconds: float, wanted: dict[str, str], dice: Dice) -> str:
    """One harmed run and its resumption; '' or what is wrong."""
    victim = run.start()
    moment = dice.uniform(0.05, seconds)
    try:
        victim.wait(moment)
        note = f"{harm}: was done before {moment:.1f} s"
        problems = {"harm": one_line(victim.communicate()[1]) if victim.returncode else []}
    except subprocess.TimeoutExpired:
        note = f"{harm} after {moment:.1f} s"
        problems = {"harm": HARM[harm](run, victim, dice)}
    then = run.visible()
    problems["half-written"] = [name for name in then if then[name] != wanted.get(name)]
    if then != wanted:  # a run that finished all the same is not begun again: it would tell of a run before it
        again = run.start()
        said = again.communicate()[1]
        if again.returncode:
            return f"{note}; {problems}; the next run ended with {again.returncode}: {said[-300:]}"
    found = run.visible()
    until = time.monotonic() + GONE
    while run.processes() and time.monotonic() < until:
        time.sleep(0.2)
    problems |= {
        "different": sorted(name for name in wanted if found.get(name) != wanted[name]),
        "too many": sorted(set(found) - set(wanted)),
        "left in the folder": run.rest(),
        "left running": list(run.processes().values()),
    }
    print(f"{note}: {len(then)} files then, {len(found)} after resuming", flush=True)
    return "; ".join(f"{note}: {what} {names[:5]}" for what, names in problems.items() if names)


def small(folder: Path, count: int) -> Path:
    """Write so many small pages into ``folder``."""
    folder.mkdir()
    for name, text in corpus.pages(count):
        (folder / f"{name}.txt").write_text(text[:SIZE], encoding="utf-8")
    return folder


def trials(count: int, what: tuple[str, ...], harms: Sequence[str], pages: int, seed: int) -> Counter[str]:
    """How many of so many harmed runs went right and wrong, by kind of harm."""
    dice, outcome = Dice(seed), Counter[str]()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        calm = Run(what, small(place / "pages", pages), place / "out", place / "calm")
        begun = time.monotonic()
        process = calm.start()
        said = process.communicate()[1]
        if process.returncode:
            raise SystemExit(said)
        seconds, wanted = time.monotonic() - begun, calm.visible()
        print(f"undisturbed: {seconds:.1f} s, {len(wanted)} files", flush=True)
        for number in range(count):
            harm = harms[number % len(harms)]
            run = Run(what, calm.pages, place / f"t{number}" / "out", place / f"t{number}" / "cache")
            problem = trial(run, harm, seconds, wanted, dice)
            outcome[f"{harm} {'wrong' if problem else 'right'}"] += 1
            if problem:
                print("WRONG", problem, flush=True)
    return outcome


def main() -> None:
    """Harm, resume, compare; exit 1 if anything was torn."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tables", type=int, default=20)
    parser.add_argument("--whole", type=int, default=3)
    parser.add_argument("--harm", nargs="+", choices=HARM, default=["run"])
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    outcome = Counter[str]()
    for count, what in ((given.tables, TABLES_ALONE), (given.whole, WHOLE)):
        if count:
            outcome += trials(count, what, given.harm, given.pages, given.seed)
    print(", ".join(f"{kind} {times}" for kind, times in sorted(outcome.items())))
    sys.exit(any(kind.endswith("wrong") for kind in outcome))


if __name__ == "__main__":
    main()
