"""The corpus: pages read from files, what each page is, and which pages repeat another."""

from yigai.corpus.card import Card, card, card_of, genre_label
from yigai.corpus.document import BadInput, Corpus, Document, Limits, Rejected
from yigai.corpus.read import Reading, read, stream
from yigai.corpus.reposts import fingerprint, reposts
from yigai.corpus.view import Field

__all__ = [
    "BadInput",
    "Card",
    "Corpus",
    "Document",
    "Field",
    "Limits",
    "Reading",
    "Rejected",
    "card",
    "card_of",
    "fingerprint",
    "genre_label",
    "read",
    "reposts",
    "stream",
]
