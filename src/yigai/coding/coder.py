"""Code sentences: dimensions, policy instruments, status, hedge, and the cues that fired them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pandas as pd

from yigai.coding.codebook import codebook
from yigai.coding.lexicon import STRONG
from yigai.coding.scan import Hit, scan
from yigai.coding.status import Marks, aimed, decide, leaning, marks, running

SILENT = ("duty", "boilerplate")  # kinds of sentence that are never coded
GOAL, RULING = "EG", "ER"
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


@cache
def _ordered() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Keys of the dimensions and of the instruments in the order of the codebook."""
    book = codebook()
    return tuple(item.key for item in book.dimensions), tuple(item.key for item in book.instruments)


def _tools(codes: Sequence[str], hits: Sequence[Hit], status: str) -> list[str]:
    """The instruments of a sentence, given its status.

    A figure already reached is no goal; a problem or a legal basis uses no instrument; a dated goal
    describes the state to be reached, so what would be a process elsewhere is part of the goal; a
    duty or competence that names no other instrument is itself one, fired by the marker of the rule.
    """
    if status == "background":
        return []
    dated = status == "target" and any(h.target == "target" and h.weight >= STRONG for h in hits)
    silent = (GOAL,) if status == "achieved" else PROCESSES if dated else ()
    tools = [key for key in _ordered()[1] if key in codes and key not in silent]
    ruled = status == "rule" and not tools and any(key in codes for key in _ordered()[0])
    return [RULING] if ruled else tools


def _row(kind: str, hits: Sequence[Hit], status: str) -> tuple[str, ...]:
    """Dimensions, instruments, status, hedge and cues of one sentence, ';'-joined."""
    codes = fired(hits)
    dims = [key for key in _ordered()[0] if key in codes]
    tools = [] if kind == "heading" else _tools(codes, hits, status)
    shown = {*dims, *tools, "hedge", status} | ({"told"} if status == "achieved" else set())
    named = {"told": "achieved"} | ({"rule": RULING} if RULING in tools and RULING not in codes else {})
    cues = [
        f"{name}:{hit.cue}@{hit.start}-{hit.end}"
        for hit in hits
        if hit.target in shown
        for name in dict.fromkeys((named.get(hit.target, hit.target), hit.target))
        if name != "told"
    ]
    hedges = dict.fromkeys(hit.cue for hit in hits if hit.target == "hedge")
    return ";".join(dims), ";".join(tools), status, ";".join(hedges), ";".join(cues)


def _status(kind: str, found: Marks, lean: str) -> str:
    if kind in (*SILENT, "heading"):
        return ""
    return "background" if kind == "background" else decide(found, lean=lean)


def sound(texts: Sequence[str]) -> list[str]:
    """The texts without half surrogate pairs; TypeError for one bare text or anything that is no text.

    >>> sound(["医改"])
    ['医改']
    """
    if isinstance(texts, str):
        raise TypeError("one text, not a list of texts; write [text]")
    kept = list(texts)
    for place, text in enumerate(kept):
        if not isinstance(text, str):
            raise TypeError(f"text {place} is {type(text).__name__}, not a text; leave it out or write ''")
    return [text.encode("utf-8", "replace").decode("utf-8") for text in kept]


def code(texts: Sequence[str]) -> pd.DataFrame:
    """One row a text, in order: text, dimensions, instruments, status, hedge, cues; TypeError for what is no list of texts.

    >>> code(["为村卫生室培训乡村医生200名。"]).loc[0, "dimensions"]
    'HRH'
    """
    kept = sound(texts)
    found = [scan(text) for text in kept]
    rows = [_row("", hits, decide(marks(hits))) for hits in found]
    return pd.DataFrame([(text, *row) for text, row in zip(kept, rows, strict=True)], columns=list(COLUMNS), dtype=str)


def table(sentences: pd.DataFrame) -> pd.DataFrame:
    """The `codes` table: doc, sentence, text, dimensions, instruments, status, hedge, cues, kind.

    Headings may fire dimensions but never instruments; `kind` lets them be counted apart. Sentences
    without a marker of status take the one their document leans to.
    """
    places: dict[object, list[int]] = {}
    for place, doc in enumerate(sentences["doc"]):
        places.setdefault(doc, []).append(place)
    texts, kinds = sentences["text"].tolist(), sentences["kind"].tolist()
    passages = list(sentences.get("passage", range(len(sentences))))  # sentences without paragraphs stand alone
    rows: list[tuple[str, ...]] = [()] * len(texts)
    for own in places.values():
        for place, row in zip(own, _document(*([column[i] for i in own] for column in (texts, kinds, passages))), strict=True):
            rows[place] = row
    coded = pd.DataFrame(
        [(text, *row) for text, row in zip(texts, rows, strict=True)], columns=list(COLUMNS), dtype=str
    )
    coded.insert(0, "doc", sentences["doc"].array)
    coded.insert(1, "sentence", sentences["sentence"].array)
    coded["kind"] = sentences["kind"].array
    return coded


def _document(texts: Sequence[str], kinds: Sequence[str], passages: Sequence[int]) -> list[tuple[str, ...]]:
    """The codes of the sentences of one document, in their order."""
    hits = [[] if kind in SILENT else scan(text) for text, kind in zip(texts, kinds, strict=True)]
    marked = [marks(found) for found in hits]
    mostly = leaning(found for found, kind in zip(marked, kinds, strict=True) if kind == "body")
    leans = [mostly] * len(hits) if mostly else running(marked)
    return [
        _row(kind, found, "target" if goes_on and kind == "body" else _status(kind, mark, lean))
        for kind, found, mark, lean, goes_on in zip(kinds, hits, marked, leans, aimed(marked, passages), strict=True)
    ]


def uncoded(sentences: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """Body sentences in which nothing fired: what the codebook does not see, listed for reading.

    Columns: doc, sentence, kind, text.
    """
    keys = ["doc", "sentence"]
    silent = codes.loc[(codes["dimensions"] == "") & (codes["instruments"] == ""), keys]
    body = sentences.loc[sentences["kind"] == "body", [*keys, "kind", "text"]]
    return body.merge(silent, on=keys, how="inner", validate="one_to_one").reset_index(drop=True)
