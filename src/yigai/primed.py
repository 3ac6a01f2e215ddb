"""Primed studies: what a run has measured already, handed to the kernels of its notebooks.

A notebook loads its corpus by itself, which on a large corpus would read every page again, once a
notebook. The run therefore keeps the studies its notebooks will ask for in the cache and leaves a
note of their names, which only the kernels it starts can find; alone, a notebook measures.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from yigai import spool, store
from yigai.clean import Override
from yigai.code import code_version
from yigai.corpus import Document
from yigai.parts import NAMES, ROOMS, Part
from yigai.tables import INNER, Held

if TYPE_CHECKING:
    from yigai.study import Study

#: Where the note is, for the kernels of one run.
NOTE = "YIGAI_PRIMED"
PAGES = "pages"
KEPT = tuple(name for name in NAMES if name not in INNER)


def asked(corpus: str, regions: Sequence[str], most: int) -> str:
    """What a notebook asks for when it loads a study."""
    return json.dumps([str(Path(corpus).resolve()) if corpus else "", list(regions), most])


def held(corpus: str, regions: Sequence[str], most: int) -> tuple[spool.Pages, Held] | None:
    """The pages and tables of a study that the run has left for its kernels; None where there is none."""
    try:
        note = json.loads(Path(os.environ[NOTE]).read_text(encoding="utf-8"))
        key = str(note[asked(corpus, regions, most)])
        tables = {name: store.cached_table(key, name, _gone) for name in (*KEPT, PAGES)}
    except (KeyError, TypeError, *store.DAMAGED):
        return None
    pages = tables.pop(PAGES)
    rows = zip(*(pages[name] for name in _COLUMNS), strict=True)
    return spool.Pages([Part(tuple(_page(*row) for row in rows))], pages["doc"]), Held(tables)


def _gone() -> Mapping[str, pd.DataFrame]:
    raise KeyError("the study is not in the cache")


@contextmanager
def kernels(studies: Mapping[str, Study], stage: Path) -> Iterator[dict[str, str]]:
    """Keep the studies, by what notebooks ask for, and leave a note of them while kernels run; gives the note."""
    note = {ask: _kept(study) for ask, study in studies.items()}
    if not note:
        yield note
        return
    os.environ[NOTE] = str(store.write_json(stage / ".primed.json", note))
    try:
        yield note
    finally:
        del os.environ[NOTE]


def _kept(study: Study) -> str:
    # Whether a page is a repost may hang on pages that this study does not hold.
    made = [code_version((*ROOMS, "primed.py", "tables.py")), study.rejected.to_json(), repr(list(study.documents["repost_of"]))]
    made += [json.dumps(_row(replace(page, raw="")), ensure_ascii=False, sort_keys=True) for page in study.pages]
    key = store.sha256("\n".join(made).encode("utf-8", "surrogatepass"))
    if not store.is_cached(key):
        pages = pd.DataFrame([_row(page) for page in study.pages])
        store.cached(key, lambda: {name: study.tables[name] for name in KEPT} | {PAGES: pages})
    return key


def _row(page: Document) -> dict[str, str]:
    return {
        "doc": page.doc, "file": page.file, "sha256": page.sha256, "encoding": page.encoding, "raw": page.raw,
        "given": json.dumps(page.given, ensure_ascii=False, sort_keys=True),
        "overrides": json.dumps([asdict(one) for one in page.overrides], ensure_ascii=False, sort_keys=True),
    }  # fmt: skip


_COLUMNS = ("doc", "file", "sha256", "encoding", "raw", "given", "overrides")


def _page(doc: str, file: str, sha256: str, encoding: str, raw: str, given: str, overrides: str) -> Document:
    decided = tuple(Override(**one) for one in json.loads(overrides))
    return Document(doc, file, sha256, encoding, raw, json.loads(given), decided)
