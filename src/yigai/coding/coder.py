"""Code sentences: dimensions, policy instruments, status, hedge, and the cues that fired them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from yigai.coding.codebook import codebook
from yigai.coding.lexicon import STRONG
from yigai.coding.scan import Hit, scan
from yigai.coding.status import decide, leaning, running

SILENT = ("duty", "boilerplate")  # kinds of sentence that are never coded
GOAL = "EG"
PROCESSES = ("SA", "ER", "EI", "SF", "DI", "EE")
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


def _tools(codes: Sequence[str], hits: Sequence[Hit], status: str) -> list[str]:
    """The instruments of a sentence, given its status.

    A figure already reached is no goal; a problem or a legal basis uses no instrument; a dated goal
    describes the state to be reached, so what would be a process elsewhere is part of the goal.
    """
    if status == "background":
        return []
    dated = status == "target" and any(h.target == "target" and h.weight >= STRONG for h in hits)
    silent = {GOAL} if status == "achieved" else set(PROCESSES) if dated else set()
    return [item.key for item in codebook().instruments if item.key in codes and item.key not in silent]


def _row(text: str, kind: str, hits: Sequence[Hit], lean: str) -> dict[str, str]:
    codes = fired(hits)
    status = _status(kind, hits, lean)
    dims = [item.key for item in codebook().dimensions if item.key in codes]
    tools = [] if kind == "heading" else _tools(codes, hits, status)
    shown = {*dims, *tools, "hedge", status} | ({"told"} if status == "achieved" else set())
    return {
        "text": text,
        "dimensions": ";".join(dims),
        "instruments": ";".join(tools),
        "status": status,
        "hedge": ";".join(dict.fromkeys(hit.cue for hit in hits if hit.target == "hedge")),
        "cues": ";".join(
            f"{'achieved' if hit.target == 'told' else hit.target}:{hit.cue}@{hit.start}-{hit.end}"
            for hit in hits
            if hit.target in shown
        ),
    }


def _status(kind: str, hits: Sequence[Hit], lean: str) -> str:
    if kind in (*SILENT, "heading"):
        return ""
    return "background" if kind == "background" else decide(hits, lean=lean)


def code(texts: Sequence[str]) -> pd.DataFrame:
    """One row a text, in order: text, dimensions, instruments, status, hedge, cues.

    >>> code(["为村卫生室培训乡村医生200名。"]).loc[0, "dimensions"]
    'HRH'
    """
    rows = [_row(text, "", scan(text), "") for text in texts]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=str)


def table(sentences: pd.DataFrame) -> pd.DataFrame:
    """The `codes` table: doc, sentence, text, dimensions, instruments, status, hedge, cues, kind.

    Headings may fire dimensions but never instruments; `kind` lets them be counted apart. Sentences
    without a marker of status take the one their document leans to.
    """
    coded = [_document(found) for _, found in sentences.groupby("doc", sort=False)]
    columns = ["doc", "sentence", *COLUMNS, "kind"]
    if not coded:
        return pd.DataFrame(columns=columns)
    return pd.concat(coded).loc[sentences.index, columns].reset_index(drop=True)


def _document(sentences: pd.DataFrame) -> pd.DataFrame:
    """The coded sentences of one document, in their own order and index."""
    kinds = sentences["kind"].tolist()
    texts = sentences["text"].tolist()
    hits = [[] if kind in SILENT else scan(text) for text, kind in zip(texts, kinds, strict=True)]
    mostly = leaning(found for found, kind in zip(hits, kinds, strict=True) if kind == "body")
    leans = [mostly] * len(hits) if mostly else running(hits)
    rows = [_row(*parts) for parts in zip(texts, kinds, hits, leans, strict=True)]
    coded = pd.DataFrame(rows, columns=list(COLUMNS), dtype=str, index=sentences.index)
    return pd.concat([sentences[["doc", "sentence"]], coded, sentences[["kind"]]], axis=1)


def uncoded(sentences: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """Body sentences in which nothing fired: what the codebook does not see, listed for reading.

    Columns: doc, sentence, kind, text.
    """
    keys = ["doc", "sentence"]
    silent = codes.loc[(codes["dimensions"] == "") & (codes["instruments"] == ""), keys]
    body = sentences.loc[sentences["kind"] == "body", [*keys, "kind", "text"]]
    return body.merge(silent, on=keys, how="inner", validate="one_to_one").reset_index(drop=True)
