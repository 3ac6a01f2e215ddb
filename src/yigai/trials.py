"""Trials: every choice of a study made otherwise, one after the other, and what each leaves of the conclusions.

They are slow; notebooks of one run, and the next run, share them through the cache.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from yigai import compare, store, topics
from yigai.code import code_version
from yigai.parts import ROOMS

if TYPE_CHECKING:
    from yigai.study import Study

#: Rooms that decide what the slow comparisons (each rule, each decision changed in turn) give.
COMPARING_ROOMS = (*ROOMS, "compare", "counted.py", "topics", "trials.py")
BASE = compare.Setting()


class Trials:
    """The settings of a study that could have been chosen otherwise."""

    def __init__(self, study: Study) -> None:
        self._study = study

    def sensitivity(self, scope: str = "all", settings: Sequence[compare.Setting] = ()) -> pd.DataFrame:
        """Every conclusion under every setting (of the grid, if none is named), of sentences in ``scope``.

        The columns are those of compare.judged; the baseline comes first.
        """
        points = dict.fromkeys((BASE, *(settings or self.grid(scope))))
        return compare.judged(self._ground(scope).units, [(one, self.conclusions(one, scope)) for one in points])

    def grid(self, scope: str = "all") -> tuple[compare.Setting, ...]:
        """The settings to try on this corpus, the baseline first."""
        return compare.grid(self._ground(scope))

    def undrawn(self, scope: str = "all") -> list[compare.Setting]:
        """The settings of the grid whose conclusions are not kept yet."""
        return [one for one in self.grid(scope) if not store.is_cached(_key(self._study, self._point(one, scope)))]

    def conclusions(self, setting: compare.Setting = BASE, scope: str = "all") -> pd.DataFrame:
        """What one setting concludes: one point of the grid, kept, so that each is drawn once; see compare.drawn."""
        point = self._point(setting, scope)
        return remembered(self._study, point, lambda: compare.drawn(self._ground(scope), setting))

    def _point(self, setting: compare.Setting, scope: str) -> str:
        return f"conclusions {scope} {self._study.n_topics} {self._study.random_state} {setting}"

    def _ground(self, scope: str) -> compare.Ground:
        if scope not in self._grounds:
            study = self._study
            sentences = compare.scope(study.certain, scope)
            units = compare.units(study.kept, compare.gate(study.kept, sentences))
            self._grounds[scope] = compare.ground(
                sentences, compare.within(study.codes, sentences), units, scope=scope,
                raw={page.doc: page.raw for page in study.pages}, topical=self._topical,
            )  # fmt: skip
        return self._grounds[scope]

    @cached_property
    def _grounds(self) -> dict[str, compare.Ground]:
        return {}

    def _topical(self, number: int) -> pd.DataFrame:
        """The topic of each passage as marks; none where the texts cannot carry that many topics."""
        study = self._study
        try:
            return compare.topic_marks(replace(study, n_topics=number or study.n_topics, topic_ids=()).passage_topics)
        except topics.BadTopics:
            return compare.topic_marks(study.passage_topics.head(0))


def remembered(study: Study, name: str, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """A slow table of a study, kept in the cache."""
    return store.cached(_key(study, name), lambda: {"table": make()})["table"]


def _key(study: Study, name: str) -> str:
    # What a reader decided about spans of a page changes the text, and neither the page's hash nor a field of its card.
    pages = store.parquet_bytes(study.documents) + repr(study.pages.decided()).encode("utf-8", "surrogatepass")
    return store.sha256(f"{code_version(COMPARING_ROOMS)} {store.sha256(pages)} {name}".encode())
