"""Synopsis: one page a case, from its form to its consistency, each line with status and quote."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pandas as pd

from yigai.coding import NO_CUE
from yigai.facts import entries, labels, membership
from yigai.facts.case import READ, Case, Said, Tables, rows_by_document
from yigai.facts.labels import Both

COLUMNS = ("doc", "entry", "entry_zh", "statement", "statement_zh", "status", "quote")
NOTHING = Said(Both(NO_CUE, labels.STEPS[0].zh), "", "")

#: What a page tells, in the order of its lines; the labels of both languages are labels.ENTRIES.
READERS: dict[str, Callable[[Case], Iterator[Said]]] = {
    "form": entries.form,
    "tightness": entries.tightness,
    "leaders": entries.leaders,
    "members": membership.members,
    "money": entries.money,
    "payment": entries.payment,
    "incentives": entries.incentives,
    "phases": entries.phases,
    "calendar": entries.calendar,
    "indicators": entries.indicators,
    "duties": entries.duties,
    "slogans": entries.slogans,
    "checks": entries.checks,
}


def synopsis(tables: Tables, doc: str) -> pd.DataFrame:
    """One page about one document; an entry nothing fired says 'no cue matched (未检出)', never 'absent'.

    ``tables`` holds the contract's sentences, indicators, duties, timeline, programmes, institutions
    (and, where made, codes and checks). Columns: doc, entry, entry_zh, statement, statement_zh,
    status, quote; the quote is a piece of the clean text.
    """
    found = {name: table[table["doc"] == doc] for name, table in tables.items() if name in READ}
    return synopses(found, [doc])


def synopses(tables: Tables, docs: Iterable[str]) -> pd.DataFrame:
    """The synopses of several documents one after another, their tables read once for all."""
    own = rows_by_document(tables)
    told = [(doc, *line) for doc in docs for line in _lines(Case(own.get(doc, {})))]
    return pd.DataFrame(told, columns=list(COLUMNS), dtype="str")


def _lines(case: Case) -> Iterator[tuple[str, ...]]:
    for name, read in READERS.items():
        for said in list(dict.fromkeys(read(case))) or [NOTHING]:
            yield name, labels.ENTRIES[name].zh, said.words.en, said.words.zh, said.status, said.quote
