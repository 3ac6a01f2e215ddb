"""Pages cleaned and their cards with offsets, each made at the first look and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from yigai import clean, corpus
from yigai.corpus import Document


def cleaned(pages: Iterable[Document]) -> Mapping[str, clean.Cleaned]:
    """Each page cleaned, with ledger and offsets."""
    return _Lazily({page.doc: partial(clean.text, page.raw, overrides=page.overrides) for page in pages})


def cards(pages: Iterable[Document], texts: Mapping[str, clean.Cleaned]) -> Mapping[str, corpus.Card]:
    """Each page's card with the raw offsets of its evidence; ``texts`` are the cleaned pages."""
    return _Lazily({page.doc: partial(_card, texts, page.doc, page.given) for page in pages})


def _card(cleaned: Mapping[str, clean.Cleaned], doc: str, given: Mapping[str, str]) -> corpus.Card:
    return corpus.card_of(cleaned[doc], given=dict(given))


class _Lazily(Mapping[str, Any]):
    """A mapping whose values are made at the first look."""

    def __init__(self, makers: Mapping[str, Callable[[], Any]]) -> None:
        self._makers = makers
        self._made: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Any:
        if key not in self._made:
            self._made[key] = self._makers[key]()
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)
