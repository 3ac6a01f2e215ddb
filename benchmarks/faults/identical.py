"""The same pages under other circumstances give the same bytes: `python -m benchmarks.faults.identical`.

Each variant runs in a process of its own with its own cache; the hash of every table must be that
of the first. The test suite runs a few of these on a handful of pages.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks.scale import corpus

RUN = """
import json, sys, tempfile
from pathlib import Path
from yigai import parts, report, store, study, workers
workers.FEW = int(sys.argv[2])
with tempfile.TemporaryDirectory() as folder:
    case = study.load(sys.argv[1])
    report.write_tables(case, Path(folder))
    report.write_texts(case, Path(folder))
    report.clean_only([Path(sys.argv[1])], Path(folder) / "cleaned")
    found = {str(p.relative_to(folder)): store.sha256(p.read_bytes()) for p in sorted(Path(folder).rglob("*.*"))}
print(json.dumps(found))
"""

#: What may differ between two machines: name -> (environment, pages below which one process works).
VARIANTS: dict[str, tuple[dict[str, str], int]] = {
    "plain": ({"PYTHONHASHSEED": "0"}, 100),
    "another hash seed": ({"PYTHONHASHSEED": "4711"}, 100),
    "one thread": ({"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}, 100),
    "two threads": ({"OMP_NUM_THREADS": "2", "OPENBLAS_NUM_THREADS": "2"}, 100),
    "locale C": ({"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, 100),
    "Chinese locale": ({"LC_ALL": "zh_CN.UTF-8", "LANG": "zh_CN.UTF-8"}, 100),
    "Latin-1 terminal": ({"PYTHONIOENCODING": "latin-1"}, 100),
    "time zone east": ({"TZ": "Asia/Shanghai"}, 100),
    "time zone far west": ({"TZ": "Pacific/Pago_Pago"}, 100),
    "Haswell kernel": ({"OPENBLAS_CORETYPE": "Haswell"}, 100),
    "Nehalem kernel": ({"OPENBLAS_CORETYPE": "Nehalem"}, 100),
    "Prescott kernel": ({"OPENBLAS_CORETYPE": "Prescott"}, 100),
    "no AVX in numpy": ({"NPY_DISABLE_CPU_FEATURES": "AVX2 FMA3 AVX512F AVX512_SKX"}, 100),
    "several processes": ({}, 0),
}
if "avx512f" in (Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""):
    VARIANTS["SkylakeX kernel"] = ({"OPENBLAS_CORETYPE": "SkylakeX"}, 100)


def tables(pages: Path, cache: Path, environment: Mapping[str, str], few: int) -> dict[str, str]:
    """The hash of every file of a run in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(pages), str(few)],
        env={**os.environ, **environment, "YIGAI_CACHE": str(cache)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return json.loads(done.stdout.splitlines()[-1])


def differing(one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """The files that are not the same in both."""
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def shuffled(pages: Path, other: Path) -> Path:
    """The same pages, created in another order."""
    names = sorted(path.name for path in pages.iterdir())
    random.Random(1).shuffle(names)
    other.mkdir()
    for name in names:
        shutil.copyfile(pages / name, other / name)
    return other


def main() -> None:
    """Run every variant; exit 1 if a byte differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=24)
    parser.add_argument("--corpus", default="", help="a folder of pages instead of generated ones")
    options = parser.parse_args()
    wrong = 0
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        pages = Path(options.corpus) if options.corpus else corpus.write(place / "pages", options.pages)
        first = tables(pages, place / "plain", *VARIANTS["plain"])
        runs = {label: (pages, label, *how) for label, how in VARIANTS.items() if label != "plain"}
        runs["a warm cache"] = (pages, "plain", {}, 100)
        runs["another order of files"] = (shuffled(pages, place / "shuffled"), "shuffled", {}, 100)
        for label, (folder, cache, environment, few) in runs.items():
            different = differing(first, tables(folder, place / cache, environment, few))
            print(f"{label}: {', '.join(different) or 'the same'}", flush=True)
            wrong += bool(different)
    print(f"{len(runs)} variants, {wrong} differ, {len(first)} files each")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
