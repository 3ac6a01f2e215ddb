"""A study: one corpus measured, every table of the contract as an attribute.

Notebooks, the command line and the site all start here::

    case = study.load("pages/", regions=["hunan", "sichuan"])
    case.documents, case.sentences, case.indicators

What depends on one page alone (cleaning, card, sentences, codes, facts) is measured part by part
and kept in the cache under the hash of the pages, of the parameters and of the code that
measured; what depends on all pages (topics, keyness, gate) is computed when it is asked for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial
from importlib.resources import files
from pathlib import Path

import pandas as pd

from yigai import clean, coding, compare, corpus, facts, passages, places, store, topics
from yigai.corpus import BadInput, Document

#: Pages measured together; a part is also the unit of restart.
PART = 200
#: Card fields that stand in the documents table, each with a column ``<field>_evidence``.
CARD_FIELDS = (
    "title", "publisher", "genre", "level", "province", "city", "county", "adcode",
    "published", "issued", "doc_no",
)  # fmt: skip
#: Rooms whose code and data decide what a page measures as; their hash is part of the cache key.
MEASURING_ROOMS = ("clean", "coding", "corpus", "data", "facts", "passages", "places", "study.py")
TOPIC_ROOMS = ("topics", "data/lexicon")
UNKNOWN = "unknown"

Say = Callable[[str], None]


def silent(message: str) -> None:
    """Report nothing (the notebooks' choice)."""


def seeds() -> Path:
    """The folder of the five seed pages, the default corpus."""
    return Path(__file__).resolve().parents[2] / "seeds"


def load(
    corpus_path: str = "",
    regions: Sequence[str] = (),
    *,
    n_topics: int = 0,
    random_state: int = 0,
    say: Say = silent,
) -> Study:
    """Read, clean and measure the pages at ``corpus_path`` ('' = the seeds), of ``regions`` if named.

    ``regions`` are slugs (``liaoning``) or Chinese names (``辽宁``); ``n_topics`` 0 lets the
    stability panel choose. Raises corpus.BadInput for a path without usable pages, an unknown
    region, or regions of which the corpus has no page; topics.BadTopics for too many topics.
    """
    found = corpus.read(Path(corpus_path) if corpus_path else seeds())
    measured = list(_measured(list(_parts(found.documents)), say))
    tables = {
        name: pd.concat([part[name] for part in measured], ignore_index=True)
        for name in measured[0]
    }
    study = Study(found.documents, found.rejected, _unique(tables), n_topics, random_state)
    return study.of(regions) if regions else study


def _measured(parts: Sequence[list[Document]], say: Say) -> Iterator[dict[str, pd.DataFrame]]:
    """The tables of each part, from the cache where they are; several parts in worker processes."""
    if len(parts) == 1:
        say(f"measuring {len(parts[0])} pages")
        yield measure_cached(parts[0])
        return
    from joblib import Parallel, delayed

    results = Parallel(n_jobs=-1, return_as="generator")(delayed(measure_cached)(part) for part in parts)
    for number, (part, tables) in enumerate(zip(parts, results, strict=True), 1):
        say(f"measured part {number} of {len(parts)} ({len(part)} pages, from {part[0].doc})")
        yield tables


def measure_cached(part: Sequence[Document]) -> dict[str, pd.DataFrame]:
    """:func:`measure`, or what it gave before for the same pages and the same code."""
    return store.cached(_key(part), partial(measure, part))


def _parts(documents: Sequence[Document]) -> Iterator[list[Document]]:
    # A page stays in its part when others come or go: parts go by the hash of the name.
    count = max(1, 2 ** ((len(documents) - 1) // PART).bit_length())
    buckets: dict[int, list[Document]] = {}
    for document in documents:
        bucket = int(hashlib.sha256(document.doc.encode()).hexdigest()[:8], 16) % count
        buckets.setdefault(bucket, []).append(document)
    yield from (buckets[bucket] for bucket in sorted(buckets))


def _key(part: Sequence[Document]) -> str:
    pages = "\n".join(f"{d.doc}\0{d.file}\0{d.sha256}\0{sorted(d.given.items())}" for d in part)
    return store.sha256(f"{_code_version(MEASURING_ROOMS)}\n{pages}".encode())


@cache
def _code_version(rooms: tuple[str, ...]) -> str:
    package = Path(str(files("yigai")))
    hashed = hashlib.sha256()
    for room in rooms:
        inside = [package / room] if room.endswith(".py") else sorted((package / room).rglob("*"))
        for path in inside:
            if path.is_file() and "__pycache__" not in path.parts and "fonts" not in path.parts:
                hashed.update(f"{path.relative_to(package)}\0".encode() + path.read_bytes())
    return hashed.hexdigest()


def measure(part: Sequence[Document]) -> dict[str, pd.DataFrame]:
    """Every per-page table of the documents of one part; a pure function of the pages."""
    cleaned = {document.doc: clean.text(document.raw) for document in part}
    cards = {d.doc: corpus.card_of(cleaned[d.doc], given=d.given) for d in part}
    tables = {
        "documents": pd.DataFrame([_document_row(d, cleaned[d.doc], cards[d.doc]) for d in part]),
        "edits": pd.concat([clean.edits_table(doc, text) for doc, text in cleaned.items()]),
        "sentences": pd.concat([passages.table(doc, text) for doc, text in cleaned.items()]),
    }
    tables["flagged"] = pd.concat([_flagged(doc, text) for doc, text in cleaned.items()])
    sentences = tables["sentences"]
    published = {doc: card.issued.value or card.published.value for doc, card in cards.items()}
    tables |= {
        "codes": coding.table(sentences),
        "indicators": facts.indicator_table(sentences, published=published),
        "duties": facts.duties(sentences),
        "timeline": facts.timeline(sentences, published=published),
        "programmes": facts.programmes(sentences),
        "institutions": facts.institutions(sentences),
        "checks": facts.checks(sentences),
    }
    return {name: table.reset_index(drop=True) for name, table in tables.items()}


def _flagged(doc: str, cleaned: clean.Cleaned) -> pd.DataFrame:
    """Where the cleaning was unsure and left the text as it was: doc, start, end in the clean text."""
    unsure = [edit for edit in cleaned.edits if edit.status == "flagged"]
    spans = [cleaned.to_clean(edit.start, edit.end) for edit in unsure]
    rows = [(doc, *span) for span in spans if span]
    return pd.DataFrame(rows, columns=["doc", "start", "end"])


def _document_row(document: Document, cleaned: clean.Cleaned, card: corpus.Card) -> dict[str, object]:
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


def _unique(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """``tables`` in the order of document names, with reposts named and kept out of all but two.

    The documents and edits tables show every page; a repost would count one text twice elsewhere.
    """
    ordered = {
        name: table.sort_values("doc", kind="stable", ignore_index=True)
        for name, table in tables.items()
    }
    documents = ordered["documents"]
    documents = documents.assign(repost_of=_repost_of(documents, ordered["sentences"]))
    kept = set(documents.loc[documents["repost_of"] == "", "doc"])
    apart = {"documents": documents, "edits": ordered["edits"]}
    return apart | {
        name: table[table["doc"].isin(kept)].reset_index(drop=True)
        for name, table in ordered.items()
        if name not in apart
    }


def _repost_of(documents: pd.DataFrame, sentences: pd.DataFrame) -> list[str]:
    joined = sentences.groupby("doc")["text"].agg("".join)
    texts = [joined.get(doc, "") for doc in documents["doc"]]
    groups = corpus.reposts(texts)
    keeper = {row.group: row.position for row in groups.itertuples() if row.kept}
    names = list(documents["doc"])
    original = [""] * len(names)
    for row in groups.itertuples():
        if not row.kept:
            original[row.position] = names[keeper[row.group]]
    return original


@dataclass(frozen=True)
class Study:
    """One measured corpus. Every table of the contract is an attribute; see DESIGN's table list."""

    pages: tuple[Document, ...]
    rejected: pd.DataFrame
    tables: Mapping[str, pd.DataFrame] = field(repr=False)
    n_topics: int = 0
    random_state: int = 0

    def __getattr__(self, name: str) -> pd.DataFrame:
        try:
            return self.__dict__["tables"][name]
        except KeyError:
            raise AttributeError(f"a study has no table {name!r}") from None

    def of(self, regions: Sequence[str]) -> Study:
        """The same study, of the documents of ``regions`` (slugs or Chinese names) only."""
        slugs = [region_slug(name) for name in regions]
        present = set(self.documents["region"])
        if missing := [slug for slug in slugs if slug not in present]:
            raise BadInput(
                f"regions: no page of {', '.join(missing)} in this corpus; "
                f"it has {', '.join(sorted(present))}"
            )
        keep = set(self.documents.loc[self.documents["region"].isin(slugs), "doc"])
        tables = {
            name: table[table["doc"].isin(keep)].reset_index(drop=True)
            for name, table in self.tables.items()
        }
        pages = tuple(page for page in self.pages if page.doc in keep)
        return replace(self, pages=pages, tables=tables)

    @property
    def kept(self) -> pd.DataFrame:
        """The documents that are analysed: all but the reposts."""
        return self.documents[self.documents["repost_of"] == ""].reset_index(drop=True)

    @property
    def regions(self) -> list[str]:
        """The slugs of the regions that have a document, in order; ``unknown`` is not a region."""
        return sorted(set(self.kept["region"]) - {UNKNOWN})

    @cached_property
    def region_of(self) -> dict[str, str]:
        """The region slug of each analysed document."""
        return dict(zip(self.kept["doc"], self.kept["region"], strict=True))

    @cached_property
    def cleaned(self) -> Mapping[str, clean.Cleaned]:
        """Each page cleaned, with ledger and offsets, computed when asked for."""
        return _Lazily({page.doc: partial(clean.text, page.raw) for page in self.pages})

    @cached_property
    def cards(self) -> Mapping[str, corpus.Card]:
        """Each page's card with the raw offsets of its evidence, computed when asked for."""
        return _Lazily(
            {p.doc: partial(_card, self.cleaned, p.doc, p.given) for p in self.pages}
        )

    @cached_property
    def matrix(self) -> pd.DataFrame:
        """The evidence matrix: one row a dimension and document."""
        return coding.matrix(self.codes, self.sentences, self.kept)

    @cached_property
    def names(self) -> dict[str, str]:
        """A short label of each analysed document for figures and tables: place and year."""
        return dict(zip(self.kept["doc"], compare.names(self.kept), strict=True))

    @cached_property
    def units(self) -> dict[str, str]:
        """What each document is compared under: its region where the gate allows, else itself."""
        return compare.units(self.kept, self.gate)

    @cached_property
    def certain(self) -> pd.DataFrame:
        """The sentences with every flagged span blanked: nothing unsure enters a vocabulary."""
        unsure = {doc: list(zip(g["start"], g["end"], strict=True)) for doc, g in self.flagged.groupby("doc")}
        texts = [
            _blanked(row.text, row.start, unsure.get(row.doc, ()))
            for row in self.sentences[["doc", "text", "start"]].itertuples()
        ]
        return self.sentences.assign(text=texts)

    @cached_property
    def tokens(self) -> dict[str, list[str]]:
        """The content words of each analysed document, headings and duties left out."""
        body = self.certain[self.certain["kind"] == "body"]
        joined = body.groupby("doc")["text"].agg("\n".join)
        return {doc: topics.tokens(joined.get(doc, "")) for doc in self.kept["doc"]}

    @cached_property
    def keyness(self) -> pd.DataFrame:
        """Words of each region against all others; intervals are empty where the gate refuses them."""
        table = compare.keyness(self.tokens, self.region_of)
        return compare.withhold(table, self.gate, "keyness interval").round(6)

    @cached_property
    def topic_model(self) -> tuple[topics.Topics, pd.DataFrame]:
        """Topics of the passages, and the passages (doc, passage, text) in the order of its labels."""
        return topics.of_sentences(
            self.sentences, self.n_topics or None, self.random_state, flagged=self.flagged
        )

    @cached_property
    def topics(self) -> pd.DataFrame:
        """The topics with terms, size, stability and verdict."""
        return self._topic_tables["topics"]

    @cached_property
    def passage_topics(self) -> pd.DataFrame:
        """The topic of each passage and its similarity to the topic's centre."""
        return self._topic_tables["passage_topics"]

    @cached_property
    def _topic_tables(self) -> dict[str, pd.DataFrame]:
        # The bootstrap behind the stability takes seconds: two notebooks and the tables share one.
        pages = store.sha256(store.parquet_bytes(self.certain))
        key = f"{_code_version(TOPIC_ROOMS)} {pages} {self.n_topics} {self.random_state}"
        return store.cached(store.sha256(key.encode()), self._model_topics)

    def _model_topics(self) -> dict[str, pd.DataFrame]:
        model, found = self.topic_model
        return {
            "topics": topics.table(model, list(found["doc"])),
            "passage_topics": topics.passage_topics(model, found),
        }

    @cached_property
    def synopses(self) -> pd.DataFrame:
        """One page a case: form, leaders, members, money, calendar, indicators, slogans, checks."""
        return pd.concat(
            [facts.synopsis(self.tables, doc) for doc in self.kept["doc"]], ignore_index=True
        )

    @cached_property
    def gate(self) -> pd.DataFrame:
        """What this corpus can and cannot support."""
        return compare.gate(self.kept, self.sentences)


def _blanked(text: str, offset: int, spans: Sequence[tuple[int, int]]) -> str:
    """``text``, which stands at ``offset``, with ``spans`` of its document turned into blanks.

    >>> _blanked("临床重点？？平建设", 10, [(14, 17)])
    '临床重点   建设'
    """
    for start, end in spans:
        left, right = max(start - offset, 0), min(end - offset, len(text))
        if left < right:
            text = text[:left] + " " * (right - left) + text[right:]
    return text


def _card(cleaned: Mapping[str, clean.Cleaned], doc: str, given: Mapping[str, str]) -> corpus.Card:
    return corpus.card_of(cleaned[doc], given=dict(given))


class _Lazily(Mapping):
    """A mapping whose values are made at the first look."""

    def __init__(self, makers: Mapping[str, Callable[[], object]]) -> None:
        self._makers = makers
        self._made: dict[str, object] = {}

    def __getitem__(self, key: str) -> object:
        if key not in self._made:
            self._made[key] = self._makers[key]()
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)


def region_slug(name: str) -> str:
    """The slug of a province named by slug or in Chinese.

    Raises BadInput with the valid slugs for any other name.

    >>> region_slug("辽宁"), region_slug("hunan")
    ('liaoning', 'hunan')
    """
    if name == UNKNOWN:
        return name
    try:
        return places.slug(places.province(name).name)
    except KeyError as problem:
        raise BadInput(f"regions: {name}: {problem.args[0]}") from None
