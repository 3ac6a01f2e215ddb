"""The same pages under other circumstances give the same bytes: `python -m benchmarks.faults.identical [--whole]`.

Each variant runs in a process of its own with its own cache; the hash of every file must be that of
the first: tables, texts, and with ``--whole`` the executed notebooks and the site too. ``--only`` names
variants. The test suite runs a few of these on a handful of pages.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.scale import corpus

#: All tables and texts, and cleaning alone, of the pages in argv[1] into the folder argv[2]; argv[3] processes
#: measure small parts, none: this one.
TABLES = """
import os, sys
from pathlib import Path
from yigai import parts, report, store, study, workers
folder, processes = Path(sys.argv[2]), int(sys.argv[3])
if processes:
    parts.PAGES, workers.FEW, os.cpu_count = 4, 0, lambda: processes
case = study.load(sys.argv[1])
report.write_tables(case, folder / "tables")
report.write_texts(case, folder)
report.clean_only([Path(sys.argv[1])], folder / "cleaned")
"""
WHOLE = """
import os, sys
from yigai import cli, parts, workers
if processes := int(sys.argv[3]):
    parts.PAGES, workers.FEW, os.cpu_count = 4, 0, lambda: processes
sys.exit(cli.main(["run", "--corpus", sys.argv[1], "--out", sys.argv[2]]))
"""


@dataclass(frozen=True)
class Variant:
    """What may differ between two machines."""

    environment: dict[str, str] = field(default_factory=dict)
    processes: int = 0
    umask: int = 0o022
    elsewhere: bool = False


def with_environment(**environment: str) -> Variant:
    """A variant of the environment alone."""
    return Variant(environment)


VARIANTS: dict[str, Variant] = {
    "plain": with_environment(PYTHONHASHSEED="0"),
    "another hash seed": with_environment(PYTHONHASHSEED="4711"),
    "one thread": with_environment(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1"),
    "two threads": with_environment(OMP_NUM_THREADS="2", OPENBLAS_NUM_THREADS="2"),
    "locale C": with_environment(LC_ALL="C", LANG="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"),
    "Chinese locale": with_environment(LC_ALL="zh_CN.UTF-8", LANG="zh_CN.UTF-8"),
    "Turkish locale": with_environment(LC_ALL="tr_TR.UTF-8", LANG="tr_TR.UTF-8"),
    "Latin-1 terminal": with_environment(PYTHONIOENCODING="latin-1"),
    "time zone east": with_environment(TZ="Asia/Shanghai"),
    "time zone far west": with_environment(TZ="Pacific/Pago_Pago"),
    "optimised": with_environment(PYTHONOPTIMIZE="2"),
    "Haswell kernel": with_environment(OPENBLAS_CORETYPE="Haswell"),
    "Nehalem kernel": with_environment(OPENBLAS_CORETYPE="Nehalem"),
    "Prescott kernel": with_environment(OPENBLAS_CORETYPE="Prescott"),
    "no AVX in numpy": with_environment(NPY_DISABLE_CPU_FEATURES="AVX2 FMA3 AVX512F AVX512_SKX"),
    "one worker": Variant(processes=1),
    "two workers": Variant(processes=2),
    "four workers": Variant(processes=4),
    "files for oneself alone": Variant(umask=0o077),
    "files for all": Variant(umask=0),
    "another folder to stand in": Variant(elsewhere=True),
}
if "avx512f" in (Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""):
    VARIANTS["SkylakeX kernel"] = with_environment(OPENBLAS_CORETYPE="SkylakeX")
#: Variants of the pages and of what was measured before.
WARM, SHUFFLED = "a warm cache", "another order of files"


def files(pages: Path, cache: Path, variant: Variant, *, code: str = TABLES) -> dict[str, str]:
    """The hash of every file of a run in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-c", code, str(pages), f"{folder}/out", str(variant.processes)],
            env={**os.environ, **variant.environment, "YIGAI_CACHE": str(cache)},
            capture_output=True,
            umask=variant.umask,
            cwd=folder if variant.elsewhere else None,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(done.stderr.decode("utf-8", "replace")[-2000:])
        out = Path(folder) / "out"
        return {str(path.relative_to(out)): sha256(path) for path in sorted(out.rglob("*")) if path.is_file()}


def sha256(path: Path) -> str:
    """The hash of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def differing(one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """The files that are not the same in both."""
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def shuffled(pages: Path, other: Path) -> Path:
    """The same pages, created in another order."""
    names = sorted(path.name for path in pages.iterdir())
    random.Random(1).shuffle(names)
    other.mkdir(parents=True)
    for name in names:
        shutil.copyfile(pages / name, other / name)
    return other


def main() -> None:
    """Run every variant; exit 1 if a byte differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=24)
    parser.add_argument("--corpus", default="", help="a folder of pages instead of generated ones")
    parser.add_argument("--whole", action="store_true", help="notebooks and site too")
    parser.add_argument("--only", nargs="+", default=[*VARIANTS, WARM, SHUFFLED], metavar="VARIANT")
    given = parser.parse_args()
    code, wrong = WHOLE if given.whole else TABLES, 0
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        pages = Path(given.corpus).resolve() if given.corpus else corpus.write(place / "pages", given.pages)
        first = files(pages, place / "plain", VARIANTS["plain"], code=code)
        runs = {label: (pages, label, how) for label, how in VARIANTS.items() if label != "plain"}
        runs[WARM] = (pages, "plain", Variant())
        runs[SHUFFLED] = (shuffled(pages, place / "other" / pages.name), "shuffled", Variant())
        tried = {label: run for label, run in runs.items() if label in given.only}
        for label, (folder, cache, variant) in tried.items():
            different = differing(first, files(folder, place / cache, variant, code=code))
            print(f"{label}: {', '.join(different) or 'the same'}", flush=True)
            wrong += bool(different)
    print(f"{len(tried)} variants, {wrong} differ, {len(first)} files each")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
