"""What a run refuses, in one line with a remedy, and what it tells of pages it leaves out."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pandas as pd

from yigai.corpus import BadInput
from yigai.parameters import BadParameter
from yigai.study import Study, seeds


def check_apart(out: Path, corpora: Sequence[str | Path], replaced: Sequence[str] = ()) -> None:
    """Refuse results inside the corpus, which the next run would read as pages, and a corpus they would replace.

    ``replaced`` names the entries of ``out`` that are put anew. Raises BadInput.
    """
    place = resolved(out)
    for path in map(Path, corpora):
        pages = resolved(path)
        if place.is_relative_to(pages):
            raise BadInput(f"{out}: lies inside the corpus {path}; choose an --out beside it")
        if not pages.is_dir() and place == pages.parent:
            raise BadInput(f"{out}: is the folder of the page {path}, which would be overwritten; choose another --out")
        if any(pages.is_relative_to(place / name) for name in replaced):
            raise BadInput(f"{path}: lies where the results in {out} are replaced; choose another --out")


def resolved(path: Path) -> Path:
    """The place a path leads to; raises BadInput for a link in a ring and for what is no path."""
    try:
        return path.resolve()
    except (RuntimeError, ValueError):
        raise BadInput(f"{path}: a link that leads to itself, or no path; give another") from None


def signature(corpus_path: str) -> list[tuple[str, int, int]]:
    """Name, size and time of change of every file of a corpus: the notebooks read it anew."""
    top = Path(corpus_path) if corpus_path else seeds()
    folders = ((folder, names) for folder, _, names in os.walk(top))
    paths = sorted(os.path.join(folder, name) for folder, names in folders for name in names) if top.is_dir() else [str(top)]
    found = []
    for path in paths:
        with suppress(OSError):
            about = os.lstat(path)
            found.append((path, about.st_size, about.st_mtime_ns))
    return found


def check_kept(case: Study) -> None:
    """Refuse a report on no document, with the reason for the first that was left out.

    Raises BadInput.
    """
    if not len(case.kept):
        why = [line.removeprefix("left out: ") for line in left_out(case.rejected, most=1)][:1]
        raise BadInput(f"no document is left: {why[0]}" if why else "corpus: no document is left; add pages (or regions)")


def left_out(rejected: pd.DataFrame, *, most: int = 5) -> list[str]:
    """What was left out and why, a line each, of many the first.

    >>> left_out(pd.DataFrame({"file": ["a.txt"], "reason": ["empty"], "remedy": ["leave it out"]}))
    ['left out: a.txt: empty; leave it out']
    """
    rows = zip(rejected["file"], rejected["reason"], rejected["remedy"], strict=True)
    lines = [f"left out: {file}: {reason}; {remedy}" for file, reason, remedy in list(rows)[:most]]
    return lines + ([f"left out: {len(rejected) - most} more, see tables/rejected.csv"] if len(rejected) > most else [])


def check_topics(case: Study) -> None:
    """Refuse more topics than passages.

    Raises BadParameter.
    """
    passages = len(case.sentences[["doc", "passage"]].drop_duplicates()) if case.n_topics else 0
    if not 0 <= case.n_topics <= passages:
        raise BadParameter(
            f"n_topics: {case.n_topics} topics for {passages} passages; "
            "choose fewer, or 0 to let the stability panel choose"
        )
