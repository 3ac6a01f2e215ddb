"""A study: one corpus measured, every table of the contract as an attribute.

Notebooks, the command line and the site all start here::

    case = study.load("pages/", regions=["hunan", "sichuan"])
    case.documents, case.sentences, case.indicators

What depends on one page alone (cleaning, card, sentences, codes, facts) is measured part by part
and kept in the cache under the hash of the pages, of the parameters and of the code that
measured; what depends on all pages (topics, keyness, gate) is computed when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from yigai import (
    clean,
    compare,
    corpus,
    counted,
    lazily,
    passages,
    primed,
    spool,
    store,
    topics,
    trials,
    workers,
)
from yigai.code import code_version
from yigai.corpus import BadInput
from yigai.parts import MEASURED, TOLD, UNKNOWN, Part
from yigai.regions import listed, region_slug
from yigai.share import even_share
from yigai.tables import Held, Tables
from yigai.trials import BASE, Trials
from yigai.trials import COMPARING_ROOMS as COMPARING_ROOMS

#: Documents shown in notebooks and on the site, and worked on as one: of a larger corpus an even share of each region.
SHOWN = 300
#: Documents whose cleaning rules are left out one by one: each rule cleans every page again.
ABLATED = 24
TOPIC_ROOMS = ("topics", "data/lexicon", "data/places", "passages", "places")
Say = Callable[[str], None]


def silent(message: str) -> None:
    """Report nothing (the notebooks' choice)."""


def seeds() -> Path:
    """The folder of the five seed pages, the default corpus."""
    return Path(__file__).resolve().parents[2] / "seeds"


def load(
    corpus_path: str = "",
    regions: Sequence[str] | str = (),
    *,
    n_topics: int = 0,
    random_state: int = 0,
    topic_ids: Sequence[int] = (),
    most: int = 0,
    scheduler: str = "",
    say: Say = silent,
) -> Study:
    """Read, clean and measure the pages at ``corpus_path`` ('' = the seeds), of ``regions`` if named.

    ``regions`` are slugs (``liaoning``) or Chinese names (``辽宁``); ``n_topics`` 0 lets the
    stability panel choose; ``topic_ids`` are the topics' ids by size where an earlier run gave them
    (empty: 0, 1, 2 …); of more than ``most`` documents an even share of each region is given, see
    Study.shown (0: all); ``scheduler`` names a dask scheduler. Raises corpus.BadInput for a
    path without usable pages, an unknown region, or regions of which the corpus has no page.
    """
    slugs = [region_slug(name) for name in listed(regions)]
    if held := primed.held(corpus_path, slugs, most):
        return Study(*held, n_topics, random_state, tuple(topic_ids))
    say("reading pages")
    store.ensure_cache()
    found = spool.read(Path(corpus_path) if corpus_path else seeds())
    for note in found.notes:
        say(f"note: {note}")
    workers.measure(found.parts, say, scheduler=scheduler)
    tables = Tables.of(found.parts, found.rejected)
    # A page that was set aside while measuring has a row in `rejected` and is no page of the study.
    pages = spool.Pages(found.parts, tables["documents"]["doc"])
    study = Study(pages, tables, n_topics, random_state, tuple(topic_ids))
    return (study.of(slugs) if slugs else study).shown(most)


@dataclass(frozen=True)
class Study:
    """One measured corpus. Every table of the contract is an attribute; see DESIGN's table list."""

    pages: spool.Pages
    tables: Tables | Held = field(repr=False)
    n_topics: int = 0
    random_state: int = 0
    topic_ids: tuple[int, ...] = ()

    def __getattr__(self, name: str) -> pd.DataFrame:
        """The per-page table ``name``."""
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
        return self.only(self.documents.loc[self.documents["region"].isin(slugs), "doc"])

    def only(self, docs: Iterable[str]) -> Study:
        """The same study, of some documents only."""
        wanted = frozenset(docs)
        return replace(self, pages=self.pages.only(wanted), tables=self.tables.only(wanted))

    def shown(self, most: int = SHOWN) -> Study:
        """The study a reader is shown: of more than ``most`` documents (0: no limit) an even share of each region.

        Notebooks and site show it, and topics are fitted on it; tables hold all documents. Which documents
        it has follows from the hashes of their names, so it hardly changes when pages come or go.
        """
        if not most or len(self.kept) <= most:
            return self
        return self._share if most == SHOWN else self.only(even_share(self.kept, most))

    @cached_property
    def _share(self) -> Study:
        return self.only(even_share(self.kept, SHOWN))

    @cached_property
    def kept(self) -> pd.DataFrame:
        """The documents that are analysed: all but the reposts."""
        return self.documents[self.documents["repost_of"] == ""].reset_index(drop=True)

    @property
    def regions(self) -> list[str]:
        """The slugs of the regions that have a document, in order; ``unknown`` is not a region."""
        return sorted(set(self.kept["region"]) - {UNKNOWN})

    def prepare(self, say: Say = silent, *, scheduler: str = "") -> None:
        """Make in several processes, part by part, what tables of a whole run need beside the measuring."""
        stages = (MEASURED, TOLD, counted.WORDS) if self.large else (MEASURED, TOLD)
        workers.measure(self._parts, say, scheduler=scheduler, stages=stages)

    @cached_property
    def region_of(self) -> dict[str, str]:
        """The region slug of each analysed document."""
        return dict(zip(self.kept["doc"], self.kept["region"], strict=True))

    @cached_property
    def cleaned(self) -> Mapping[str, clean.Cleaned]:
        """Each page cleaned, with ledger and offsets, computed when asked for."""
        return lazily.cleaned(self.pages)

    @cached_property
    def cards(self) -> Mapping[str, corpus.Card]:
        """Each page's card with the raw offsets of its evidence, computed when asked for."""
        return lazily.cards(self.pages, self.cleaned)

    @cached_property
    def matrix(self) -> pd.DataFrame:
        """The evidence matrix: one row a dimension and document."""
        return self.tables["matrix"]

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
        return counted.certain(self.sentences, self.flagged)

    @cached_property
    def tokens(self) -> dict[str, list[str]]:
        """The content words of each analysed document, headings and duties left out."""
        body = self.certain[self.certain["kind"] == "body"]
        joined = body.groupby("doc")["text"].agg("\n".join)
        return {doc: topics.tokens(joined.get(doc, "")) for doc in self.kept["doc"]}

    @cached_property
    def keyness(self) -> pd.DataFrame:
        """Words of each region against all others; intervals are empty where the gate refuses them."""
        table = self._keyness_in_parts() if self.large else compare.keyness(self.tokens, self.region_of)
        return compare.withhold(table, self.gate, "keyness interval").round(6)

    @property
    def large(self) -> bool:
        """Whether the study holds more documents than are shown, and is therefore worked on part by part."""
        return bool(self._parts) and len(self.kept) > SHOWN

    def _keyness_in_parts(self) -> pd.DataFrame:
        placed = {doc: region for doc, region in sorted(self.region_of.items()) if region != UNKNOWN}
        terms, matrix = counted.by_document(self._parts, list(placed))
        return compare.keyness_of(compare.Counted(tuple(placed), terms, matrix), list(placed.values()))

    @cached_property
    def topic_model(self) -> tuple[topics.Topics, pd.DataFrame]:
        """Topics of the passages, and the passages (doc, passage, text) in the order of its labels."""
        # The bootstrap behind the stability takes seconds: a run, its notebooks and the next run share one.
        pages = store.sha256(store.parquet_bytes(self.sentences) + store.parquet_bytes(self.flagged))
        key = f"{code_version(TOPIC_ROOMS)} {pages} {self.n_topics} {self.random_state}"
        model, found = topics.unpacked(store.cached(store.sha256(key.encode()), self._fitted_topics))
        return (topics.renamed(model, self.topic_ids) if self.topic_ids else model), found

    def _fitted_topics(self) -> dict[str, pd.DataFrame]:
        return topics.packed(*topics.of_sentences(
            self.sentences, self.n_topics or None, self.random_state, flagged=self.flagged
        ))  # fmt: skip

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
        if self.large:
            return self._placed_topics
        model, found = self.topic_model
        return {
            "topics": topics.table(model, list(found["doc"])),
            "passage_topics": topics.passage_topics(model, found),
        }

    @cached_property
    def _placed_topics(self) -> dict[str, pd.DataFrame]:
        """Topics of the study that is shown, and every other passage placed at the nearest one's centre."""
        shown = self._share
        fitted = {"topics": shown.topics, "passage_topics": shown.passage_topics}
        return counted.placed(self._parts, set(self.region_of), fitted, passages.bodies(shown.certain))

    @property
    def _parts(self) -> Sequence[Part]:
        return self.tables.parts if isinstance(self.tables, Tables) else ()

    @cached_property
    def ablation(self) -> pd.DataFrame:
        """Likeness of the pages (an even share of at most ABLATED) with each cleaning rule left out."""
        few = self.shown(ABLATED)
        return trials.remembered(few, "ablation", lambda: clean.ablation.similarity(few.cleaned))

    @cached_property
    def trials(self) -> Trials:
        """The settings that could have been chosen otherwise, and what each concludes."""
        return Trials(self)

    def sensitivity(self, scope: str = "all", settings: Sequence[compare.Setting] = ()) -> pd.DataFrame:
        """Every conclusion under every setting, of sentences in ``scope``; see Trials.sensitivity."""
        return self.trials.sensitivity(scope, settings)

    def grid(self, scope: str = "all") -> tuple[compare.Setting, ...]:
        """The settings to try on this corpus, the baseline first."""
        return self.trials.grid(scope)

    def undrawn(self, scope: str = "all") -> list[compare.Setting]:
        """The settings of the grid whose conclusions are not kept yet."""
        return self.trials.undrawn(scope)

    def conclusions(self, setting: compare.Setting = BASE, scope: str = "all") -> pd.DataFrame:
        """What one setting concludes; see Trials.conclusions."""
        return self.trials.conclusions(setting, scope)

    @cached_property
    def synopses(self) -> pd.DataFrame:
        """One page a case: form, leaders, members, money, calendar, indicators, slogans, checks."""
        return self.tables["synopses"]

    @cached_property
    def gate(self) -> pd.DataFrame:
        """What this corpus can and cannot support; of a large one the sentences of the shown documents are judged."""
        return compare.gate(self.kept, self._share.sentences if self.large else self.sentences)
