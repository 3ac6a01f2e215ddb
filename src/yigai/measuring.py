"""Measuring: every table that follows from a page alone, of some pages together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from yigai import clean, coding, corpus, facts, passages, places
from yigai.corpus import Document

#: Card fields that stand in the documents table, each with a column ``<field>_evidence``.
CARD_FIELDS = (
    "title", "publisher", "genre", "level", "province", "city", "county", "adcode",
    "published", "issued", "doc_no",
)  # fmt: skip
UNKNOWN = "unknown"

Tables = dict[str, pd.DataFrame]


def measured(documents: Sequence[Document]) -> Tables:
    """Every table that follows from some pages alone."""
    cleaned = _cleaned(documents)
    cards = _cards(documents, cleaned)
    published = {doc: card.issued.value or card.published.value for doc, card in cards.items()}
    sentences = _each(passages.table, cleaned)
    return _of_cleaning(documents, cleaned, cards) | {
        "sentences": sentences,
        "flagged": _flagged(cleaned),
        "codes": coding.table(sentences),
        "indicators": facts.indicator_table(sentences, published=published),
        "duties": facts.duties(sentences),
        "timeline": facts.timeline(sentences, published=published),
        "programmes": facts.programmes(sentences),
        "institutions": facts.institutions(sentences),
        "checks": facts.checks(sentences),
        "prints": _prints(cleaned, sentences),
    }


def cleaned_alone(documents: Sequence[Document]) -> Tables:
    """The tables documents, edits, texts and rejected of some pages: what cleaning gives."""
    cleaned = _cleaned(documents)
    return _of_cleaning(documents, cleaned, _cards(documents, cleaned))


def _cleaned(documents: Sequence[Document]) -> dict[str, clean.Cleaned]:
    return {page.doc: clean.text(page.raw, overrides=page.overrides) for page in documents}


def _cards(documents: Sequence[Document], cleaned: Mapping[str, clean.Cleaned]) -> dict[str, corpus.Card]:
    return {page.doc: corpus.card_of(cleaned[page.doc], given=page.given) for page in documents}


def _of_cleaning(
    documents: Sequence[Document], cleaned: Mapping[str, clean.Cleaned], cards: Mapping[str, corpus.Card]
) -> Tables:
    return {
        "documents": pd.DataFrame([_row(page, cleaned[page.doc], cards[page.doc]) for page in documents]),
        "edits": _each(clean.edits_table, cleaned),
        "texts": _texts(cleaned),
        "rejected": pd.DataFrame(columns=["file", "reason", "remedy"], dtype="str"),
    }


def _each(make: Callable[[str, clean.Cleaned], pd.DataFrame], cleaned: Mapping[str, clean.Cleaned]) -> pd.DataFrame:
    return joined([make(doc, text) for doc, text in cleaned.items()])


def joined(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The tables one below the other; empty ones, whose columns have no type, do not count."""
    filled = [table for table in tables if len(table)]
    return pd.concat(filled or list(tables[:1]), ignore_index=True)


def _texts(cleaned: Mapping[str, clean.Cleaned]) -> pd.DataFrame:
    return pd.DataFrame([(doc, text.text) for doc, text in cleaned.items()], columns=["doc", "text"], dtype="str")


def _prints(cleaned: Mapping[str, clean.Cleaned], sentences: pd.DataFrame) -> pd.DataFrame:
    """What tells whether a page repeats another (转载): doc, print; see corpus.fingerprint."""
    text_of = sentences.groupby("doc")["text"].agg("".join)
    return pd.DataFrame({"doc": list(cleaned), "print": [corpus.fingerprint(text_of.get(doc, "")) for doc in cleaned]})


def _flagged(cleaned: Mapping[str, clean.Cleaned]) -> pd.DataFrame:
    """Where the cleaning was unsure and left the text as it was: doc, start, end in the clean text."""
    rows = [
        (doc, *span)
        for doc, text in cleaned.items()
        for edit in text.edits
        if edit.status == "flagged" and (span := text.to_clean(edit.start, edit.end))
    ]
    return pd.DataFrame(rows, columns=["doc", "start", "end"]).astype({"start": int, "end": int})


def _row(document: Document, cleaned: clean.Cleaned, card: corpus.Card) -> dict[str, object]:
    row: dict[str, object] = {"doc": document.doc, "file": document.file, "sha256": document.sha256}
    fields = {name: getattr(card, name) for name in CARD_FIELDS}
    row |= {name: value.value for name, value in fields.items()}
    row["region"] = places.slug(card.province.value) if card.province.value else UNKNOWN
    row["year"] = card.year.value
    row["encoding"] = document.encoding
    row["chars_raw"] = len(document.raw)
    row["chars_clean"] = len(cleaned.text)
    row["flags"] = ";".join(sorted({flag.kind for flag in cleaned.flags}))
    row |= {f"{name}_evidence": value.evidence for name, value in fields.items()}
    return row
