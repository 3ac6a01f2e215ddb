"""Code sentences: dimensions, policy instruments, status, hedge, and the cues that fired them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from yigai.coding.codebook import codebook
from yigai.coding.lexicon import STRONG
from yigai.coding.scan import Hit, scan
from yigai.coding.status import decide

SILENT = ("duty", "boilerplate")  # kinds of sentence that are never coded
GOAL = "EG"  # a figure already reached is no goal
COLUMNS = ("text", "dimensions", "instruments", "status", "hedge", "cues")


def fired(hits: Sequence[Hit]) -> tuple[str, ...]:
    """The codes with one strong cue or two different weak ones, in alphabetical order.

    >>> fired(scan("培训全科医生"))
    ('HRH', 'SH')
    """
    cues: dict[str, dict[str, int]] = {}
    for hit in hits:
        cues.setdefault(hit.target, {})[hit.cue] = hit.weight
    return tuple(sorted(t for t, found in cues.items() if sum(found.values()) >= STRONG))


def _row(text: str, kind: str, dimensions: Sequence[str], instruments: Sequence[str]) -> dict[str, str]:
    hits = [] if kind in SILENT else scan(text)
    codes = fired(hits)
    status = decide(hits)
    dims = [code for code in dimensions if code in codes]
    tools = [
        code
        for code in instruments
        if code in codes and kind != "heading" and not (code == GOAL and status == "achieved")
    ]
    shown = {*dims, *tools, "hedge", status}
    return {
        "text": text,
        "dimensions": ";".join(dims),
        "instruments": ";".join(tools),
        "status": "" if kind in (*SILENT, "heading") else status,
        "hedge": ";".join(dict.fromkeys(hit.cue for hit in hits if hit.target == "hedge")),
        "cues": ";".join(
            f"{hit.target}:{hit.cue}@{hit.start}-{hit.end}" for hit in hits if hit.target in shown
        ),
    }


def _coded(texts: Iterable[str], kinds: Iterable[str]) -> pd.DataFrame:
    book = codebook()
    dimensions = [item.key for item in book.dimensions]
    instruments = [item.key for item in book.instruments]
    rows = [
        _row(text, kind, dimensions, instruments) for text, kind in zip(texts, kinds, strict=True)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=str)


def code(texts: Sequence[str]) -> pd.DataFrame:
    """One row a text, in order: text, dimensions, instruments, status, hedge, cues.

    >>> code(["为村卫生室培训乡村医生200名。"]).loc[0, "dimensions"]
    'CAP;HRH'
    """
    texts = list(texts)
    return _coded(texts, [""] * len(texts))


def table(sentences: pd.DataFrame) -> pd.DataFrame:
    """The `codes` table: doc, sentence, text, dimensions, instruments, status, hedge, cues, kind.

    Headings may fire dimensions but never instruments; `kind` lets them be counted apart.
    """
    coded = _coded(sentences["text"], sentences["kind"]).set_index(sentences.index)
    where = sentences[["doc", "sentence"]]
    return pd.concat([where, coded, sentences[["kind"]]], axis=1).reset_index(drop=True)


def uncoded(sentences: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """Body sentences in which nothing fired: what the codebook does not see, listed for reading.

    Columns: doc, sentence, kind, text.
    """
    keys = ["doc", "sentence"]
    silent = codes.loc[(codes["dimensions"] == "") & (codes["instruments"] == ""), keys]
    body = sentences.loc[sentences["kind"] == "body", [*keys, "kind", "text"]]
    return body.merge(silent, on=keys, how="inner", validate="one_to_one").reset_index(drop=True)
