"""What grows with the corpus in the one process that writes the report, at sizes nobody has time to measure page by page.

`python -m benchmarks.scale.repeated [--pages 10000 30000 100000] [--cache FOLDER]`. BASE made pages are measured; their
parts are then kept again and again, under other names and with other fingerprints. One process takes all of them
as a measured corpus: finds reposts, fits topics and places the passages, counts words, writes every table and
clean text. Not in it: reading and measuring the pages, notebooks, site. Results go to benchmarks/scale/repeated.json.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from benchmarks.scale import corpus, process
from yigai import counted, parts, report, spool, store, study, workers
from yigai.corpus.reposts import Print
from yigai.tables import Tables

RESULTS = Path(__file__).parent / "repeated.json"
#: Pages that are measured; all others are these under another name.
BASE = 1000
STAGES = (parts.MEASURED, parts.TOLD, counted.WORDS)
WRITE = "import sys; from benchmarks.scale import repeated; repeated.write(*sys.argv[1:])"


def base(folder: Path) -> list[parts.Part]:
    """The made pages in parts, measured."""
    if not folder.is_dir():
        corpus.write(folder, BASE)
    found = spool.read(folder).parts
    workers.measure(found, study.silent, stages=STAGES)
    return found


def copy(part: parts.Part, number: int) -> parts.Part:
    """The part under other names."""
    return parts.Part(tuple(replace(page, doc=name(page.doc, number), raw="") for page in part.documents))


def name(doc: str, number: int) -> str:
    """The name of a page in a copy; the copies follow one another in the order of names."""
    return f"copy{number:05d}-{doc}"


def copies(found: Sequence[parts.Part], pages: int) -> Iterator[tuple[parts.Part, int]]:
    """Each part with the number of its copy, until there are about so many pages."""
    for number in range(round(pages / BASE)):
        yield from ((part, number) for part in found)


def keep(part: parts.Part, number: int) -> None:
    """Keep the tables of a copy where its own measuring would have put them."""
    other = copy(part, number)
    for stage in STAGES:
        if not store.is_cached(stage.key(other)):
            made = {title: _bytes(told(table, number)) for title, table in columns(part, stage).items()}
            store.keep_bytes(stage.key(other), made)


@lru_cache(maxsize=256)
def columns(part: parts.Part, stage: parts.Stage) -> dict[str, pa.Table]:
    """The tables of a stage of a measured part."""
    return {title: stage.columns(part, title) for title in stage.tables(part)}


def told(table: pa.Table, number: int) -> pa.Table:
    """A table with the names and the fingerprints of a copy."""
    for column, other in (("doc", name), ("print", salted)):
        if column in table.column_names:
            field = table.schema.field(column)
            cells = pa.array([other(cell, number) for cell in table[column].to_pylist()], field.type)
            table = table.set_column(table.column_names.index(column), field, cells)
    return table


def salted(kept: bytes, number: int) -> bytes:
    """A fingerprint that is like no other copy's: its keys, in order, with other bits."""
    salt = np.uint64(number * 0x9E3779B97F4A7C15 % 2**64)
    strong, weak, sketch = (np.sort(keys ^ salt) for keys in Print.of(kept))
    return np.concatenate([np.array([len(strong), len(weak)], np.uint64), strong, weak, sketch]).tobytes()


def _bytes(table: pa.Table) -> bytes:
    buffer = io.BytesIO()
    parquet.write_table(table, buffer, compression=store.COMPRESSION)
    return buffer.getvalue()


def write(pages: str, folder: str, out: str) -> None:
    """Write the report's tables and texts of so many pages, and say what each step took."""
    took: dict[str, float] = {}
    peaks: dict[str, int] = {}
    begun = time.process_time()

    def note(step: str) -> None:
        nonlocal begun
        took[step] = round(time.process_time() - begun, 1)
        peaks[step] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        begun = time.process_time()

    found = [copy(part, number) for part, number in copies(base(Path(folder)), int(pages))]
    note("names")
    tables = Tables.of(found, pd.DataFrame(columns=["file", "reason", "remedy"], dtype="str"))
    case = study.Study(spool.Pages(found, tables["documents"]["doc"]), tables)
    note("documents and reposts")
    for step in ("topics", "keyness", "gate"):
        getattr(case, step)
        note(step)
    rows = report.write_tables(case, Path(out) / "tables")
    note("tables")
    store.write_tree(Path(out) / "clean", report.cleaned_files(case.tables.pieces("texts")))
    note("clean texts")
    said = {"accounting": report.accounting(case), "rows": sum(rows.values()), "cpu by step": took, "peak mb by step": peaks}
    print(json.dumps(said))


def measured(pages: int, cache: Path) -> dict[str, Any]:
    """One size: the copies made, then one process that writes them all."""
    found = base(cache / "pages")
    wanted = list(copies(found, pages))
    for at, (part, number) in enumerate(wanted):
        if at % 200 == 0:
            print(f"{pages} pages: copy {at} of {len(wanted)}", file=sys.stderr, flush=True)
        keep(part, number)
    with tempfile.TemporaryDirectory(dir=cache) as out:
        run = process.run([sys.executable, "-c", WRITE, str(pages), str(cache / "pages"), out], {})
        bytes_written = sum(path.stat().st_size for path in (Path(out) / "tables").iterdir())
    said = json.loads(run.said.splitlines()[-1])
    return {"pages": pages, "full": run._replace(said="")._asdict(), "megabytes": round(bytes_written / 1e6), **said}


def main() -> None:
    """Measure each size and keep the results after each."""
    from benchmarks.scale.__main__ import exponents

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, nargs="*", default=[10_000, 30_000, 100_000])
    parser.add_argument("--cache", type=Path, help="a folder that keeps the copies for another time")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        cache = (options.cache or Path(place)).resolve()
        os.environ["YIGAI_CACHE"] = str(cache / "cache")
        found = []
        for pages in options.pages:
            found.append(measured(pages, cache))
            results = {"sizes": found, "growth of cpu": exponents(found, "cpu")}
            RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
            print(json.dumps(found[-1]), flush=True)


if __name__ == "__main__":
    main()
