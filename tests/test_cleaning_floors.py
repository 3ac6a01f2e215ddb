"""No score of the cleaning benchmark may fall below its floor; floors are raised by hand, never lowered by code."""

import json
from functools import cache
from pathlib import Path

import pytest

from benchmarks.cleaning.__main__ import FLOOR_SEED, measure
from benchmarks.cleaning.compose import samples
from benchmarks.cleaning.peers import yigai
from benchmarks.cleaning.sentences import keep, mend, spoilt, unmended

FLOORS = json.loads((Path(__file__).parents[1] / "benchmarks" / "cleaning" / "floors.json").read_text(encoding="utf-8"))


@cache
def figures() -> dict[str, float]:
    return measure("yigai", seed=FLOOR_SEED, rounds=1)[0]


@pytest.mark.parametrize("name", sorted(FLOORS["at least"]))
def test_score_keeps_its_floor(name):
    assert figures()[name] >= FLOORS["at least"][name]


@pytest.mark.parametrize("name", sorted(FLOORS["at most"]))
def test_harm_keeps_its_ceiling(name):
    assert figures()[name] <= FLOORS["at most"][name]


def test_every_kind_has_a_floor():
    kinds = {kind for page in samples(seed=FLOOR_SEED) for kind in page.kinds} - {"layout"}
    assert {f"{kind} recall" for kind in kinds} <= set(FLOORS["at least"])


def test_same_seed_makes_the_same_pages():
    assert [p.dirty for p in samples(seed=3)] == [p.dirty for p in samples(seed=3)]


def test_truth_replays_the_page():
    for page in samples(seed=4):
        assert "".join(cell.dirty for cell in page.cells) == page.dirty
        assert "".join(cell.clean for cell in page.cells).strip("\n") == page.clean


def test_at_least_a_hundred_of_each():
    assert len(keep()) >= 100
    assert len(mend()) >= 100


def test_sentences_that_must_survive_do():
    assert spoilt(yigai) == []


def test_sentences_that_must_be_mended_are():
    assert len(unmended(yigai)) <= FLOORS["unmended sentences"]
